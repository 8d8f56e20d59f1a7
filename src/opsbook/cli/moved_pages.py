"""Take the guides of items along that an update moves to another area, and the links to their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opsbook.convert.merge.relink import with_new_links
from opsbook.source.files import regular_files, shown_path

_WITH_LINKS = ("runbooks", "post-mortems")
_PRACTICES = "practices"


@dataclass(frozen=True)
class MovedPages:
    """The files to write, with their content, and those to take away."""

    written: Mapping[Path, bytes]
    gone: tuple[Path, ...]


def pages_moved(root: Path, docs: Path, areas: Mapping[str, tuple[str, str]]) -> MovedPages:
    """Return what changes where items move; `areas` has the old and the new area of each, by its id.

    An item without a guide has a page too, which may be linked to.
    """
    folder = shown_path(docs, root)
    moved: dict[str, str] = {}
    for id, (before, after) in areas.items():
        old, new = (f"{_PRACTICES}/{area}/{id}.md" for area in (before, after))
        moved |= {old: new, f"{folder}/{old}": f"{folder}/{new}"}
    written: dict[Path, bytes] = {}
    gone: list[Path] = []
    for file, below in _pages(root, docs):
        now = _new_place(below, areas)
        place, place_now = (f"{folder}/{each}" if file.is_relative_to(docs) else each for each in (below, now))
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        changed = with_new_links(text, (place, below), (place_now, now), moved) if moved else text
        if now != below:
            gone.append(file)
            written[docs / now] = changed.encode("utf-8", "surrogateescape")
        elif changed != text:
            written[file] = changed.encode("utf-8", "surrogateescape")
    return MovedPages(written, tuple(gone))


def _pages(root: Path, docs: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with links, and its path on the site."""
    for file in regular_files(docs, ".md", deep=True):
        yield file, file.relative_to(docs).as_posix()
    for folder in _WITH_LINKS:
        for file in regular_files(root / folder, ".md", deep=True):
            yield file, file.relative_to(root).as_posix()


def _new_place(below: str, areas: Mapping[str, tuple[str, str]]) -> str:
    """Return where a page is after the move: a guide, and its translations, go with their item."""
    parts = below.split("/")
    if len(parts) != 3 or parts[0] != _PRACTICES:
        return below
    id = parts[2].removesuffix(".md").partition(".")[0]
    before, after = areas.get(id, ("", ""))
    return f"{_PRACTICES}/{after}/{parts[2]}" if before == parts[1] else below
