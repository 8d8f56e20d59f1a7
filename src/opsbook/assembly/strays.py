"""Find the files of a user that lie where the site is read from and are no part of it, so that none is left out unsaid.

A file with nearly the name of one that is read was meant to be that, and is an error. Another one is only told: a
script or a drawing of another program may lie beside the runbooks that it is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from opsbook.assembly.attachments import ENDINGS, is_attached
from opsbook.assembly.kinds import KINDS
from opsbook.nouns.kind import Kind
from opsbook.problems import Problem
from opsbook.secrets.load import FILE as SECRETS
from opsbook.source.files import MARKDOWN, is_folder, is_readme, regular_files, shown_path
from opsbook.source.sitefile import SiteFile, is_template

_YAML = (".yaml", ".yml")
_SITE_FILES = ("mkdocs.yml", "mkdocs.yaml")
_WELL_KNOWN = ".well-known"
"""The one hidden folder that is meant for readers: https://www.rfc-editor.org/rfc/rfc8615"""
_SINGLE = (*(name for kind in KINDS for name in kind.files if not name.endswith("/")), SECRETS)
"""The files that are read beside `mkdocs.yml`."""
_SINGLE_PAGES = tuple(name for kind in KINDS for name in kind.docs if name and not name.endswith("/"))
"""The same below the hand-written pages."""
_INTERFACES = next(kind.endings for kind in KINDS if kind.name == "api")


