"""What one check of the content finds in a few files, without the rest of a handbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from external_programs import program
from opsbook.content.check import check_content
from opsbook.content.load import load_content
from opsbook.content.model import ContentCheck
from opsbook.graph import Graph
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.problems import ProblemsError
from opsbook.source.sitefile import SiteFile

DAY = date(2026, 11, 23)


def found_by(check: ContentCheck, root: Path, files: Mapping[str, str]) -> list[str]:
    """The findings of `check` in `files`, which are written below `root`; files that cannot be read are an error."""
    program("promtool")
    (root / "docs").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    runbooks = load_runbooks(root / "runbooks", "runbooks")
    content, problems = load_content(root, SiteFile(docs=root / "docs"), Graph(values=runbooks.sources), DAY)
    if problems or runbooks.problems:
        raise ProblemsError([*problems, *runbooks.problems])
    return [str(problem).removesuffix(f" ({check.name})") for problem in check_content(content, [check]).problems]
