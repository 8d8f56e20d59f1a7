"""A folder of entries: a name, a key and some bytes in, the same bytes out for the same key.

Each name has one place, so the folder never grows past the names in use. A broken, half-written or older entry reads
as nothing. A folder that cannot be written costs time, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from opsbook.drawings.cache import write_whole


class Store:
    """The entries of one kind, below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._used: set[str] = set()

    def read(self, name: str, key: str) -> bytes | None:
        """What was written for `name` under `key`; None where that is not there, or not whole."""
        try:
            head, checksum, content = self._place(name).read_bytes().split(b"\n", 2)
        except (OSError, ValueError):
            return None
        return content if (head, checksum) == (key.encode(), _checksum(content)) else None

    def write(self, name: str, key: str, content: bytes) -> None:
        """Keep `content`, in place of what `name` had. A reader sees the old entry or the new one, never a part."""
        write_whole(self._place(name), b"\n".join((key.encode(), _checksum(content), content)))

    def read_json(self, name: str, key: str) -> Any:
        """The value that `write_json` kept; None where there is none."""
        content = self.read(name, key)
        return None if content is None else json.loads(content)

    def write_json(self, name: str, key: str, value: Any) -> None:
        """Keep a value that JSON knows."""
        self.write(name, key, json.dumps(value, separators=(",", ":")).encode())

    def prune(self) -> None:
        """Take away what belongs to no name that was read or written, such as the entries of pages that are gone."""
        for path in self.folder.glob("*"):
            if path.name not in self._used:
                path.unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        place = hashlib.sha256(name.encode()).hexdigest()[:32]
        self._used.add(place)
        return self.folder / place


def key_of(*parts: str) -> str:
    """One key for `parts`, which changes when any of them does.

    >>> key_of("a", "bc") == key_of("ab", "c")
    False
    """
    mixed = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        mixed.update(b"%d:" % len(data) + data)
    return mixed.hexdigest()


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
