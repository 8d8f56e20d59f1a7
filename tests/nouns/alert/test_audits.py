"""Whole runs of `opsbook alerts`: each file in `audits` has a command, the files that it finds, and what it answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from opsbook.cli.alerts import alerts_command

CASES = sorted((Path(__file__).parent / "audits").glob("*.txt"))


def parts(case: Path) -> tuple[list[str], dict[str, str]]:
    """The arguments of the command, and the text of each file by its path; the answer is the last of them."""
    command, *rest = re.split(r"^=== (.*)\n", case.read_text("utf-8"), flags=re.MULTILINE)
    return command.split()[3:], dict(zip(rest[::2], rest[1::2], strict=True))


def answer(arguments: list[str], files: dict[str, str]) -> str:
    """What the command prints, how it ends, and which files it has changed."""
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")
    done = CliRunner().invoke(alerts_command, arguments, env={"SITE_URL": None}, catch_exceptions=False)
    changed = [f"--- {name}\n{new}" for name, text in files.items() if (new := Path(name).read_text("utf-8")) != text]
    return "".join([done.output, f"exit {done.exit_code}\n", *changed])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_run_answers_as_its_file_says(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, files = parts(case)
    expected = files.pop("answer")
    assert answer(arguments, files) == expected
