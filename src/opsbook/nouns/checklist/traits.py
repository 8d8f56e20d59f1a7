"""Check the words, controls and files that items name against what the checklist and the site have."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from opsbook.nouns.checklist.load import identified
from opsbook.nouns.checklist.model import Checklist, Item
from opsbook.nouns.checklist.model.coverage import standard_of
from opsbook.nouns.checklist.model.vocabulary import DECLARED, declared_words
from opsbook.nouns.kind import CheckContext, Project
from opsbook.problems import Problem, did_you_mean
from opsbook.source.files import MARKDOWN
from opsbook.source.references import Places
from opsbook.source.tree import Location, short


def trait_problems(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each word that is not declared, each unknown control, and each file that is not there.

    Words and controls are free where the checklist declares none.
    """
    for record in context.loaded.records:
        if isinstance(record.value, Checklist) and record.places:
            for at, node in identified(record.value):
                if isinstance(node, Item):
                    yield from _undeclared(record.value, node, at, record.places)
                    yield from _unknown_controls(record.value, node, at, record.places)
                    yield from _missing_files(context, node, at, record.places)


def _undeclared(checklist: Checklist, item: Item, at: Location, document: Places) -> Iterator[Problem]:
    for name, key in DECLARED.items():
        word, words = getattr(item, name), declared_words(checklist, name)
        if word and words and word not in words:
            message = f"`{short(word)}` is not among `{key}`; {did_you_mean(word, words)}"
            yield document.problem((*at, name), message)


def _unknown_controls(checklist: Checklist, item: Item, at: Location, document: Places) -> Iterator[Problem]:
    for index, id in enumerate(item.maps if checklist.standards else ()):
        standard = standard_of(id, checklist.standards)
        if standard is None:
            listed = [control.id for each in checklist.standards for control in each.controls]
            begins = [f"{each.prefix}…" for each in checklist.standards if each.prefix and not each.controls]
            message = f"no standard has the control `{short(id)}`; {did_you_mean(id, (*begins, *listed))}"
            yield document.problem((*at, "maps", index), message)
        elif standard.controls and all(control.id != id for control in standard.controls):
            known = did_you_mean(id, (control.id for control in standard.controls))
            yield document.problem((*at, "maps", index), f"`{standard.id}` has no control `{short(id)}`; {known}")


def _missing_files(context: CheckContext, item: Item, at: Location, document: Places) -> Iterator[Problem]:
    for index, link in enumerate(item.links):
        if link.file and (fault := _file_fault(context.project, link.file)):
            yield document.problem((*at, "links", index, "file"), fault)


def _file_fault(project: Project, path: str) -> str:
    """Return why a link may not lead to the file `path` below the hand-written pages, or ""."""
    shown = short(path, most=120)
    if path.endswith(MARKDOWN):
        return f"`{shown}` is a page; name it under `page`"
    if posixpath.normpath(path) != path or path.startswith(("../", "/")):
        return f"`{shown}` is not a path below {project.below_docs('')}; allowed: one such as `files/plan.pdf`"
    if not (project.docs / path).is_file() or project.site.is_left_out(path):
        return f"the site has no file `{shown}`; put it there as {project.below_docs(shown)}"
    return ""
