"""What the handbook says, held to what it does by the checks that every handbook has."""

from __future__ import annotations

from pathlib import Path

from commands import run_command
from opsbook.content.checks import CHECKS


def test_no_check_of_the_content_finds_anything_in_the_handbook(root: Path) -> None:
    done = run_command("opsbook", "check", "--content", "--strict", folder=root, timeout=120)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert f"{len(CHECKS)} checks of the content, 0 findings waived: no problem found" in done.stdout
