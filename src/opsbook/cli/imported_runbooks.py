"""Tell what an import of runbooks took, what it left as it is, and what it did not take."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.convert.runbooks.collection import ForeignFolder
from opsbook.convert.runbooks.counting import Tally
from opsbook.convert.runbooks.importer import FOLDER, ImportedRunbook, RunbookImport
from opsbook.convert.runbooks.writing import WritePlan
from opsbook.problems import Problem, counted


def problems_of(source: ForeignFolder, found: RunbookImport) -> list[Problem]:
    """Return what is wrong with the pages and with what became of them, in the order of files, each once."""
    problems = {*source.problems, *(each for runbook in found.runbooks for each in _said(runbook))}
    return sorted(problems, key=lambda each: each.order)


def import_report(source: ForeignFolder, found: RunbookImport, plan: WritePlan) -> Iterator[str]:
    """Yield what was left out and left as it is, then how much was taken."""
    yield from _left(source)
    yield from _kept(plan)
    yield from _counts(source, found, plan)


def _said(runbook: ImportedRunbook) -> Iterator[Problem]:
    yield from runbook.problems
    for lost in runbook.lost:
        yield Problem(runbook.source, 0, 0, f"not taken: {lost}")
    if runbook.is_refused:
        yield Problem(runbook.source, 0, 0, "was not taken; the problems above say why")


def _left(source: ForeignFolder) -> Iterator[str]:
    for path, reason in sorted(source.left.items()):
        yield f"{path}: left out, since it {reason}"


def _kept(plan: WritePlan) -> Iterator[str]:
    for path in plan.touched:
        yield f"{FOLDER}/{path}: left as it is, since it was changed here, though upstream has a newer version"
    for path in plan.others:
        yield f"{FOLDER}/{path}: left as it is, since it was there before; overwrite it with --force"


def _counts(source: ForeignFolder, found: RunbookImport, plan: WritePlan) -> Iterator[str]:
    there = sum((each.there for each in found.runbooks), Tally())
    taken = sum((each.taken for each in found.runbooks), Tally())
    pages = len(found.runbooks) + len(source.problems)
    good = sum(not each.is_refused for each in found.runbooks)
    parts = (
        f"{good} of {counted(pages, 'runbook')}",
        f"{taken.words} of {counted(there.words, 'word')}",
        f"{taken.links} of {counted(there.links, 'link')}",
        f"{taken.blocks} of {counted(there.blocks, 'block')} of code",
        f"{taken.pictures} of {counted(there.pictures, 'picture')}",
    )
    yield f"taken: {', '.join(parts)}"
    written = f"{plan.new} new, {plan.updated} updated, {plan.same} as before"
    yield f"written below {FOLDER}/: {written}, and {counted(len(found.attached), 'other file')} that they link to"
    if plan.new or plan.updated:
        yield "next: `opsbook check --drafts` lists what each of them lacks"
