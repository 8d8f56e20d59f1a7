"""Import a checklist from elsewhere, as Markdown or YAML, and note each thing that was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from opsbook.convert.arrange import arrange
from opsbook.convert.foreign import read_foreign
from opsbook.convert.markdown import read_markdown
from opsbook.convert.mojibake import repair
from opsbook.convert.notes import Notes
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.checklist.model import Checklist
from opsbook.problems import Problem, ProblemsError
from opsbook.source.deadline import deadline
from opsbook.source.limits import SECONDS_TO_READ
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument
from opsbook.source.yaml import parse_yaml

MOST_BYTES = 262_144
"""The largest list that is taken, for the time that its prose takes to be understood."""
YAML_SUFFIXES = (".yml", ".yaml")
_MARKDOWN_ITEMS = "lines such as `- [ ] Set up backups`, below headings that name their areas"
_YAML_ITEMS = "lists of texts, or of entries with a `title`, below keys that name their areas"


@dataclass(frozen=True)
class Import:
    """The checklist in a file, and the pages that come with it, by their paths below the hand-written ones.

    `notes` are warnings: what was left out, and what was not read as it is written.
    """

    checklist: Checklist
    notes: tuple[Problem, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)


def import_file(file: Path, name: str) -> Import:
    """Return the checklist in `file`, which messages call `name`; its ending says whether it is YAML or Markdown.

    Raise ProblemsError where it cannot be read or holds no items.
    """
    with deadline(name, SECONDS_TO_READ):
        return _import(read_text(file, name, repair=repair), name)


def _import(text: str, name: str) -> Import:
    if len(text.encode()) > MOST_BYTES:
        message = f"a list larger than {MOST_BYTES // 1024} KiB; split it or make it smaller"
        raise ProblemsError([Problem(name, 0, 0, message)])
    notes, title = Notes(name), _title_of(name)
    if PurePath(name).suffix.lower() in YAML_SUFFIXES:
        document = parse_yaml(text, name)
        if _is_own(document):
            return Import(parse_checklist(text, name)[0])
        outline, allowed = read_foreign(document, notes, fallback_title=title), _YAML_ITEMS
    else:
        outline, allowed = read_markdown(text, notes), _MARKDOWN_ITEMS
    checklist = arrange(outline, notes, fallback_title=title)
    if checklist is None:  # What was left out may be why nothing is there.
        raise ProblemsError([Problem(name, 1, 1, f"no items found; allowed: {allowed}"), *notes.found])
    return Import(checklist, tuple(sorted(set(notes.found), key=lambda note: note.order)))


def _is_own(document: YamlDocument) -> bool:
    """Return whether this is a `checklist.yml` already: its areas have ids."""
    areas = document.tree.get("areas") if isinstance(document.tree, dict) else None
    return isinstance(areas, list) and any(isinstance(area, dict) and "id" in area for area in areas)


def _title_of(name: str) -> str:
    """Return a title made from a file's name."""
    words = PurePath(name).stem.replace("-", " ").replace("_", " ").split()
    title = " ".join(words)[:100]
    return title[:1].upper() + title[1:] if title else "Checklist"
