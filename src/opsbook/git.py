"""Run git in a folder, whatever the settings of whoever runs it, without a lock and without the network."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SECONDS = 10
_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")


def git_says(folder: Path, *arguments: str) -> str | None:
    """Return what git prints in `folder`; None where it is missing or fails, as it does outside of a repository."""
    try:
        said = git_gives(folder, *arguments, seconds=_SECONDS)
        return None if said is None else said.decode().strip()
    except UnicodeDecodeError:
        return None


def git_gives(folder: Path, *arguments: str, seconds: int) -> bytes | None:
    """Return the bytes that git prints in `folder`, such as an archive; None where it fails or takes too long."""
    # A hook of git runs with variables that say which repository is meant, whatever the folder.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _SETTINGS}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            timeout=seconds,
            env={**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
