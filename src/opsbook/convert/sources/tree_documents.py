"""Read a file of YAML or JSON: choose the document that is the checklist, and keep what the others say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from opsbook.convert.amounts import amounts_of_entries
from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineText
from opsbook.convert.sources.documents import foreign_documents, json_as_yaml
from opsbook.convert.sources.flat import flat_table
from opsbook.convert.sources.presets import PRESETS, Preset
from opsbook.convert.sources.records import read_rows, sections_of
from opsbook.convert.sources.result import ITEMS, ReadSource, titled_outline
from opsbook.convert.sources.row_table import tell_columns
from opsbook.convert.sources.tree_text import flat_text
from opsbook.convert.sources.trees import read_tree
from opsbook.problems import Problem, ProblemsError
from opsbook.source.tree import Tree, YamlDocument


def read_tree_file(
    text: str, name: str, notes: Notes, *, form: str, preset: str, columns: Mapping[str, str]
) -> ReadSource:
    """Return what is in YAML or JSON, which `form` says. `preset` names a well-known checklist, where one is meant.

    Raise ProblemsError where it cannot be read, holds no checklist, or not the one that is meant.
    """
    documents = foreign_documents(json_as_yaml(text, name) if form == "json" else text, name, notes)
    documents = [document for document in documents if isinstance(document.tree, (dict, list)) and document.tree]
    if not documents:
        raise ProblemsError([Problem(name, 1, 1, f"no items found; allowed: {ITEMS['tree']}")])
    main = max(documents, key=lambda document: len(document.values))
    others = _other_documents(documents, main, notes)
    chosen = _preset_of(main, name, preset)
    if chosen:
        main = replace(main, tree=chosen.arranged(main.tree))
    if table := flat_table(main):
        title = _title_of(main.tree)
        tell_columns([table], columns, notes)
        outline = titled_outline(sections_of(read_rows(table, notes, columns), title=title or "Items"), title)
        others += _beside_table(main.tree, title)
    else:
        title = ""
        outline = read_tree(main, notes)
    outline = replace(outline, before=(*outline.before, *others))
    what = ", ".join([form.upper(), *([chosen.what] if chosen else [])])
    return ReadSource(outline, "tree", what, title, amounts_of_entries(outline.all_entries()))


def _preset_of(document: YamlDocument, name: str, preset: str) -> Preset | None:
    """Return the well-known checklist that a document is; None for no such one, or where `preset` names a reader.

    Raise ProblemsError where it is another one than `preset` names.
    """
    if not preset:
        return next((each for each in PRESETS.values() if each.matches(document.tree)), None)
    chosen = PRESETS.get(preset)
    if chosen and not chosen.matches(document.tree):
        raise ProblemsError([Problem(name, 1, 1, f"this has not the structure of {chosen.what}; leave --preset out")])
    return chosen


def _title_of(tree: Tree) -> str:
    title = tree.get("title") if isinstance(tree, dict) else None
    return title if isinstance(title, str) else ""


def _beside_table(tree: Tree, title: str) -> list[OutlineText]:
    """Return what stands beside the list of entries that was read as a table."""
    if not isinstance(tree, dict):
        return []
    said: dict[str, Tree] = {key: value for key, value in tree.items() if isinstance(value, str) and value != title}
    return [OutlineText(flat_text(said), 1, is_prose=False)]


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
