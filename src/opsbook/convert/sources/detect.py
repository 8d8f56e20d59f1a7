"""Tell by its structure in what form a file is, and read it: Markdown, YAML, JSON, a separated text or a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from opsbook.convert.amounts import Amounts, amounts_of_entries
from opsbook.convert.mojibake import repair
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.convert.sources.attributes import flat_text
from opsbook.convert.sources.choice import described_columns
from opsbook.convert.sources.documents import foreign_documents, json_as_yaml
from opsbook.convert.sources.flat import flat_table
from opsbook.convert.sources.front import front_matter_end
from opsbook.convert.sources.markdown import read_markdown
from opsbook.convert.sources.markup import plain_markdown
from opsbook.convert.sources.plain import looks_like_rst, rst_as_markdown, text_as_markdown
from opsbook.convert.sources.presets import PRESETS
from opsbook.convert.sources.records import RowReader, RowTable, sections_of
from opsbook.convert.sources.sheets import Sheet, delimiter_of, separated, table_of
from opsbook.convert.sources.trees import read_tree
from opsbook.convert.sources.workbook import read_workbook
from opsbook.problems import Problem, ProblemsError, counted, did_you_mean
from opsbook.source.characters import forbidden_characters
from opsbook.source.text import utf8_text
from opsbook.source.tree import Tree, YamlDocument
from opsbook.source.yaml import parse_yaml

TREES = (".yml", ".yaml", ".json")
SEPARATED = (".csv", ".tsv", ".tab")
READERS = ("markdown", "yaml", "json", "csv", "xlsx", "rst", "text")
"""What `--preset` may name beside the well-known checklists."""

ITEMS = {
    "markdown": "lines such as `- [ ] Set up backups`, below headings that name their areas; a table with a column for "
    "what is to be checked; or say what the items are with --items",
    "tree": "lists of texts, or of entries with a `title`, below keys that name their areas",
    "table": "a row that names the columns, one of them the title; or name the columns with --columns",
}
"""What is allowed in each form."""

_ASCIIDOC = re.compile(r"(?:={1,5} \S|:[a-z][\w-]*:(?: |$)|\[(?:source|NOTE|TIP|%)[^\]]*\]$|\*{2,4} \S|-{4}$|={4}$)")
_ORG = re.compile(r"(?:\*{2,} \S|#\+[A-Za-z_]+:|:[A-Z]+:$|\* (?:TODO|DONE) )")
_MARKDOWN_LINE = re.compile(r"(?:#{1,6} \S|[ \t]*[-*+] \[[^\]]?\] |\||```)")


@dataclass(frozen=True)
class ReadSource:
    """The outline of a file, what form it has, and what was counted in it."""

    outline: OutlineSection
    form: str
    what: str
    title: str = ""
    amounts: Amounts = field(default_factory=Amounts)


def own_checklist(data: bytes, name: str) -> str:
    """Return the text of a `checklist.yml`, whose areas have ids; an empty text where this is none."""
    if b"\nareas:" not in b"\n" + data[: 1 << 20] or len(data) > 1 << 20:
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
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _workbook(data, name, notes, sheet=sheet, columns=columns)
    _refuse_binary(data, name)
    text = read_text_of(data, name, notes)
    form = _form_of(text, name, preset)
    if form in ("yaml", "json"):
        return _tree(text, name, notes, form, preset, columns)
    if form == "csv":
        sign = delimiter_of(text) or ("\t" if name.endswith((".tsv", ".tab")) else ",")
        return _sheets(
            [separated(text, name, sign)],
            notes,
            columns=columns,
            name=name,
            what=f"a text separated by {_SIGNS.get(sign, sign)}",
        )
    return _prose(text, notes, form, items, columns)


_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def read_text_of(data: bytes, name: str, notes: Notes) -> str:
    """Return the text of `data`, in UTF-8, UTF-16 or the code page of Western Europe; what hides text is removed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise ProblemsError([Problem(name, 1, 1, "this is damaged UTF-16; save the file as UTF-8")]) from None
        notes.guess("encoding: UTF-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if not _may_be_table(data, name):
                text = utf8_text(data, name)
            text = data.decode("cp1252", "replace")
            notes.guess("encoding: Windows-1252")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = repair(text) if not text.isascii() else text
    found = list(forbidden_characters(text, most=10_000))
    if found:
        line = text.count("\n", 0, found[0][0]) + 1
        notes.add(
            line,
            1,
            f"{counted(len(found), 'character')} that may hide or reorder text left out; the first one stood here",
        )
        hidden = {offset for offset, _ in found}
        text = "".join(character for at, character in enumerate(text) if at not in hidden)
        for _, message in forbidden_characters(text, most=1):
            raise ProblemsError([Problem(name, 0, 0, f"in this file {message}")])
    return text


def _may_be_table(data: bytes, name: str) -> bool:
    """Return whether spreadsheets may have written this, which many do in the code page of their system."""
    return PurePath(name).suffix.lower() in SEPARATED or bool(delimiter_of(data[:65_536].decode("latin-1")))


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise ProblemsError for a form that is no text and no workbook, with the way out."""
    signs = {
        b"\xd0\xcf\x11\xe0": "this is a workbook of the old form (.xls), or one with a password; save it as .xlsx",
        b"%PDF": "this is a PDF; save the checklist as Markdown, CSV or XLSX",
        b"\x1f\x8b": "this is packed (gzip); unpack it first",
        b"{\\rtf": "this is rich text; save it as Markdown or plain text",
        b"<!DOCTYPE html": "this is a page of HTML; import its source, or save the table as CSV",
        b"<html": "this is a page of HTML; import its source, or save the table as CSV",
        b"<?xml": "this is XML; save the checklist as Markdown, YAML, JSON, CSV or XLSX",
    }
    for sign, message in signs.items():
        if data.lstrip()[: len(sign)].lower() == sign.lower():
            raise ProblemsError([Problem(name, 1, 1, message)])


def _form_of(text: str, name: str, preset: str) -> str:
    """Return the name of the reader for `text`. Raise ProblemsError where it is in a form that is not read."""
    if preset in READERS:
        return preset
    if preset:
        return "json" if text.lstrip()[:1] in ("{", "[") and _is_json(text) else "yaml"
    suffix, lines = PurePath(name).suffix.lower(), [line for line in text.split("\n") if line.strip()][:3000]
    if _is_json(text):
        return "json"
    _refuse_markup(lines, name)
    if suffix in SEPARATED or delimiter_of(text):
        return "csv"
    if suffix in TREES:
        return "yaml"
    like_markdown = sum(1 for line in lines if _MARKDOWN_LINE.match(line) and not line.startswith("# "))
    like_tree = sum(1 for line in lines if re.match(r"\s*(?:- )?[\w\"'.-]+:(?:\s|$)", line))
    if like_tree and like_tree * 5 >= len(lines) and like_markdown * 5 < like_tree and _is_tree(text, name):
        return "yaml"
    if looks_like_rst(text.split("\n")):
        return "rst"
    has_markdown = any(_MARKDOWN_LINE.match(line) or re.match(r"[-*+] ", line) for line in lines)
    return "markdown" if has_markdown and suffix != ".txt" else "text"


def _is_json(text: str) -> bool:
    start, end = text.lstrip()[:1], text.rstrip()[-1:]
    return (start == "{" and end == "}") or (
        start == "[" and end == "]" and not re.match(r"\s*\[[^\[\]{}\"]*\]\(", text)
    )


def _is_tree(text: str, name: str) -> bool:
    try:
        documents = foreign_documents(text, name, Notes(name))
    except ProblemsError:
        return False
    return any(isinstance(document.tree, (dict, list)) for document in documents)


def _refuse_markup(lines: list[str], name: str) -> None:
    """Raise ProblemsError for AsciiDoc and Org, whose headings and lists would be read as something else."""
    has_markdown = any(re.match(r"#{1,6} \S|[ \t]*[-*+] \[[ xX]\] ", line) for line in lines)
    asciidoc = [line for line in lines if _ASCIIDOC.match(line)]
    titles = [line for line in lines if re.match(r"={1,5} \S", line)]
    if (
        titles
        and (len(asciidoc) > 1 or len(titles) > 1 or lines[0] in titles)
        and not any(re.match(r"#{1,6} \S", line) for line in lines)
    ):
        message = "this is AsciiDoc; write its headings as `## Backups` and its boxes as `- [ ] …`"
        raise ProblemsError([Problem(name, 1, 1, f"{message}, such as by `pandoc -f asciidoc -t gfm`")])
    org = [line for line in lines if _ORG.match(line)]
    stars = [line for line in lines if re.match(r"\*+ \S", line)]
    is_org = len([line for line in stars if line.startswith("**")]) > 0 or any(line.startswith("#+") for line in org)
    boxes = [line for line in lines if re.match(r"[ \t]*- \[[ xX-]\] ", line)]
    if (
        org
        and is_org
        and not any(re.match(r"#{1,6} \S", line) for line in lines)
        and (stars or boxes)
        and (not has_markdown or stars)
    ):
        message = "this is Org; write its headings as `## Backups`, such as by `pandoc -f org -t gfm`"
        raise ProblemsError([Problem(name, 1, 1, message)])


def _prose(text: str, notes: Notes, form: str, items: str, columns: Mapping[str, str]) -> ReadSource:
    what = {"rst": "reStructuredText", "text": "plain text"}.get(form, "Markdown")
    text = rst_as_markdown(text) if form == "rst" else text_as_markdown(text) if form == "text" else text
    outline = read_markdown(text, notes, items=items, columns=dict(columns))
    lines = text.split("\n")
    end = front_matter_end(lines)
    found = Amounts()
    body = plain_markdown("\n".join([""] * end + lines[end:]))
    found.add("\n".join(body.lines))
    for part in body.collapsed:
        found.add(part.text)
    found.links += [url for _, _, url in body.unused if url.startswith(("http://", "https://"))]
    return ReadSource(outline, "markdown", what, amounts=found)


def _tree(text: str, name: str, notes: Notes, form: str, preset: str, columns: Mapping[str, str]) -> ReadSource:
    documents = foreign_documents(json_as_yaml(text, name) if form == "json" else text, name, notes)
    documents = [document for document in documents if isinstance(document.tree, (dict, list)) and document.tree]
    if not documents:
        raise ProblemsError([Problem(name, 1, 1, f"no items found; allowed: {ITEMS['tree']}")])
    main = max(documents, key=lambda document: len(document.values))
    title = ""
    others = _other_documents(documents, main, notes)
    what = form.upper()
    chosen = PRESETS.get(preset)
    if chosen is None and not preset:
        chosen = next((each for each in PRESETS.values() if each.matches(main.tree)), None)
    if chosen and chosen.matches(main.tree):
        main = _replaced(main, chosen.arranged(main.tree))
        what = f"{what}, {chosen.what}"
    elif chosen:
        raise ProblemsError([Problem(name, 1, 1, f"this has not the structure of {chosen.what}; leave --preset out")])
    if table := flat_table(main):
        notes.guess(described_columns(table, columns))
        taken = RowReader.of(table, notes, columns).read()
        name_of = main.tree.get("title") if isinstance(main.tree, dict) else ""
        title = str(name_of) if isinstance(name_of, str) and name_of else title
        outline = _outline(sections_of(taken, title=title or "Items", line=table.line), title)
        if isinstance(main.tree, dict):
            said = {key: value for key, value in main.tree.items() if isinstance(value, str) and value != title}
            others.append(OutlineText(flat_text(dict(said)), 1, is_prose=False))
    else:
        outline = read_tree(main, notes, fallback_title=title or "")
    outline = replace(outline, before=(*outline.before, *others))
    return ReadSource(outline, "tree", what, title, amounts_of_entries(outline.all_entries()))


def _replaced(document: YamlDocument, tree: Tree) -> YamlDocument:
    return document if tree is document.tree else YamlDocument(document.path, tree, document.values, document.keys)


def _other_documents(documents: list[YamlDocument], main: YamlDocument, notes: Notes) -> list[OutlineText]:
    """Return what the documents beside the checklist say, and tell of them."""
    texts = []
    for document in documents:
        if document is not main:
            line = document.position(()).line
            keys = ", ".join(map(str, document.tree)) if isinstance(document.tree, dict) else "a list"
            notes.guess(f"the document on line {line} ({keys[:80]}) describes the file; the checklist is another one")
            texts.append(OutlineText(flat_text(document.tree), line, is_prose=False))
    return texts


def _outline(sections: tuple[OutlineSection, ...], title: str) -> OutlineSection:
    top = OutlineSection(title, 1, 1, level=1, sections=tuple(sections))
    return OutlineSection("", 1, 1, sections=(top,)) if title else OutlineSection("", 1, 1, sections=tuple(sections))


def _workbook(data: bytes, name: str, notes: Notes, *, sheet: str, columns: Mapping[str, str]) -> ReadSource:
    sheets = read_workbook(data, name)
    if sheet:
        chosen = [each for each in sheets if each.name.casefold() == sheet.casefold()]
        if not chosen:
            message = f"no sheet is called `{sheet}`; {did_you_mean(sheet, [each.name for each in sheets])}"
            raise ProblemsError([Problem(name, 0, 0, message)])
        sheets = chosen
    return _sheets(sheets, notes, columns=columns, name=name, what="a workbook")


def _sheets(sheets: list[Sheet], notes: Notes, *, columns: Mapping[str, str], name: str, what: str) -> ReadSource:
    """Return the items of the sheet that is most like a checklist, and of all that have the same columns."""
    found = [(each, *table) for each in sheets if (table := table_of(each, columns=columns))]
    if columns:
        _refuse_unknown(columns, [other for _, other, _ in found], sheets, name)
    if not found:
        raise ProblemsError([Problem(name, 1, 1, f"no row names the columns; allowed: {ITEMS['table']}")])
    best, main, _ = max(found, key=lambda each: (each[2], len(each[1].rows)))
    same = [each for each, other, _ in found if len(set(other.names) & set(main.names)) * 3 >= len(main.names) * 2]
    taken: list[tuple[str, str, OutlineEntry]] = []
    told: set[tuple[str, ...]] = set()
    for each, other, _ in found:
        if each not in same:
            continue
        for row in each.unknown:
            if row > other.line:
                notes.left_out("formulas without a stored value", row)
        if other.names not in told:
            told.add(other.names)
            notes.guess(described_columns(other, columns))
        taken += _below_sheet(other, each, notes, columns, several=len(same) > 1)
    _tell_sheets(sheets, same, notes)
    title = main.title if len(same) == 1 and main.title and main.title != best.name else ""
    outline = _outline(sections_of(taken, title=title or best.name or "Items", line=main.line), title)
    return ReadSource(outline, "table", what, title, amounts_of_entries(outline.all_entries()))


def _below_sheet(
    table: RowTable, sheet: Sheet, notes: Notes, columns: Mapping[str, str], *, several: bool
) -> list[tuple[str, str, OutlineEntry]]:
    """Return the items of a sheet with their areas and groups; where there are `several` sheets, each is an area."""
    entries = RowReader.of(table, notes, columns).read()
    if not several:
        return entries
    area = table.title or sheet.name
    return [(area, own or group, entry) for own, group, entry in entries]


def _tell_sheets(sheets: list[Sheet], same: list[Sheet], notes: Notes) -> None:
    if len(sheets) < 2:
        return
    others = [f"`{each.name}` ({counted(len(each.rows), 'row')})" for each in sheets if each not in same and each.rows]
    notes.guess(
        f"sheets: {', '.join(f'`{each.name}`' for each in same)}"
        + (f"; not {', '.join(others)} (`--sheet` takes another)" if others else "")
    )


def _refuse_unknown(columns: Mapping[str, str], tables: list[RowTable], sheets: list[Sheet], name: str) -> None:
    """Raise ProblemsError for each column that is named and not there."""
    from opsbook.convert.columns import normal

    names = {each for table in tables for each in table.names if each}
    if not names:
        names = {cell for sheet in sheets for _, cells in sheet.rows[:1] for cell in cells if cell and len(cell) < 80}
    known = {normal(each) for each in names}
    problems = [
        Problem(name, 0, 0, f"no column is called `{column}`; {did_you_mean(column, names)}")
        for column in columns
        if normal(column) not in known
    ]
    if problems:
        raise ProblemsError(problems)
