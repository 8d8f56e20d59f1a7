"""Make text of the bytes of a file from elsewhere, whatever its encoding; what is no text is refused with a way out."""

from __future__ import annotations

from pathlib import PurePath

from opsbook.convert.mojibake import repair
from opsbook.convert.notes import Notes
from opsbook.convert.sources.sheets import SEPARATED, delimiter_of
from opsbook.problems import Problem, ProblemsError, counted
from opsbook.source.characters import forbidden_characters
from opsbook.source.text import utf8_text

_SIGNATURES = {
    b"\xd0\xcf\x11\xe0": "this is a workbook of the old form (.xls), or one with a password; save it as .xlsx",
    b"%PDF": "this is a PDF; save the checklist as Markdown, CSV or XLSX",
    b"\x1f\x8b": "this is packed (gzip); unpack it first",
    b"{\\rtf": "this is rich text; save it as Markdown or plain text",
    b"<!DOCTYPE html": "this is a page of HTML; import its source, or save the table as CSV",
    b"<html": "this is a page of HTML; import its source, or save the table as CSV",
    b"<?xml": "this is XML; save the checklist as Markdown, YAML, JSON, CSV or XLSX",
}
"""What is wrong with a file that is no text and no workbook, by its first bytes."""

_MOST_HIDDEN = 10_000
"""How many characters that hide text are left out; a file with more of them is refused."""


def decoded_text(data: bytes, name: str, notes: Notes) -> str:
    """Return the text of `data`, in UTF-8, UTF-16 or the code page of Western Europe; what hides text is removed.

    Raise ProblemsError where it is no text.
    """
    for sign, message in _SIGNATURES.items():
        if data.lstrip()[: len(sign)].lower() == sign.lower():
            raise ProblemsError([Problem(name, 1, 1, message)])
    text = _text_of(data, name, notes).replace("\r\n", "\n").replace("\r", "\n")
    return _without_hidden(repair(text), name, notes)


def _text_of(data: bytes, name: str, notes: Notes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise ProblemsError([Problem(name, 1, 1, "this is damaged UTF-16; save the file as UTF-8")]) from None
        notes.guess("encoding: UTF-16")
        return text
    try:
        return utf8_text(data, name)
    except ProblemsError:
        if not _may_be_table(data, name):
            raise
    notes.guess("encoding: Windows-1252")
    return data.decode("cp1252", "replace")


def _may_be_table(data: bytes, name: str) -> bool:
    """Return whether spreadsheets may have written this, which many do in the code page of their system."""
    return PurePath(name).suffix.lower() in SEPARATED or bool(delimiter_of(data[:65_536].decode("latin-1")))


def _without_hidden(text: str, name: str, notes: Notes) -> str:
    """Return `text` without the characters that hide or reorder it. Raise ProblemsError where there are too many."""
    found = [offset for offset, _ in forbidden_characters(text, most=_MOST_HIDDEN)]
    if not found:
        return text
    line = text.count("\n", 0, found[0]) + 1
    what = counted(len(found), "character")
    notes.add(line, 1, f"{what} that may hide or reorder text left out; the first one stood here")
    hidden = set(found)
    text = "".join(character for at, character in enumerate(text) if at not in hidden)
    for _, message in forbidden_characters(text, most=1):
        raise ProblemsError([Problem(name, 0, 0, f"in this file {message}")])
    return text
