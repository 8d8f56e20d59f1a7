"""Find what lies where the site is read from and is no part of it, so that nothing is left out unsaid.

It is told and is no error: a script or a drawing of another program may lie beside the runbooks that it is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from opsbook.assembly.attachments import ENDINGS, is_attached
from opsbook.assembly.kinds import KINDS
from opsbook.assembly.misnamed import (
    INTERFACES,
    SINGLE,
    SINGLE_PAGES,
    alike,
    by_readers,
    endings_of,
    files_of,
    is_nearly,
)
from opsbook.problems import Problem
from opsbook.source.files import MARKDOWN, is_folder, regular_files, shown_path
from opsbook.source.sitefile import MacroSettings, SiteFile, is_template

_SITE_FILES = ("mkdocs.yml", "mkdocs.yaml")
_WELL_KNOWN = ".well-known"
"""The one hidden folder that is meant for readers: https://www.rfc-editor.org/rfc/rfc8615"""
_OVERRIDES = "overrides"
"""The folder of a site's own templates, as the manual of the theme calls it."""


def unread_files(root: Path, docs: Path, site: SiteFile) -> tuple[Problem, ...]:
    """Return, sorted, what lies beside the files that are read and is not read itself, in words that say so."""
    found = (
        *_beside_sources(root),
        *_other_folders(root, docs),
        *_elsewhere(root, docs, site),
        *_not_set_up(root, site),
        *_no_pages(root, docs, site),
    )
    return tuple(sorted(set(found), key=lambda each: each.order))


def _beside_sources(root: Path) -> Iterator[Problem]:
    for path, readers in by_readers(root):
        endings = endings_of(*readers)
        used = tuple(ending for kind in readers for ending in kind.beside)
        if path.endswith(endings) or is_nearly(path, (*endings, *used)) or is_attached(path):
            continue
        beside = f", and beside them {', '.join(ENDINGS)}" if is_attached(f"{path}.txt") else ""
        inner = (each for kind in KINDS for each in kind.files if path.endswith(kind.endings))
        better = next((f"; such a file is read in {each}" for each in inner if each.startswith(_top(path))), "")
        yield Problem(path, 0, 0, f"is no part of the site; allowed here: {', '.join(endings)}{beside}{better}")


def _other_folders(root: Path, docs: Path) -> Iterator[Problem]:
    """Yield a problem for each folder with nearly the name of one that is read, and with what would be read there."""
    folders = {folder.rstrip("/"): kind for kind in KINDS for folder in kind.files if kind.endings}
    for entry in sorted({*root.iterdir()} - {docs} if is_folder(root) else ()):
        for folder, kind in folders.items():
            is_alike = entry.name != folder and _squeezed(entry.name) == _squeezed(folder)
            if is_alike and entry.is_dir() and regular_files(entry, *kind.endings, deep=True):
                yield Problem(entry.name, 0, 0, f"this folder is not read; the folder that is read is `{folder}`")


def _elsewhere(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file that is read in another folder alone."""
    folder = shown_path(docs, root)
    for name, wanted in alike(root, SINGLE_PAGES, also_same=True):
        yield Problem(name, 0, 0, f"is not read here; allowed: {folder}/{wanted}")
    for name, wanted in alike(docs, SINGLE, also_same=True):
        if site.is_published(name):
            yield Problem(f"{folder}/{name}", 0, 0, f"is on the site as it is, and not read here; allowed: {wanted}")


def _not_set_up(root: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file that MkDocs would read with other settings, or without another file."""
    taken = site.file.name if site.file else ""
    for name in _SITE_FILES if taken in _SITE_FILES else ():
        if name != taken and (root / name).is_file():
            yield Problem(name, 0, 0, f"is not read, since {taken} is there too; keep one")
    macros = MacroSettings().file
    if taken and site.macros is None and (root / macros).is_file():
        yield Problem(macros, 0, 0, f"is not read, since {taken} does not name the plugin `macros`")
    if taken and not site.custom_dir and regular_files(root / _OVERRIDES, ".html", deep=True):
        yield Problem(_OVERRIDES, 0, 0, f"this folder is not read; allowed: `custom_dir: {_OVERRIDES}` in {taken}")


def _no_pages(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file below `docs` that seems to be a page, a template or an interface and is none."""
    folder = shown_path(docs, root)
    for file in regular_files(docs / _WELL_KNOWN, deep=True, hidden=True):
        name = file.relative_to(docs).as_posix()
        if not site.is_published(name) and not site.is_left_out(name):
            message = f"is no part of the site, since it is hidden; allowed: `!{_WELL_KNOWN}` under `exclude_docs`"
            yield Problem(f"{folder}/{name}", 0, 0, message)
    for name in files_of(docs, "", site):
        path = PurePosixPath(name)
        if is_template(name):
            if len(path.parts) > 2 or path.suffix != ".md":
                yield Problem(f"{folder}/{name}", 0, 0, "is no part of the site; a template is templates/<name>.md")
        elif path.suffix not in MARKDOWN and (path.suffix.lower() in MARKDOWN or path.suffix == ".mdx"):
            message = f"is copied as it is and makes no page; allowed: {', '.join(MARKDOWN)}"
            yield Problem(f"{folder}/{name}", 0, 0, message)
        elif path.parts[0] == "api" and len(path.parts) > 2 and path.suffix.lower() in INTERFACES:
            message = "is copied as it is, and no page shows it; the description of a service is api/<service>.yaml"
            yield Problem(f"{folder}/{name}", 0, 0, message)


def _top(path: str) -> str:
    return path.partition("/")[0] + "/"


def _squeezed(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").rstrip("s")
