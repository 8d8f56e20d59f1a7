"""Somebody else's repository: commits with the days and authors that a test wants."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
"""What keeps git from the settings of whoever runs the tests."""
NOBODY: Mapping[str, str] = {}


def git(root: Path, *arguments: str, typed: bytes = b"", who: Mapping[str, str] = NOBODY) -> str:
    """Return what git prints in the folder `root` when it is given `arguments` and reads `typed`."""
    command, variables = ["git", *arguments], {**os.environ, **ALONE, **who}
    done = subprocess.run(command, cwd=root, env=variables, input=typed, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def commit(root: Path, day: str, author: str = "Ada") -> None:
    """Commit everything in `root`, which becomes a repository if it is none."""
    if not (root / ".git").exists():
        git(root, "init", "--quiet", "--initial-branch=main")
        (root / ".git" / "info" / "exclude").write_text(".cache\nsite\n", "utf-8")
    time = f"{day}T12:00:00+0000"
    who = {"GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": time}
    as_well = {"GIT_COMMITTER_NAME": "Bob", "GIT_COMMITTER_EMAIL": "b@example.org", "GIT_COMMITTER_DATE": time}
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x", who={**who, **as_well})
