"""Write compressed copies beside the files of a site, which a server sends instead of compressing each time anew."""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from opsbook.publish.durable import files_below

_TEXT = (
    *(".html", ".htm", ".css", ".js", ".mjs", ".json", ".map", ".svg", ".xml", ".txt", ".md", ".csv", ".yml", ".yaml"),
    *(".webmanifest", ".wasm", ".ico", ".ttf", ".otf"),
)
"""Endings of what shrinks; pictures and fonts of other kinds are compressed already."""


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)  # With a time, two builds would differ.


def _compressors() -> Mapping[str, Callable[[bytes], bytes]]:
    """Return the functions that compress, by the ending of their files; Brotli where its package is installed."""
    found: dict[str, Callable[[bytes], bytes]] = {".gz": _gzip}
    if importlib.util.find_spec("brotli"):
        found[".br"] = importlib.import_module("brotli").compress
    return found


def compress_site(site: Path) -> None:
    """Write the compressed copies of all files below `site` that get smaller by it, unless the site has its own."""
    compressors = _compressors()
    for file in list(files_below(site)):
        if file.suffix.lower() not in _TEXT:
            continue
        content = file.read_bytes()
        for ending, compress in compressors.items():
            copy = file.with_name(file.name + ending)
            if not copy.exists() and len(small := compress(content)) < len(content):
                copy.write_bytes(small)


def keep_times(site: Path, last: Path | None) -> None:
    """Give each file the time of its namesake in the `last` release if both hold the same bytes, else a later one.

    Browsers ask by the time and the length of a file whether it has changed.
    """
    for file in files_below(site):
        old = last / file.relative_to(site) if last else None
        if not old or not old.is_file():
            continue
        time, before = file.stat(), old.stat()
        if time.st_size == before.st_size and file.read_bytes() == old.read_bytes():
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif int(time.st_mtime) <= int(before.st_mtime):
            os.utime(file, (time.st_atime, int(before.st_mtime) + 1))
