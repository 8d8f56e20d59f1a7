"""Run `opsbook new`: write all that a site needs into a folder, with what can be guessed filled in."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

import click

from opsbook import __version__
from opsbook.assembly.kinds import SCHEMAS
from opsbook.cli.checklist import CHECKLIST, CONFIG, MACROS, write_import
from opsbook.cli.git import Remote, branch_of, remote_of, top_of
from opsbook.cli.imported import shortened, shown_name, told
from opsbook.cli.language import guess_language
from opsbook.convert.ids import slug
from opsbook.convert.importer import Import, ImportOptions, import_file
from opsbook.convert.scalars import write_scalar
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import Checklist, Owner
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_there
from opsbook.source.schema import schema_text
from opsbook.whole import make_folder, write_file

STARTER = Path(__file__).with_name("starter")
WORKFLOW = ".github/workflows/playbook.yml"
TEAM = Owner(id="team", title="The team")
UNKNOWN = "https://playbook.example.com/"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?$")


class _Filled(Template):
    """A text with places such as `%%{title}`: neither YAML, nor a shell, nor a workflow means anything by that."""

    delimiter = "%%"


@dataclass(frozen=True)
class _Start:
    """What is known about the new site."""

    folder: Path
    name: str
    remote: Remote | None
    top: Path
    """The folder of the whole repository, which may be above."""
    imported: Import | None
    checklist: Checklist | None
    """The checklist that is there already, or that is imported."""
    language: str

    @property
    def inside(self) -> str:
        """Return the path of the folder in its repository; empty where it is the whole of it."""
        inside = self.folder.resolve().relative_to(self.top.resolve()).as_posix()
        return "" if inside == "." else inside

    @property
    def owner(self) -> Owner | None:
        """Return who can be named as the owner of something; None where the checklist has no owner."""
        if self.checklist is None:
            return TEAM
        return next(iter(self.checklist.owners), None)


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
    start = _known(folder, source, language)
    make_folder(folder)
    made: list[str] = []
    kept: list[str] = []
    for path, text in _files(start):
        name = _shown(path)
        if is_there(path) or _is_taken(path, folder):
            kept.append(name)
        elif path.name == CHECKLIST and start.imported and source and start.checklist:
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


def _known(folder: Path, source: Path | None, language: str | None) -> _Start:
    file = folder / CHECKLIST
    if source and is_there(file):
        message = (
            "this file exists; bring another list into it with `opsbook import --update`, or choose another folder"
        )
        raise ProblemsError([Problem(file.as_posix(), 0, 0, message)])
    nearest = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
    top = top_of(nearest)
    inside = bool(top and folder.resolve() != top.resolve())
    remote = remote_of(nearest)
    imported = import_file(source, shown_name(source)) if source else None
    checklist = load_checklist(file, file.as_posix())[0] if is_there(file) else None
    if imported:
        owners = imported.checklist.owners or (TEAM,)
        checklist = imported.checklist.model_copy(update={"owners": owners})
    titles = [item.title for item in checklist.walk()] if checklist else []
    return _Start(
        folder=folder,
        name=remote.name if remote and not inside else folder.resolve().name,
        remote=remote,
        top=top or folder,
        imported=imported,
        checklist=checklist,
        language=language or guess_language(titles),
    )


def _files(start: _Start) -> Iterator[tuple[Path, str]]:
    """Yield each file of the new site with its text."""
    folder, values = start.folder, _values(start)

    def filled(name: str) -> str:
        return _Filled((STARTER / f"{name}.txt").read_text(encoding="utf-8")).substitute(values)

    yield folder / CHECKLIST, filled("checklist.yml")
    yield folder / "checklist.schema.json", schema_text(Checklist, CHECKLIST)
    yield folder / "mkdocs.yml", _configuration(start)
    yield folder / "macros/main.py", MACROS
    yield folder / "docs/.gitkeep", ""
    if start.imported:
        yield from ((folder / "docs" / path, text) for path, text in start.imported.pages.items())
    if start.owner:
        for name in ("services.yml", "runbooks/target-down.md", "runbooks/rules/targets.yml"):
            yield folder / name, filled(name)
        yield folder / "services.schema.json", schema_text(SCHEMAS["services"].model, SCHEMAS["services"].place)
    yield folder / "diagrams/overview.py", filled("diagrams/overview.py")
    yield folder / "requirements.txt", filled("requirements.txt")
    yield folder / ".gitignore", filled("gitignore")
    if start.remote is None or start.remote.host == "github.com":
        yield start.top / WORKFLOW, filled("workflow.yml")


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


def _values(start: _Start) -> Mapping[str, str]:
    """Return what the places in the texts of the start stand for."""
    owner, is_whole = start.owner or TEAM, not start.inside
    title = _words(start.name)
    address = start.remote.pages if start.remote and start.remote.pages else UNKNOWN
    evidence = (
        f"\n        status: done\n        evidence:\n          - file: {WORKFLOW}\n            contains: opsbook check"
    )
    has_own = start.checklist is None
    id = slug(start.name) or "service"
    return {
        "title": write_scalar(title),
        "title_python": json.dumps(title, ensure_ascii=False),
        "name": write_scalar(title),
        "id": id,
        "team": write_scalar(TEAM.title),
        "team_inline": "the team" if owner == TEAM else owner.title,
        "owner": owner.id,
        "evidence": evidence if is_whole and (start.remote is None or start.remote.host == "github.com") else "",
        "repository": f"\n    repository: {start.remote.address}" if start.remote else "",
        "items": "\nitems: [alerts-lead-to-runbooks]" if has_own else "",
        "site_url": address,
        "service": f', service="{id}"' if start.owner and not is_there(start.folder / "services.yml") else "",
        "item": ', item="backups-restored"' if has_own else "",
        "version": __version__,
        "branch": branch_of(start.top) if start.top.is_dir() else "main",
        "defaults": "" if is_whole else f"\n    defaults:\n      run:\n        working-directory: {start.inside}",
        "site": "site" if is_whole else f"{start.inside}/site",
    }


def _configuration(start: _Start) -> str:
    """Return the text of `mkdocs.yml`."""
    title = start.checklist.title if start.checklist else _words(start.name)
    lines = [f"site_name: {write_scalar(title)}"]
    if start.remote and start.remote.pages:
        lines.append(f"site_url: {start.remote.pages}")
    else:
        lines.append(f"site_url: {UNKNOWN} # the address at which you publish it")
    if start.remote:
        lines.append(f"repo_url: {start.remote.address}")
    lines.append("strict: true")
    theme = (
        f"theme:\n  name: material\n  language: {start.language}\n"
        if start.language != "en"
        else "theme:\n  name: material\n"
    )
    return "\n".join(lines) + "\n" + CONFIG.replace("theme:\n  name: material\n", theme)


def _words(name: str) -> str:
    """Return the name of a folder or a repository as a title."""
    words = " ".join(re.split(r"[-_\s]+", name)).strip() or "Playbook"
    return words[:1].upper() + words[1:]


def _tell(start: _Start, made: list[str], kept: list[str]) -> None:
    click.echo(f"wrote {', '.join(shortened(made))}" if made else "wrote nothing")
    if kept:
        click.echo(f"kept, since it is there: {', '.join(kept)}")
    if start.owner is None:
        click.echo("no runbook and no services: they need an owner, and checklist.yml names none under `owners`")
    if start.remote and start.remote.host != "github.com":
        click.echo(f"no workflow: the one that comes with Opsbook is for GitHub, and this is on {start.remote.host}")
    folder = start.folder.as_posix()
    click.echo(f"next: mkdocs serve{'' if folder == '.' else f' -f {folder}/mkdocs.yml'}")
