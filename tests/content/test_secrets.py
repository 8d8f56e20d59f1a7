"""The secrets of this repository: none."""

from __future__ import annotations

from pathlib import Path

from opsbook.assembly.tree import FILES
from opsbook.secrets.load import load_exemptions, secret_problems
from opsbook.secrets.sources import published_files


def said(root: Path, cache: Path | None = None) -> list[str]:
    published = published_files(root, root / "docs", FILES)
    return [str(problem) for problem in secret_problems(published, load_exemptions(root), cache)]


def test_this_repository_publishes_what_its_exceptions_allow_and_no_more(root: Path) -> None:
    assert said(root) == []
    assert {file.name.split("/")[0] for file in published_files(root, root / "docs", FILES)} >= {
        "docs",
        "runbooks",
        "diagrams",
    }
