"""Return the versions of what computes a value, as texts for the keys of the cache."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import platform
import sys
from collections.abc import Callable, Container
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


_COMPILED = frozenset({"__pycache__"})


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
    return folder_digest(Path(opsbook.__file__).parent / code, lambda name: name.endswith(".py"))


@functools.cache
def engine_digest() -> str:
    """Return a digest of every file of the engine: its code, templates, catalogs, scripts and styles."""
    return folder_digest(Path(opsbook.__file__).parent)


def folder_digest(folder: Path, wanted: Callable[[str], bool] = bool, left_out: Container[str] = _COMPILED) -> str:
    """Return a digest of the names and contents of the files below `folder` whose names are `wanted`.

    Folders whose names are `left_out`, and links to folders, are not looked into.
    """
    mixed = hashlib.sha256()
    for home, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in left_out)
        for path in (os.path.join(home, name) for name in sorted(filter(wanted, names))):  # noqa: PTH118 - thousands
            with contextlib.suppress(OSError), open(path, "rb") as stream:  # noqa: PTH123
                content = stream.read()
                mixed.update(
                    f"{os.path.relpath(path, folder)}\0{len(content)}\0".encode("utf-8", "surrogatepass") + content
                )
    return mixed.hexdigest()


@functools.cache
def installed() -> str:
    """Return a text that changes when any Python package is installed, removed or replaced by another version."""
    names: set[str] = set()
    for place in sys.path:
        with contextlib.suppress(OSError):
            names.update(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
    return "\n".join(sorted(names))


def _version(package: str) -> str:
    try:
        return f"{package}={version(package)}"
    except PackageNotFoundError:
        return f"{package}=none"
