"""Whatever happens to a file, its author gets lines with places or a site, and never a traceback or a hang."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent


@pytest.mark.parametrize("target", ["checklist", "import", "runbook", "rules", "markdown", "api", "s", "project"])
def test_damaged_files_are_read_or_refused_with_words(target: str) -> None:
    command = [sys.executable, "-m", "fuzz.run", "--count", "40", "--seed", "1", "--target", target]
    done = subprocess.run(command, cwd=TESTS, env={**os.environ, "PYTHONPATH": _path()}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def _path() -> str:
    return os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH")]))
