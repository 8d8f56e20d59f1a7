"""Whatever happens to a file, its author gets lines with places or a site, and never a traceback or a hang."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent


def test_damaged_files_are_read_or_refused_with_words() -> None:
    command = [sys.executable, "-m", "fuzz.run", "--count", "40", "--seed", "1"]
    done = subprocess.run(command, cwd=TESTS, env={**os.environ, "PYTHONPATH": _path()}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    names = ("checklist", "import", "runbook", "rules", "markdown", "api", "shell", "snippets", "project:checklist.yml")
    assert [name for name in names if f"{name}: 40 inputs, no fault" not in done.stdout] == []


def _path() -> str:
    return os.pathsep.join(filter(None, [str(TESTS), os.environ.get("PYTHONPATH")]))
