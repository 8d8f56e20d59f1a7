"""Find out what is known of a site before it is there: from its folder, from git, and from a checklist."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opsbook.cli.git import Remote, remote_of, top_of
from opsbook.cli.imported import shown_name
from opsbook.cli.language import guess_language
from opsbook.convert.importer import Import, import_file
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import FILE, Checklist, Owner
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_there

TEAM = Owner(id="team", title="The team")


@dataclass(frozen=True)
class NewSite:
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

    @property
    def is_for_github(self) -> bool:
        """Return whether GitHub is where it is published, as far as anything says."""
        return self.remote is None or self.remote.host == "github.com"


def new_site(folder: Path, source: Path | None, language: str | None) -> NewSite:
    """Return what is known of a site in `folder` whose checklist comes from `source`.

    Raise ProblemsError where both have a checklist.
    """
    file = folder / FILE
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
    return NewSite(
        folder=folder,
        name=remote.name if remote and not inside else folder.resolve().name,
        remote=remote,
        top=top or folder,
        imported=imported,
        checklist=checklist,
        language=language or guess_language(titles),
    )
