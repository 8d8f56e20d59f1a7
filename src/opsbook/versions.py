"""Return the versions of what computes a value, as texts for the keys of the cache."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import opsbook

OF_PAGES = (
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "properdocs",
    "pygments",
    "pymdown-extensions",
)
"""The packages that a page goes through."""


@functools.cache
def versions(*packages: str, code: str = "") -> str:
    """Return a text that changes with Python, with each of `packages`, and with the engine's own code.

    Of the engine's code, only the folder `code` counts where it is given.
    """
    return "\n".join([platform.python_version(), *(_version(name) for name in packages), _code_digest(code)])


def program_version(program: Path) -> str:
    """Return a text that changes when the file `program` is replaced, without starting the program."""
    try:
        status = program.stat()
    except OSError:
        return f"{program.name}=none"
    return f"{program.name}={status.st_size} {status.st_mtime_ns}"


@functools.cache
def _code_digest(code: str) -> str:
    """Return a digest of the engine's own code, since the version number stays the same while somebody works on it."""
    folder = Path(opsbook.__file__).parent / code
    mixed = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        mixed.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return mixed.hexdigest()


def _version(package: str) -> str:
    try:
        return f"{package}={version(package)}"
    except PackageNotFoundError:
        return f"{package}=none"
