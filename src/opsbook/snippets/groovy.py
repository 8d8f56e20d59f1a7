"""Check Jenkinsfiles and other Groovy for what Groovy's own compiler, Jenkins or the shell would refuse.

The compiler of Debian is 2.4, as is that of Jenkins: https://www.jenkins.io/doc/book/pipeline/syntax/
"""

from __future__ import annotations

import base64
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.shell import shell_parser
from opsbook.snippets.tools import failure, program, run

_SCRIPT = Path(__file__).with_name("jenkinsfile.groovy")


def check_groovy(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield where a block does not parse, the sections of its pipeline are wrong, or shellcheck objects to a script."""
    groovy = program("groovy")
    with tempfile.TemporaryDirectory() as folder:
        for index, snippet in enumerate(snippets):
            (Path(folder) / f"{index}.groovy").write_text(f"{snippet.code}\n", encoding="utf-8")
        names = [f"{index}.groovy" for index in range(len(snippets))]
        done = run([groovy, "--encoding=UTF-8", str(_SCRIPT), *names], Path(folder), _environment())
    if done.returncode != 0:
        raise failure(done)
    scripts: list[_Script] = []
    for said in done.stdout.splitlines():
        name, line, column, kind, text = said.split("\t", 4)
        snippet = snippets[int(Path(name).stem)]
        if kind == "script":
            scripts.append(_Script(snippet, int(line), int(column), base64.b64decode(text).decode()))
        else:
            yield snippet.problem(int(line), int(column), text.replace("found ''", "found the end"))
    yield from _check_scripts(scripts)


@dataclass(frozen=True)
class _Script:
    """A script that an `sh` step runs. The string that holds it starts at `line` and `column` of the block."""

    snippet: Snippet
    line: int
    column: int
    code: str

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Return where a place of the script is in the block. Groovy joins lines at a backslash, as the shell does."""
        if line == 1:
            return self.line, self.column + column
        lines = self.snippet.code.split("\n")
        at = self.line
        for _ in range(line - 1):
            while at < len(lines) and lines[at - 1].endswith("\\"):
                at += 1
            at += 1
        return at, column


def _check_scripts(scripts: Sequence[_Script]) -> Iterator[Problem]:
    """Yield what shellcheck finds in the scripts of `sh` steps."""
    remarks = shell_parser().remarks(sorted({script.code for script in scripts})) if scripts else {}
    for script in scripts:
        for remark in remarks[script.code]:
            place = script.place(remark.line, remark.column)
            yield script.snippet.problem(*place, f"{remark.message} ({remark.rule})", remark.severity)


def _environment() -> dict[str, str]:
    """Return the environment for `groovy`, with the Java on PATH and without downloads.

    Debian's `groovy` looks for a default Java, which is a package of its own. Without Grape an `@Grab` fetches nothing.
    """
    java = shutil.which("java")
    home = {"JAVA_HOME": str(Path(java).resolve().parent.parent)} if java else {}
    return {**home, **os.environ, "LC_ALL": "C.UTF-8", "JAVA_OPTS": "-Dgroovy.grape.enable=false"}
