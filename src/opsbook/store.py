"""Keep what a build computes for the next one, in a file below the folder `cache_dir`.

A value is kept under a name and a key. The key is made by `key_of` of everything that the value depends on. A name has
one entry, so a store never grows past the names in use. An entry that is damaged, half-written or of another key counts
as missing. A folder that cannot be written costs time, and nothing else. `docs/opsbook/decisions/cache.md` says who
keeps what, and by which key.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

FILE = "kept.sqlite"
# The journal is for a process that dies while it writes. For a machine that does, each entry has its checksum.
_OPEN = """
pragma journal_mode = memory;
pragma synchronous = off;
pragma secure_delete = on;
create table if not exists kept (name text primary key, key text, checksum blob, content blob);
"""


class Store:
    """The values kept in one file of `folder`; nothing is kept where `folder` is None."""

    def __init__(self, folder: Path | None) -> None:
        self._used: set[str] = set()
        self._file = folder / FILE if folder else None
        self._database: sqlite3.Connection | None = None
        self._collected: list[tuple[str, str, bytes]] | None = None
        for _ in range(2):  # A file that is damaged is gone after the first time.
            if self._file and not self._database:
                self._database = _opened(self._file)

    def read(self, name: str, key: str) -> bytes | None:
        """Return what was written for `name` under `key`; None where there is no such entry, or a damaged one."""
        self._used.add(name)
        rows = self._ask("select checksum, content from kept where name = ? and key = ?", name, key)
        return next((content for checksum, content in rows if checksum == _checksum(content)), None)

    def write(self, name: str, key: str, content: bytes) -> None:
        """Keep `content` in place of the entry of `name`. A reader sees the old entry or the new one, never a part."""
        self._used.add(name)
        if self._collected is not None:
            self._collected.append((name, key, content))
            return
        self._ask("insert or replace into kept values (?, ?, ?, ?)", name, key, _checksum(content), content)

    def read_json(self, name: str, key: str) -> Any:
        """Return the value that `write_json` kept for `name` under `key`; None where there is none."""
        content = self.read(name, key)
        return None if content is None else json.loads(content)

    def write_json(self, name: str, key: str, value: Any) -> None:
        """Keep `value` as JSON, in the same way as `write`."""
        self.write(name, key, json.dumps(value, separators=(",", ":")).encode())

    def use(self, name: str) -> None:
        """Note that the entry of `name` is in use, so that it stays, though nobody reads it."""
        self._used.add(name)

    def has(self, name: str, key: str) -> bool:
        """Return whether something is kept for `name` under `key`, which may still turn out to be damaged."""
        self._used.add(name)
        return bool(self._ask("select 1 from kept where name = ? and key = ?", name, key))

    @property
    def is_original(self) -> bool:
        """Return whether this process is not one for which the store was divided."""
        return self._collected is None

    def divide(self) -> list[tuple[str, str, bytes]]:
        """Prepare this store for a process that was forked, in which no open database of the original may be used.

        What is read comes from a connection of its own. What is written goes to the list that is returned, as the name,
        the key and the content.
        """
        self._left, self._database = self._database, None  # Not closed: its locks belong to the original.
        if self._file and self._left:
            self._database = _opened(self._file)
        self._collected = []
        return self._collected

    def prune(self) -> None:
        """Delete the entries whose names were neither read nor written here, such as those of pages that are gone."""
        for (name,) in self._ask("select name from kept"):
            if name not in self._used:
                self._ask("delete from kept where name = ?", name)

    def close(self) -> None:
        """Close the file. A closed store keeps nothing."""
        if self._database:
            self._database.close()
            self._database = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, statement: str, *values: str | bytes) -> list[tuple[Any, ...]]:
        """Return the rows of the answer to `statement`.

        Where the file is damaged or stays locked, return none and drop it, so that a new one is made the next time.
        """
        if self._database is None or self._file is None:
            return []
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.Error:
            _drop(self._database, self._file)
            self._database = None
            return []


def key_of(made_by: str, *inputs: str | bytes) -> str:
    """Return a key that changes with any of `inputs` and with `made_by`.

    `made_by` names the programs that compute the value, with their versions, as `opsbook.versions` returns them.

    >>> key_of("", "a", "bc") == key_of("", "ab", "c")
    False
    """
    mixed = hashlib.sha256()
    for part in (made_by, *inputs):
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        mixed.update(b"%d:" % len(data) + data)
    return mixed.hexdigest()


def _opened(file: Path) -> sqlite3.Connection | None:
    """Return the database in `file`; delete the file and return None where it cannot be opened as one."""
    database = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(file, isolation_level=None)
        database.executescript(_OPEN)
    except (OSError, sqlite3.Error):
        _drop(database, file)
        return None
    return database


def _drop(database: sqlite3.Connection | None, file: Path) -> None:
    if database:
        database.close()
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
