"""List the files that a site is made of, and read their text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from opsbook.source.files import shown_path

SITE_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
MOST_BYTES = 8 << 20
_SKIPPED = frozenset({".git", "__pycache__"})


@dataclass(frozen=True)
class SourceFile:
    """A file and its name in messages; `is_copied` says that MkDocs copies it into the site as it is."""

    file: Path
    name: str
    is_copied: bool


def published_files(
    root: Path, docs: Path, read: Iterable[str], is_left_out: Callable[[str], bool] = lambda _path: False
) -> Iterator[SourceFile]:
    """Yield the files of the project `root`, whose hand-written pages are in `docs`, sorted by name within each folder.

    `read` names what the site is made of below `root`: files, and folders with a slash at the end. What is below
    `docs` and `is_left_out` is not part of the site. Only regular files of the tree itself count; symbolic links are
    not followed.
    """
    names = dict.fromkeys((*read, *SITE_FILES))
    folders = [name for name in names if name.endswith("/")]
    for name in names:
        if name not in folders and (root / name).is_file():
            yield SourceFile(root / name, name, False)
    outermost = [name for name in folders if not any(name != each and name.startswith(each) for each in folders)]
    for folder, name in ((docs, shown_path(docs, root)), *((root / each, each.rstrip("/")) for each in outermost)):
        for file in _regular(folder):
            if folder == docs and is_left_out(file.relative_to(docs).as_posix()):
                continue
            yield SourceFile(file, f"{name}/{file.relative_to(folder).as_posix()}", folder == docs)


def _regular(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - _SKIPPED)
        for name in sorted(names):
            file = Path(place) / name
            # The bytes of a name that is not UTF-8 cannot be printed; the site cannot hold such a file either.
            if file.is_file() and not file.is_symlink() and name.isprintable():
                yield file


def text_of(content: bytes) -> str | None:
    """Return the text in `content`, with line ends as `\\n`; None where it is no text, such as a picture.

    Bytes that are not UTF-8 become replacement characters: secrets are made of ASCII.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    elif b"\0" in content:
        return None
    else:
        text = content.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
