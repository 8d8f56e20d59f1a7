"""Decide what of an import is written: new files, and those that nobody has changed since an earlier import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.convert.runbooks.front_text import Imported, mark_of, with_mark
from opsbook.convert.runbooks.importer import ImportedRunbook, RunbookImport
from opsbook.problems import ProblemsError
from opsbook.source.files import is_there, named_files
from opsbook.source.text import read_text


@dataclass(frozen=True)
class PresentFile:
    """A file of a runbook that is there: its path below `runbooks/`, and what its mark says, if it has one."""

    file: str
    mark: Imported | None


@dataclass
class WritePlan:
    """What an import does: the content of each file by its path below `runbooks/`, and what it leaves alone."""

    files: dict[str, bytes] = field(default_factory=dict)
    new: int = 0
    updated: int = 0
    same: int = 0
    touched: list[str] = field(default_factory=list)
    """Files that somebody has changed, and that have a newer version upstream."""
    others: list[str] = field(default_factory=list)
    """Files that were there before and are from elsewhere."""


def present_files(folder: Path) -> Mapping[str, PresentFile]:
    """Return the Markdown files below `folder` by their paths there."""
    found = {}
    for file, name in named_files(folder, "", ".md"):
        path = name.lstrip("/")
        try:
            found[path] = PresentFile(path, mark_of(read_text(file, path)))
        except ProblemsError:
            found[path] = PresentFile(path, None)
    return found


def write_plan(
    found: RunbookImport,
    attachments: Mapping[str, bytes],
    root: Path,
    present: Mapping[str, PresentFile],
    *,
    force: bool,
) -> WritePlan:
    """Return what is written of `found` below the folder `root`; with `force`, over files of other origin too."""
    plan = WritePlan()
    for runbook in found.runbooks:
        if not runbook.is_refused:
            _plan(plan, runbook, present.get(runbook.file), force=force)
    for path, content in attachments.items():
        target = root / path
        if not is_there(target) or (target.read_bytes() != content and force):
            plan.files[path] = content
        elif target.read_bytes() != content:
            plan.others.append(path)
    return plan


def _plan(plan: WritePlan, runbook: ImportedRunbook, there: PresentFile | None, *, force: bool) -> None:
    text = with_mark(runbook.text, runbook.source)
    mark = there.mark if there else None
    new = mark_of(text)
    is_newer = not mark or not new or mark.digest != new.digest
    if there is None:
        plan.new += 1
    elif mark and not is_newer:
        plan.same += 1
        return
    elif mark and mark.is_untouched:
        plan.updated += 1
    elif mark and not force:
        plan.touched.append(runbook.file)
        return
    elif not force:
        plan.others.append(runbook.file)
        return
    else:
        plan.updated += 1
    plan.files[runbook.file] = text.encode()


def places(present: Mapping[str, PresentFile]) -> Mapping[str, str]:
    """Return the file of each page that an earlier import has brought, by the path that it had there."""
    return {each.mark.path: each.file for each in present.values() if each.mark}
