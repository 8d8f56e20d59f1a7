"""Write a built site, and the source that rebuilds it, as one zip file that works from a disk.

    NAME/index.html    leads to the site
    NAME/README.txt
    NAME/site/…
    NAME/source/…

The same files make the same bytes: they are sorted, and all have one time and one mode.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from opsbook import web
from opsbook.offline.disk import INDEX, SEARCH, SEARCH_SCRIPT, DiskSite
from opsbook.offline.entrance import ShownSite
from opsbook.offline.footer import with_copy_note, without_note
from opsbook.offline.project import ProjectSource
from opsbook.offline.worker import WORKER
from opsbook.problems import Problem, ProblemsError

README = "README.txt"
_FOR_SERVERS = ("404.html", "_headers", "sitemap.xml", WORKER)
"""Files at the top of a site that only servers and their readers have a use for."""
_LEFT_OUT = (".map", ".gz", ".br", ".zip.part")
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""What the times of a zip file can say."""


@dataclass(frozen=True)
class SiteBundle:
    """A site as one file: its name and its bytes."""

    name: str
    content: bytes


def bundled_site(site: Path, source: ProjectSource, moment: datetime) -> SiteBundle:
    """Return the built site in the folder `site` as one file. Raises ProblemsError if it has no home page."""
    home = site / INDEX
    if not home.is_file():
        raise ProblemsError([Problem(home.as_posix(), 0, 0, "is missing; a site has a home page")])
    shown = ShownSite.of(home.read_text("utf-8", "replace"), moment)
    name = shown.file_name
    folder = name.removesuffix(".zip")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        entries = {INDEX: shown.entrance(), README: shown.readme(source), **dict(_site_files(site, name, moment))}
        for path, content in sorted(entries.items()):
            _add(archive, f"{folder}/{path}", content, moment)
        for path, entry in source.files.items():
            _add(archive, f"{folder}/source/{path}", entry.content, moment, is_program=entry.is_program)
    return SiteBundle(name, stream.getvalue())


def may_be_replaced(file: Path) -> bool:
    """Return whether nothing of anybody's is lost where a bundle is written to `file`: it is new, or a bundle."""
    if not file.is_file() or not file.stat().st_size:
        return not file.is_dir()
    try:
        with zipfile.ZipFile(file) as archive:
            below = {name.partition("/")[2] for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError):
        return False
    return {INDEX, README, f"site/{INDEX}"} <= below


def _site_files(site: Path, own_name: str, moment: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site as they are on a disk, each with its path in the bundle."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    wanted = {name: file for name, file in files.items() if not _is_left_out(name) and name != own_name}
    home = files[INDEX].read_text("utf-8", "replace")
    shim = next((name for name in wanted if name.endswith(web.SHIM)), web.SHIM)
    disk = DiskSite.of(wanted.keys(), home, shim)
    for name, file in wanted.items():
        content = file.read_bytes()
        if name.endswith((".html", ".htm", ".svg")) and (text := _text(content)) is not None:
            page = disk.page(without_note(text), name)
            content = with_copy_note(page, moment).encode()
        elif name == SEARCH and (text := _text(content)) is not None:
            name, content = SEARCH_SCRIPT, disk.search_script(text).encode()
        yield f"site/{name}", content
    if shim not in wanted:
        yield from ((f"site/{shim}", str(asset.content).encode()) for asset in web.assets() if asset.path == shim)


def _is_left_out(name: str) -> bool:
    return name in _FOR_SERVERS or name == SEARCH_SCRIPT or name.endswith(_LEFT_OUT)


def _text(content: bytes) -> str | None:
    """Return the text of a page; None where it is no UTF-8, and so is left as it is."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _add(archive: zipfile.ZipFile, path: str, content: bytes, moment: datetime, *, is_program: bool = False) -> None:
    year = min(max(moment.year, _FIRST_YEAR), _LAST_YEAR)
    entry = zipfile.ZipInfo(path, (year, *moment.timetuple()[1:6]))
    entry.create_system = 3  # Unix, on whatever system: else the mode would not count.
    entry.external_attr = (0o100755 if is_program else 0o100644) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
