"""Run git in a folder, with nothing around it that could make it mean another repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 10
_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")
# Neither a lock nor the network, which a clone without all objects would ask for the missing ones.
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def start_git(folder: Path, *arguments: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start git in `folder` and return its process, whose output is read from `stdout`. Raises OSError without git."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, env=_environment())


def git_says(folder: Path, *arguments: str) -> str | None:
    """Return what git prints in `folder`; None where it is missing or fails, as it does outside of a repository."""
    said = git_gives(folder, *arguments, seconds=_SECONDS)
    try:
        return None if said is None else said.decode().strip()
    except UnicodeDecodeError:
        return None


def git_gives(folder: Path, *arguments: str, seconds: int) -> bytes | None:
    """Return the bytes that git prints in `folder`, such as an archive; None where it fails or takes too long."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, env=_environment())
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _environment() -> Mapping[str, str]:
    # A hook of git runs with variables that say which repository is meant, whatever the folder.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _SETTINGS}
    return {**kept, **_ENVIRONMENT}
