"""Read a file in whatever form it is: Markdown, YAML, JSON, a separated text or a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from opsbook.convert.amounts import Amounts, amounts_of
from opsbook.convert.notes import Notes
from opsbook.convert.sources.decoded import decoded_text
from opsbook.convert.sources.form import form_of_text
from opsbook.convert.sources.front import front_matter_end
from opsbook.convert.sources.markdown import read_markdown
from opsbook.convert.sources.markup import MarkdownText, plain_markdown
from opsbook.convert.sources.plain import rst_as_markdown, text_as_markdown
from opsbook.convert.sources.result import ReadSource
from opsbook.convert.sources.tables import read_separated, read_sheets
from opsbook.convert.sources.tree_documents import read_tree_file
from opsbook.problems import ProblemsError
from opsbook.source.text import MAX_BYTES, utf8_text
from opsbook.source.yaml import parse_yaml


def own_checklist(data: bytes, name: str) -> str:
    """Return the text of a `checklist.yml`, whose areas have ids; an empty text where this is none."""
    if b"\nareas:" not in b"\n" + data[:MAX_BYTES] or len(data) > MAX_BYTES:
        return ""
    try:
        text = utf8_text(data, name).replace("\r\n", "\n")
        tree = parse_yaml(text, name).tree
    except ProblemsError:
        return ""
    areas = tree.get("areas") if isinstance(tree, dict) else None
    is_own = isinstance(areas, list) and any(isinstance(area, dict) and "id" in area for area in areas)
    return text if is_own else ""


def read_source(
    data: bytes, name: str, notes: Notes, *, preset: str, items: str, sheet: str, columns: Mapping[str, str]
) -> ReadSource:
    """Return what is in `data`. `preset` names a reader or a well-known checklist, where it is not to be guessed.

    Raise ProblemsError where it is in a form that is not read.
    """
    if preset == "xlsx" or data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return read_sheets(data, name, notes, sheet=sheet, columns=columns)
    text = decoded_text(data, name, notes)
    form = form_of_text(text, name, preset)
    if form in ("yaml", "json"):
        return read_tree_file(text, name, notes, form=form, preset=preset, columns=columns)
    if form == "csv":
        return read_separated(text, name, notes, columns=columns)
    return _prose(text, notes, form, items, columns)


def _prose(text: str, notes: Notes, form: str, items: str, columns: Mapping[str, str]) -> ReadSource:
    what = {"rst": "reStructuredText", "text": "plain text"}.get(form, "Markdown")
    text = rst_as_markdown(text) if form == "rst" else text_as_markdown(text) if form == "text" else text
    lines = text.split("\n")
    end = front_matter_end(lines)
    source = plain_markdown("\n".join([""] * end + lines[end:]))
    outline = read_markdown(source, lines[:end], notes, items=items, columns=columns)
    return ReadSource(outline, "markdown", what, amounts=_amounts_in(source))


def _amounts_in(source: MarkdownText) -> Amounts:
    """Return what is in a file of Markdown, its collapsed parts and the links that nothing refers to included."""
    found = amounts_of(["\n".join(source.lines), *(part.text for part in source.collapsed)])
    found.links += [url for _, _, url in source.unused if url.startswith(("http://", "https://"))]
    return found
