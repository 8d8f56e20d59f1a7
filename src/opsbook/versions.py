"""The version of all that a page goes through and of this engine's own code, as one text for the keys of caches."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import opsbook

PACKAGES = (
    "markdown",
    "mkdocs",
    "mkdocs-material",
    "nh3",
    "openapi-spec-validator",
    "properdocs",
    "pygments",
    "pymdown-extensions",
)


@functools.cache
def versions() -> str:
    """The version of all that a page goes through, and of this engine's own code."""
    return "\n".join([platform.python_version(), *(_version(name) for name in PACKAGES), code_digest()])


@functools.cache
def code_digest() -> str:
    """Return a digest of this engine's own code, since a version number stays while somebody works on it."""
    folder = Path(opsbook.__file__).parent
    mixed = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        mixed.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return mixed.hexdigest()


def _version(package: str) -> str:
    try:
        return f"{package}={version(package)}"
    except PackageNotFoundError:
        return f"{package}=none"