def misnamed_files(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file that is not read since its name is not quite the one that is."""
    for path, readers in _by_readers(root):
        yield from _misnamed(path, path, _endings(*readers))
    for name, wanted in _alike(root, _SINGLE):
        yield Problem(name, 0, 0, f"is not read; the file that is read is called `{wanted}`, so rename it")
    folder = shown_path(docs, root)
    for name, wanted in _alike(docs, _SINGLE_PAGES):
        if not site.is_left_out(name):
            yield Problem(f"{folder}/{name}", 0, 0, f"is not read; the file that is read is called `{wanted}`")
    for name in _files_of(docs, "api", site):
        if name.count("/") == 1:
            yield from _misnamed(name, f"{folder}/{name}", _INTERFACES)


def _misnamed(path: str, name: str, endings: tuple[str, ...]) -> Iterator[Problem]:
    if not path.endswith(endings) and _is_nearly(path, endings):
        yield Problem(name, 0, 0, f"is not read; allowed here: {', '.join(endings)}; rename it")


def unread_files(root: Path, docs: Path, site: SiteFile) -> tuple[Problem, ...]:
    """Return, sorted, what lies beside the files that are read and is not read itself, in words that say so."""
    found = (*_beside_sources(root), *_other_folders(root), *_elsewhere(root, docs, site), *_no_pages(root, docs, site))
    return tuple(sorted(set(found), key=lambda each: each.order))


def _beside_sources(root: Path) -> Iterator[Problem]:
    for path, readers in _by_readers(root):
        endings = _endings(*readers)
        used = tuple(ending for kind in readers for ending in kind.beside)
        if path.endswith(endings) or _is_nearly(path, (*endings, *used)) or is_attached(path):
            continue
        beside = f", and beside them {', '.join(ENDINGS)}" if is_attached(f"{path}.txt") else ""
        inner = (each for kind in KINDS for each in kind.files if path.endswith(kind.endings))
        better = next((f"; such a file is read in {each}" for each in inner if each.startswith(_top(path))), "")
        yield Problem(path, 0, 0, f"is no part of the site; allowed here: {', '.join(endings)}{beside}{better}")


def _other_folders(root: Path) -> Iterator[Problem]:
    """Yield a problem for each folder with nearly the name of one that is read, and with what would be read there."""
    folders = {folder.rstrip("/"): kind for kind in KINDS for folder in kind.files if kind.endings}
    for entry in sorted(root.iterdir() if is_folder(root) else ()):
        for folder, kind in folders.items():
            is_alike = entry.name != folder and _squeezed(entry.name) == _squeezed(folder)
            if is_alike and entry.is_dir() and regular_files(entry, *kind.endings, deep=True):
                yield Problem(entry.name, 0, 0, f"this folder is not read; the folder that is read is `{folder}`")


def _elsewhere(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file that is read in another folder alone, and for a configuration that is not taken."""
    folder = shown_path(docs, root)
    for name, wanted in _alike(root, _SINGLE_PAGES, also_same=True):
        yield Problem(name, 0, 0, f"is not read here; allowed: {folder}/{wanted}")
    for name, wanted in _alike(docs, _SINGLE, also_same=True):
        if site.is_published(name):
            yield Problem(f"{folder}/{name}", 0, 0, f"is on the site as it is, and not read here; allowed: {wanted}")
    taken = site.file.name if site.file else ""
    for name in _SITE_FILES if taken in _SITE_FILES else ():
        if name != taken and (root / name).is_file():
            yield Problem(name, 0, 0, f"is not read, since {taken} is there too; keep one")


def _no_pages(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file below `docs` that seems to be a page, a template or an interface and is none."""
    folder = shown_path(docs, root)
    for file in regular_files(docs / _WELL_KNOWN, deep=True, hidden=True):
        name = file.relative_to(docs).as_posix()
        if not site.is_published(name) and not site.is_left_out(name):
            message = f"is no part of the site, since it is hidden; allowed: `!{_WELL_KNOWN}` under `exclude_docs`"
            yield Problem(f"{folder}/{name}", 0, 0, message)
    for name in _files_of(docs, "", site):
        path = PurePosixPath(name)
        if is_template(name):
            if len(path.parts) > 2 or path.suffix != ".md":
                yield Problem(f"{folder}/{name}", 0, 0, "is no part of the site; a template is templates/<name>.md")
        elif path.suffix not in MARKDOWN and (path.suffix.lower() in MARKDOWN or path.suffix == ".mdx"):
            message = f"is copied as it is and makes no page; allowed: {', '.join(MARKDOWN)}"
            yield Problem(f"{folder}/{name}", 0, 0, message)
        elif path.parts[0] == "api" and len(path.parts) > 2 and path.suffix.lower() in _INTERFACES:
            message = "is copied as it is, and no page shows it; the description of a service is api/<service>.yaml"
            yield Problem(f"{folder}/{name}", 0, 0, message)


def _files_of(docs: Path, folder: str, site: SiteFile) -> Iterator[str]:
    paths = (file.relative_to(docs).as_posix() for file in regular_files(docs / folder, deep=True, hidden=True))
    return filter(site.is_read, paths)


def _endings(*kinds: Kind) -> tuple[str, ...]:
    return tuple(ending for kind in kinds for ending in kind.endings)


def _by_readers(root: Path) -> Iterator[tuple[str, tuple[Kind, ...]]]:
    """Yield each file below the folders of the nouns, with the nouns that read files there."""
    folders = {folder: kind for kind in KINDS for folder in kind.files if kind.endings}
    for folder in folders:
        if any(folder != each and folder.startswith(each) for each in folders):
            continue
        for file in regular_files(root / folder, deep=True):
            path = file.relative_to(root).as_posix()
            if not is_readme(file.name) and "__pycache__" not in file.parts:
                yield path, tuple(kind for each, kind in folders.items() if path.startswith(each))


def _is_nearly(path: str, endings: Iterable[str]) -> bool:
    """Return whether the ending of `path` differs from one of `endings` in capitals alone, or as `.md` may."""
    ending = PurePosixPath(path).suffix.lower()
    return ending in endings or (".md" in endings and ending in MARKDOWN)


def _alike(folder: Path, names: Iterable[str], *, also_same: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the YAML files in `folder` that are called nearly as one of `names`, each with that one."""
    wanted = {PurePosixPath(name).stem: name for name in names}
    for file in regular_files(folder, hidden=True):
        meant = wanted.get(file.stem.lower(), "") if file.suffix.lower() in _YAML else ""
        if meant and (also_same or file.name != meant):
            yield file.name, meant


def _top(path: str) -> str:
    return path.partition("/")[0] + "/"


def _squeezed(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "").rstrip("s")
