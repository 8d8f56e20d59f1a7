"""What one run keeps for the next: a name, a key and some bytes in, the same bytes out for the same key.

Each name has one place, so a store never grows past the names in use. A broken, half-written or older entry reads as
nothing. A folder that cannot be written costs time, and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from opsbook.whole import write_whole

FILE = "kept.sqlite"
# The journal is for a process that dies while it writes. For a machine that does, each entry has its checksum.
_OPEN = """
pragma journal_mode = memory;
pragma synchronous = off;
pragma secure_delete = on;
create table if not exists kept (name text primary key, key text, checksum blob, content blob);
"""


class Store:
    """The entries of one kind, in one file of the folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._used: set[str] = set()
        self._database = _opened(self._file)

    def read(self, name: str, key: str) -> bytes | None:
        """What was written for `name` under `key`; None where that is not there, or not whole."""
        self._used.add(name)
        rows = self._ask("select checksum, content from kept where name = ? and key = ?", name, key)
        return next((content for checksum, content in rows if checksum == _checksum(content)), None)

    def write(self, name: str, key: str, content: bytes) -> None:
        """Keep `content`, in place of what `name` had. A reader sees the old entry or the new one, never a part."""
        self._used.add(name)
        self._ask("insert or replace into kept values (?, ?, ?, ?)", name, key, _checksum(content), content)

    def read_json(self, name: str, key: str) -> Any:
        """The value that `write_json` kept; None where there is none."""
        content = self.read(name, key)
        return None if content is None else json.loads(content)

    def write_json(self, name: str, key: str, value: Any) -> None:
        """Keep a value that JSON knows."""
        self.write(name, key, json.dumps(value, separators=(",", ":")).encode())

    def prune(self) -> None:
        """Take away what belongs to no name that was read or written, such as the entries of pages that are gone."""
        for (name,) in self._ask("select name from kept"):
            if name not in self._used:
                self._ask("delete from kept where name = ?", name)

    def close(self) -> None:
        """Let go of the file. A store that is closed holds nothing."""
        if self._database:
            self._database.close()
            self._database = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, statement: str, *values: str | bytes) -> list[tuple[Any, ...]]:
        """The rows of an answer; none, and a new file the next time, where this one is damaged or in use too long."""
        if self._database is None:
            return []
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.Error:
            _drop(self._database, self._file)
            self._database = None
            return []


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


def keep_file(path: Path, content: bytes) -> None:
    """Write a file of a cache in one step. One that cannot be written costs time, and nothing else."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole({path: content}, is_safe=False)


def _opened(file: Path) -> sqlite3.Connection | None:
    """Return the database in `file`, which is made anew where it is damaged; None where there can be none."""
    for _ in range(2):  # What is damaged is deleted, and the second time there is nothing.
        database = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(file, isolation_level=None)
            database.executescript(_OPEN)
        except (OSError, sqlite3.Error):
            _drop(database, file)
        else:
            return database
    return None


def _drop(database: sqlite3.Connection | None, file: Path) -> None:
    if database:
        database.close()
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
