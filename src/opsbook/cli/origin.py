"""Find out where a list comes from: its address as `checklist.yml` remembers it, and which version it is."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from opsbook.nouns.checklist.model import Upstream
from opsbook.source.text import read_bytes

_SECONDS = 10
_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH")


def origin_of(file: Path, checklist: Path) -> Upstream:
    """Return the address of `file` as seen from `checklist`, and its version."""
    address = Path(os.path.relpath(file.absolute(), checklist.absolute().parent)).as_posix()
    return Upstream(address=address, version=_version(file, checklist))


def origin_file(upstream: Upstream, checklist: Path) -> Path:
    """Return the file that `upstream` names."""
    return Path(os.path.normpath(checklist.parent / upstream.address))


def _version(file: Path, checklist: Path) -> str:
    """Return the tag or commit of another repository that `file` is tracked in, unchanged; else a hash of it."""
    top = _git(file.absolute().parent, "rev-parse", "--show-toplevel")
    if top and top != _git(checklist.absolute().parent, "rev-parse", "--show-toplevel"):
        folder, name = file.absolute().parent, file.name
        is_tracked = _git(folder, "ls-files", "--error-unmatch", "--", name)
        is_clean = is_tracked and _git(folder, "status", "--porcelain", "--", name) == ""
        if is_clean and (described := _git(folder, "describe", "--tags", "--always")):
            return described
    return f"sha256:{hashlib.sha256(read_bytes(file, file.as_posix())).hexdigest()}"


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git prints in `folder`; None where it is missing or fails, as it does outside of a repository."""
    # A hook of git runs with variables that say which repository is meant, whatever the folder.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name in _SETTINGS}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            env={**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
