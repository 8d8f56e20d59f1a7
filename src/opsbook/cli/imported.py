"""Tell what an import understood, took and left out, and write the pages that come with a checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from opsbook.convert.columns import ROLES
from opsbook.convert.importer import Import
from opsbook.problems import Problem, ProblemsError, counted, did_you_mean
from opsbook.source.files import is_there
from opsbook.whole import make_folder, write_files

_MOST_NOTES = 20
_ADDRESS = re.compile(r"(?P<scheme>https?):/{1,2}(?P<rest>\S+)$")


def chosen_columns(value: str) -> dict[str, str]:
    """Return the role of each column that `value` names, as in `title=Summary,area=Component`.

    Raises ValueError where a part has another form, or names a role that does not exist.
    """
    roles: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in value.split(","))):
        role, sign, column = part.partition("=")
        if not sign or not column.strip():
            raise ValueError(f"`{part}` is not of the form ROLE=COLUMN")
        if role.strip() not in ROLES:
            raise ValueError(f"`{role.strip()}` is no role; {did_you_mean(role.strip(), ROLES, most=len(ROLES))}")
        roles[column.strip()] = role.strip()
    return roles


def shown_name(file: Path) -> str:
    """Return what messages call `file`. Raises ProblemsError where it is an address, which is not fetched."""
    name = file.as_posix()
    if found := _ADDRESS.match(name):
        address = f"{found['scheme']}://{found['rest']}"
        saved = PurePosixPath(found["rest"]).name or "list.md"
        message = f"addresses are not fetched; save the file first: curl -fLO {address}, then opsbook import {saved}"
        raise ProblemsError([Problem(address, 0, 0, message)])
    return name


def refuse_pages(docs: Path, pages: Mapping[str, str]) -> None:
    """Raise ProblemsError with those of `pages` that already exist below the folder `docs`."""
    there = [docs / path for path in pages if is_there(docs / path)]
    if there:
        message = "this page exists; overwrite it with --force"
        raise ProblemsError([Problem(file.as_posix(), 0, 0, message) for file in there])


def write_pages(docs: Path, pages: Mapping[str, str], *, force: bool) -> list[str]:
    """Write `pages` below the folder `docs` and return their names."""
    files = {docs / path: text.encode() for path, text in pages.items()}
    for folder in dict.fromkeys(file.parent for file in files):
        make_folder(folder)
    if files:
        write_files(files, is_new=not force, is_durable=False)
    return [file.as_posix() for file in files]


def shortened(names: Sequence[str]) -> list[str]:
    """Return the names of files, those of pages in folders as their number."""
    pages = [name for name in names if "/practices/" in f"/{name}" and name.endswith(".md")]
    others = [name for name in names if name not in set(pages)]
    return [*others, counted(len(pages), "page") + " in docs/practices/"] if pages else others


def told(imported: Import, *, is_printed: bool) -> Iterator[str]:
    """Yield how the file was understood, the first of the notes about it, and what was taken of it."""
    yield from imported.guesses
    yield from map(str, imported.notes[:_MOST_NOTES])
    if len(imported.notes) > _MOST_NOTES:
        yield f"and {counted(len(imported.notes) - _MOST_NOTES, 'note')} more"
    if is_printed and imported.pages:
        yield f"{counted(len(imported.pages), 'page')} that belong to it are not printed; name a file with --output"
    if imported.ledger:
        yield f"took {imported.ledger}"
