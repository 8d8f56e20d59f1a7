"""Keep a list of problems that are known, so that `opsbook check` and `opsbook alerts` can fail for new ones alone.

A problem is known by its file and its words, not by its line, which changes with every edit above.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from opsbook.cli.findings import Findings
from opsbook.problems import Problem, ProblemsError, counted
from opsbook.source.text import read_text
from opsbook.whole import write_file

KnownProblems = Counter[tuple[str, str]]
_LINES = re.compile(r"\bline \d+")
_FORM = "this is no list of known problems; write one with --write-baseline"


def save_baseline(file: Path, problems: Iterable[Problem]) -> None:
    """Write `problems` to `file` as known, each on a line of its own and sorted, so that changes are easy to read."""
    known = [{"path": path, "message": message} for path, message in sorted(Counter(map(_key, problems)).elements())]
    lines = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in known)
    write_file(file, f"[\n{lines}\n]\n" if known else "[]\n", name=file.as_posix())


def new_findings(file: Path, findings: Findings) -> Findings:
    """Return `findings` without the problems in `file`, with notes on those and on entries that match nothing.

    Raises ProblemsError if `file` is not such a list.
    """
    known = _read(file)
    left, new = Counter(known), []
    for problem in findings.problems:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
        else:
            new.append(problem)
    notes = list(findings.notes)
    if count := len(findings.problems) - len(new):
        notes.append(f"{counted(count, 'known problem')} of {file.as_posix()} left out")
    for path, message in sorted(left.elements()):
        notes.append(f"{file.as_posix()}: mended, so take it out or write the file anew: {path}: {message}")
    return replace(findings, problems=tuple(new), notes=tuple(notes), kind="new problem")


def _key(problem: Problem) -> tuple[str, str]:
    return problem.path, _LINES.sub("line …", problem.message)


def _read(file: Path) -> KnownProblems:
    name = file.as_posix()
    text = read_text(file, name)
    try:
        entries = json.loads(text)
        if not isinstance(entries, list):
            raise TypeError
        return Counter((str(each["path"]), str(each["message"])) for each in entries)
    except json.JSONDecodeError as error:
        raise ProblemsError([Problem(name, error.lineno, error.colno, f"not valid JSON: {error.msg}")]) from None
    except (TypeError, KeyError, RecursionError):
        raise ProblemsError([Problem(name, 0, 0, _FORM)]) from None
