"""Keep drawings from one run to the next, so that one is drawn again only when something it depends on has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from opsbook.nouns.drawing.engine import Engine
from opsbook.nouns.drawing.model import Drawing
from opsbook.source.files import regular_files
from opsbook.store import Store, key_of
from opsbook.versions import versions


def drawing_keys(root: Path, folder: str, scripts: Mapping[str, str], engine: Engine) -> dict[str, str]:
    """Return the cache key of each of `scripts`, which maps paths below `root` to their texts.

    Every key depends on all helpers and icons beside the scripts in `folder`, whichever of them a script uses.
    """
    made_by = f"{versions('diagrams', 'pillow', 'pydantic')}\n{engine.version}"
    paths = (path.relative_to(root).as_posix() for path in regular_files(root / folder, deep=True))
    beside = (path for path in paths if path not in scripts and "__pycache__" not in path.split("/"))
    shared = key_of(made_by, *(part for path in beside for part in (path, _digest(root / path))))
    return {path: key_of(shared, path, text) for path, text in scripts.items()}


def _digest(path: Path) -> bytes:
    """Return a digest of a file's content; an empty one where the file cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError:
        return b""


def read_drawings(cache: Path | None, keys: Mapping[str, str]) -> dict[str, Drawing]:
    """Return the stored drawings by id, and delete those whose id is not in `keys`."""
    with Store(cache) as store:
        kept = {id: store.read(id, key) for id, key in keys.items()}
        store.prune()
    return {id: Drawing.model_validate_json(content) for id, content in kept.items() if content is not None}


def write_drawing(cache: Path | None, key: str, drawing: Drawing) -> None:
    """Store `drawing` under its id."""
    with Store(cache) as store:
        store.write(drawing.id, key, drawing.model_dump_json().encode())
