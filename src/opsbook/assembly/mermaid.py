"""Find the blocks that GitHub draws with Mermaid and a site without a Mermaid of its own shows as code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from opsbook.problems import Problem
from opsbook.source.fences import scan_fences
from opsbook.source.guard import reading
from opsbook.source.markdown import body_start
from opsbook.source.text import read_text

LANGUAGE = "mermaid"
_INSTEAD = (
    "a `mermaid` block is drawn by GitHub and not by this site; allowed: a drawing in diagrams/, or a Mermaid of your"
    " own: a custom fence of pymdownx.superfences and its script below docs/, under extra_javascript"
)


def mermaid_problems(root: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each block of Mermaid in `files`, which are paths below `root`."""
    for name in files:
        told: list[Problem] = []  # By the loader of the file.
        with reading(name, told):
            text = read_text(root / name, name)
            if LANGUAGE not in text:
                continue
            lines = text.split("\n")
            for fence in scan_fences(lines, name, first=body_start(lines)).fences:
                if fence.language == LANGUAGE:
                    yield Problem(name, fence.line, fence.column, _INSTEAD)
