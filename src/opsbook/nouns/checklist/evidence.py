"""Check that the evidence of each item exists, and contains the text that it should."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.checklist.load import identified
from opsbook.nouns.checklist.model import Checklist, Item
from opsbook.nouns.kind import CheckContext
from opsbook.problems import Problem, ProblemsError
from opsbook.source.references import Places
from opsbook.source.text import not_regular, read_bytes
from opsbook.source.tree import short

MOST_EVIDENCE = 64 * 1_048_576
"""How many bytes of a file are searched for the text that it should contain."""


def evidence_problems(context: CheckContext) -> Iterator[Problem]:
    """Yield a problem for each file of evidence that is missing, or does not contain the text that it should."""
    for record in context.loaded.records:
        if isinstance(record.value, Checklist) and record.places:
            yield from _problems(context.project.root, record.value, record.places)


def _problems(root: Path, checklist: Checklist, document: Places) -> Iterator[Problem]:
    for at, node in identified(checklist):
        if not isinstance(node, Item):
            continue
        for index, evidence in enumerate(node.evidence):
            if evidence.file is None:
                continue
            place = (*at, "evidence", index, "file")
            if fault := _fault(root, evidence.file):
                yield document.problem(place, fault)
            elif evidence.contains and (fault := _lack(root / evidence.file, evidence.file, evidence.contains)):
                yield document.problem((*at, "evidence", index, "contains"), fault)


def _fault(root: Path, name: str) -> str:
    """Return what is wrong with the file or folder `name` below `root`, or "". Its content is not read."""
    shown = short(name, most=120)
    try:
        file = (root / name).resolve()
        if not file.is_relative_to(root.resolve()):
            return f"`{shown}` lies outside the repository"
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return f"no such file: `{shown}`; name one from the repository's root"
    except OSError as error:
        return f"`{shown}` cannot be looked at: {error.strerror}"
    except (RuntimeError, ValueError):  # A link to itself, or what no path may hold.
        return f"`{shown}` is no path of a file; name one from the repository's root"
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else f"`{shown}`: {not_regular(mode)}"


def _lack(file: Path, name: str, text: str) -> str:
    """Return why `file`, which messages call `name`, does not contain `text`, or "" where it does."""
    if file.is_dir():
        return f"`{name}` does not hold `{text}`"
    try:
        data = read_bytes(file, name, most=MOST_EVIDENCE)
    except ProblemsError as error:
        return f"`{name}` {error.problems[0].message}"
    if text in data.decode("utf-8", errors="replace"):
        return ""
    if len(data) > MOST_EVIDENCE:
        return f"the first {MOST_EVIDENCE // 1_048_576} MiB of `{name}` do not hold `{text}`; name a smaller file"
    return f"`{name}` does not hold `{text}`"
