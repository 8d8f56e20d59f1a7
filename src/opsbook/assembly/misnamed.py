"""Find the files of a user that are not read since their names are not quite those that are: each is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from opsbook.assembly.kinds import KINDS
from opsbook.content.settings import FILE as CONTENT
from opsbook.nouns.kind import Kind
from opsbook.problems import Problem
from opsbook.secrets.load import FILE as SECRETS
from opsbook.source.files import MARKDOWN, is_readme, regular_files, shown_path
from opsbook.source.sitefile import SiteFile

_YAML = (".yaml", ".yml")
SINGLE = (*(name for kind in KINDS for name in kind.files if not name.endswith("/")), SECRETS, CONTENT)
"""The files that are read beside `mkdocs.yml`."""
SINGLE_PAGES = tuple(name for kind in KINDS for name in kind.docs if name and not name.endswith("/"))
"""The same below the hand-written pages."""
INTERFACES = next(kind.endings for kind in KINDS if kind.name == "api")
"""The endings of the descriptions of interfaces."""


def misnamed_files(root: Path, docs: Path, site: SiteFile) -> Iterator[Problem]:
    """Yield a problem for each file that is not read since its name is not quite the one that is."""
    for path, readers in by_readers(root):
        yield from _misnamed(path, path, endings_of(*readers))
    for name, wanted in alike(root, SINGLE):
        yield Problem(name, 0, 0, f"is not read; the file that is read is called `{wanted}`, so rename it")
    folder = shown_path(docs, root)
    for name, wanted in alike(docs, SINGLE_PAGES):
        if not site.is_left_out(name):
            yield Problem(f"{folder}/{name}", 0, 0, f"is not read; the file that is read is called `{wanted}`")
    for name in files_of(docs, "api", site):
        if name.count("/") == 1:
            yield from _misnamed(name, f"{folder}/{name}", INTERFACES)


def _misnamed(path: str, name: str, endings: tuple[str, ...]) -> Iterator[Problem]:
    if not path.endswith(endings) and is_nearly(path, endings):
        yield Problem(name, 0, 0, f"is not read; allowed here: {', '.join(endings)}; rename it")


def files_of(docs: Path, folder: str, site: SiteFile) -> Iterator[str]:
    """Yield the paths below `docs` of the files in its folder `folder` that are published or a template."""
    paths = (file.relative_to(docs).as_posix() for file in regular_files(docs / folder, deep=True, hidden=True))
    return filter(site.is_read, paths)


def endings_of(*kinds: Kind) -> tuple[str, ...]:
    """Return the endings of the files that one of `kinds` reads in its folders."""
    return tuple(ending for kind in kinds for ending in kind.endings)


def by_readers(root: Path) -> Iterator[tuple[str, tuple[Kind, ...]]]:
    """Yield each file below the folders of the nouns, with the nouns that read files there."""
    folders = {folder: kind for kind in KINDS for folder in kind.files if kind.endings}
    for folder in folders:
        if any(folder != each and folder.startswith(each) for each in folders):
            continue
        for file in regular_files(root / folder, deep=True):
            path = file.relative_to(root).as_posix()
            if not is_readme(file.name) and "__pycache__" not in file.parts:
                yield path, tuple(kind for each, kind in folders.items() if path.startswith(each))


def is_nearly(path: str, endings: Iterable[str]) -> bool:
    """Return whether the ending of `path` differs from one of `endings` in capitals alone, or as `.md` may."""
    ending = PurePosixPath(path).suffix.lower()
    return ending in endings or (".md" in endings and ending in MARKDOWN)


def alike(folder: Path, names: Iterable[str], *, also_same: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the YAML files in `folder` that are called nearly as one of `names`, each with that one."""
    wanted = {PurePosixPath(name).stem: name for name in names}
    for file in regular_files(folder, hidden=True):
        meant = wanted.get(file.stem.lower(), "") if file.suffix.lower() in _YAML else ""
        if meant and (also_same or file.name != meant):
            yield file.name, meant
