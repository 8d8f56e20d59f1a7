"""Drawings that need not be drawn again.

In: the folder of the drawings and what draws them. Out: a key that changes with everything that matters, and drawings
read from or written to a cache folder. A broken, half-written or older entry reads as nothing.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from opsbook.nouns.drawing.engine import Engine
from opsbook.nouns.drawing.model import Drawing
from opsbook.source.files import regular_files
from opsbook.store import keep_file
from opsbook.versions import code_digest

SUFFIX = ".drawing"


def common_key(folder: Path, scripts: Iterable[Path], engine: Engine) -> str:
    """Return what all drawings share: this engine, the versions below it, and the helpers and icons beside the scripts.

    A script may draw the engine itself, from its modules, so all of the code counts.
    """
    drawn = set(scripts)
    mixed = hashlib.sha256()
    names = [platform.python_version(), engine.version, version("diagrams"), version("pillow"), code_digest()]
    mixed.update("\0".join(names).encode())
    beside = [path for path in regular_files(folder, deep=True) if path not in drawn]
    for path in beside:
        if "__pycache__" not in path.parts:
            mixed.update(f"\0{path.relative_to(folder)}\0".encode())
            mixed.update(_digest(path))
    return mixed.hexdigest()


def _digest(path: Path) -> bytes:
    """What tells one content of a file from the next; one that cannot be read is as one that is not there."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b""


def drawing_key(common: str, script: str, source: bytes) -> str:
    """The key of one drawing."""
    return hashlib.sha256(f"{common}\0{script}\0".encode() + source).hexdigest()


def read_drawing(cache: Path, name: str, key: str) -> Drawing | None:
    """The drawing of that key, if a whole one is there: key, checksum and content, one a line."""
    try:
        said, checksum, content = (cache / (name + SUFFIX)).read_bytes().split(b"\n", 2)
    except (OSError, ValueError):
        return None
    if said.decode(errors="replace") != key or checksum.decode(errors="replace") != hashlib.sha256(content).hexdigest():
        return None
    try:
        return Drawing.model_validate_json(content)
    except ValidationError:
        return None


def write_drawing(cache: Path, key: str, drawing: Drawing) -> None:
    """Keep a drawing; a reader at the same moment sees the old entry or the new one, never a part."""
    content = drawing.model_dump_json().encode()
    head = f"{key}\n{hashlib.sha256(content).hexdigest()}\n".encode()
    keep_file(cache / (drawing.id + SUFFIX), head + content)


def forget_others(cache: Path, names: Iterable[str]) -> None:
    """Take away the entries of drawings that are gone."""
    kept = {name + SUFFIX for name in names}
    for path in cache.glob(f"*{SUFFIX}"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
