"""Hold the pages that a list brings to those that are there, and say which files change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from opsbook.cli.moved_pages import MovedPages, pages_moved
from opsbook.convert.merge.guides import guide_changes, pages_here
from opsbook.convert.merge.memory import Memory
from opsbook.convert.merge.merge import Merged
from opsbook.convert.merge.report import ReportLine


@dataclass(frozen=True)
class BroughtPages:
    """The files that change with an update beside `checklist.yml`, what there is to say, and what to remember."""

    files: MovedPages
    lines: tuple[ReportLine, ...]
    memory: Memory


def brought_pages(
    root: Path, docs: Path, pages: Mapping[str, str], merged: Merged, known: Mapping[str, str]
) -> BroughtPages:
    """Return what becomes of the pages of a list that brings `pages`; `known` are the hashes of those before."""
    files = pages_moved(root, docs, {id: each for id, each in merged.areas.items() if each[0] != each[1]})
    former = {f"practices/{new}/{id}.md": f"practices/{old}/{id}.md" for id, (old, new) in merged.areas.items()}

    def before(path: str) -> bytes | None:
        return _content(docs / former.get(path, path))

    def now(path: str) -> bytes | None:
        written = files.written.get(docs / path)
        return before(path) if written is None else written

    areas = {id: area for id, (_, area) in merged.areas.items()}
    ours = dict(pages_here(pages, merged.ids, areas))
    removed = {node.id: node.area for node in merged.removed}
    found = guide_changes(ours, known, before, now, removed)
    gone = [docs / f"practices/{removed[id]}/{id}.md" for id in found.gone]
    written = {docs / path: content for path, content in found.written.items()}
    return BroughtPages(
        MovedPages({**files.written, **written}, (*files.gone, *(file for file in gone if file.is_file()))),
        tuple(found.lines),
        replace(merged.memory, guides=found.hashes),
    )


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
