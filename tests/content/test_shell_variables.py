"""The variables in the commands of this repository's runbooks, beside what shfmt reads in them."""

from __future__ import annotations

from pathlib import Path

from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.model import Language
from shell_variables import read_by_shfmt, read_by_us


def test_the_variables_of_all_commands_are_those_that_shfmt_reads(root: Path) -> None:
    commands: set[str] = set()
    for file in sorted((root / "runbooks").rglob("*.md")):
        source, _ = parse_runbook(file.read_text("utf-8"), file.name)
        if source:
            found = [command for step in source.runbook.steps for command in step.commands]
            commands |= {command.code for command in found if command.language is Language.BASH}
    assert len(commands) > 500
    assert {code for code in commands if read_by_us(code) != read_by_shfmt(code)} == set()
