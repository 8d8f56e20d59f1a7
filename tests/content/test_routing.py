"""Whom an alert reaches: the Alertmanager configuration of this repository, asked through `amtool`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from external_programs import program

ROUTING = Path(__file__).parent.parent.parent / "runbooks" / "rules" / "routing"
CONFIGURATION = ROUTING / "alertmanager.yml"
CASES = [
    line.split()
    for line in (ROUTING / "tests.txt").read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def amtool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program("amtool"), *arguments], capture_output=True, text=True)


def test_alertmanager_takes_the_configuration() -> None:
    done = amtool("check-config", str(CONFIGURATION))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES, ids=[" ".join(case[:2]) for case in CASES])
def test_an_alert_reaches_those_who_act_on_it(case: list[str]) -> None:
    receivers, *labels = case
    command = ("config", "routes", "test", f"--config.file={CONFIGURATION}", f"--verify.receivers={receivers}")
    done = amtool(*command, *labels)
    assert done.returncode == 0, done.stdout + done.stderr
