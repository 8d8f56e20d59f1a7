"""Run `opsbook new`: write all that a site needs into a folder, with what can be guessed filled in."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import click

from opsbook.cli.import_list import write_import
from opsbook.cli.imported import shortened, told
from opsbook.cli.new_site import NewSite, new_site
from opsbook.cli.starting_files import STARTER, starting_files
from opsbook.convert.importer import ImportOptions
from opsbook.nouns.checklist.model import FILE
from opsbook.source.files import is_there
from opsbook.whole import make_folder, write_file

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?$")


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--from", "source", type=click.Path(path_type=Path), help="A checklist from elsewhere to begin with.")
@click.option("--language", help="The language of the site, such as de (default: that of the checklist).")
def new_command(folder: Path, source: Path | None, language: str | None) -> None:
    """Write the start of a site into DIR: checklist, configuration, a runbook with its alert rule, a drawing, services,
    and a workflow that checks and publishes it.

    Name, address and branch come from the folder and from git. What is there already stays as it is, and is named.
    """
    if language and not _LANGUAGE.match(language):
        raise click.UsageError(f"`{language}` is no language; allowed: a code such as de or pt-BR")
    start = new_site(folder, source, language)
    make_folder(folder)
    made: list[str] = []
    kept: list[str] = []
    for path, text in starting_files(start):
        name = _shown(path)
        if is_there(path) or _is_taken(path, folder):
            kept.append(name)
        elif path.name == FILE and start.imported and source and start.checklist:
            whole = replace(start.imported, checklist=start.checklist)
            made += write_import(path, source, whole, ImportOptions(), force=False)
        else:
            make_folder(path.parent)
            write_file(path, text, name=name, is_new=True)
            made.append(name)
    for line in told(start.imported, is_printed=False) if start.imported else ():
        click.echo(line, err=True)
    _tell(start, made, kept)
    if start.imported and not start.imported.is_whole:
        raise SystemExit(1)


def _shown(path: Path) -> str:
    """Return a path as it is from the current folder, or the whole of it where that is shorter."""
    relative = Path(os.path.relpath(path)).as_posix()
    return min(relative, path.absolute().as_posix(), key=len)


def _is_taken(path: Path, folder: Path) -> bool:
    """Return whether `path` lies in a folder of `folder` in which something of the user's lies already."""
    first = folder / path.relative_to(folder).parts[0] if path.is_relative_to(folder) else path
    return first.name in ("runbooks", "diagrams") and first.is_dir() and any(first.iterdir()) and not is_ours(first)


def is_ours(folder: Path) -> bool:
    """Return whether all that lies in `folder` is of the start itself."""
    ours = {path.name.removesuffix(".txt") for path in STARTER.rglob("*")}
    return all(each.name in ours for each in folder.rglob("*"))


def _tell(start: NewSite, made: list[str], kept: list[str]) -> None:
    click.echo(f"wrote {', '.join(shortened(made))}" if made else "wrote nothing")
    if kept:
        click.echo(f"kept, since it is there: {', '.join(kept)}")
    if start.owner is None:
        click.echo("no runbook and no services: they need an owner, and checklist.yml names none under `owners`")
    if start.remote and start.remote.host != "github.com":
        click.echo(f"no workflow: the one that comes with Opsbook is for GitHub, and this is on {start.remote.host}")
    folder = start.folder.as_posix()
    click.echo(f"next: mkdocs serve{'' if folder == '.' else f' -f {folder}/mkdocs.yml'}")
