"""Take the source of a site from git: what the last commit holds, so nothing that is ignored or was never added."""

from __future__ import annotations

import io
import os
import posixpath
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.assembly.tree import FILES
from opsbook.problems import Severity, counted
from opsbook.secrets.load import load_exemptions, secret_problems
from opsbook.secrets.names import kind_by_name
from opsbook.secrets.sources import SITE_FILES, SourceFile, text_of
from opsbook.source.git import git_gives, git_says

_SECONDS = 120


@dataclass(frozen=True)
class SourceEntry:
    """A file of the project."""

    content: bytes
    is_program: bool = False


@dataclass(frozen=True)
class ProjectSource:
    """The files of a project as git has them, by path."""

    files: Mapping[str, SourceEntry] = field(default_factory=dict)
    folder: str = ""
    """Where in it the configuration of the site is."""
    commit: str = ""
    left_out: tuple[str, ...] = ()
    """What is not among the files, and why: a line for each."""
    changed: tuple[str, ...] = ()
    """The files that the last commit does not have as they are."""

    def notes(self) -> Iterator[str]:
        """Yield what is to be told to whoever makes the copy, a line for each thing that it lacks."""
        yield from (f"not in the copy: {line}" for line in self.left_out)
        if self.changed:
            changed = counted(len(self.changed), "file")
            yield f"the source in the copy is that of the last commit, without the changes of {changed}"
        if not self.files:
            yield "the copy has no source: the site is not in a commit of git"


def project_source(root: Path, docs: Path, cache: Path | None = None) -> ProjectSource:
    """Return the source of the site in the folder `root`, with the pages in `docs`.

    It holds the files of both folders as the last commit has them, but for those that `.gitattributes` keeps out of
    archives (`export-ignore`), and those that look like a secret. Without git, or without a commit, it is empty.
    """
    root, docs = root.resolve(), docs.resolve()
    folder = Path(os.path.commonpath((root, docs)))
    place = _below(root, folder)
    wanted = (place,) if docs.is_relative_to(root) else (place, _below(docs, folder))
    packed = git_gives(folder, "archive", "--format=tar", "HEAD", "--", *wanted, seconds=_SECONDS)
    commit = git_says(folder, "rev-parse", "HEAD")
    if not packed or not commit:
        return ProjectSource()
    files, odd = _unpacked(packed)
    before = "" if place == "." else f"{place}/"
    secret = _secrets(files, root, before, cache)
    made_of = (_below(docs, folder), *(f"{before}{name}" for name in (*FILES, *SITE_FILES)))
    changed = (
        *_listed(folder, "diff", "--name-only", "--relative", "-z", "HEAD", "--", *wanted),
        *_listed(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", *made_of),
    )
    return ProjectSource(
        {name: entry for name, entry in sorted(files.items()) if name not in secret},
        before.rstrip("/"),
        commit,
        (*odd, *(line for _, line in sorted(secret.items()))),
        tuple(sorted(changed)),
    )


def _listed(folder: Path, *arguments: str) -> list[str]:
    """Return the paths that git lists in `folder`."""
    said = git_gives(folder, *arguments, seconds=_SECONDS) or b""
    return [os.fsdecode(name) for name in said.split(b"\0") if name]


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _unpacked(packed: bytes) -> tuple[dict[str, SourceEntry], list[str]]:
    """Return the files of an archive by path, and a line for each entry that is no file.

    A symbolic link to a file of the archive becomes that file: not every system unpacks links.
    """
    found: dict[str, SourceEntry] = {}
    links: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            if member.issym():
                links[member.name] = posixpath.normpath(posixpath.join(posixpath.dirname(member.name), member.linkname))
            elif member.isfile() and (stream := archive.extractfile(member)):
                found[member.name] = SourceEntry(stream.read(), bool(member.mode & 0o100))
    odd = [f"{name}: a link to what is not among these files" for name, target in links.items() if target not in found]
    found |= {name: found[target] for name, target in links.items() if target in found}
    return found, odd


def _secrets(files: Mapping[str, SourceEntry], root: Path, before: str, cache: Path | None) -> dict[str, str]:
    """Return the files that look like secrets, each with the line that says so.

    The name alone counts where the content is no text, such as that of a key store: of text, the words are read.
    """
    binary = {name: kind_by_name(name) for name, entry in files.items() if text_of(entry.content) is None}
    found = {name: f"{name}: its name is that of a secret ({kind})" for name, kind in binary.items() if kind}
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for number, (name, entry) in enumerate(files.items()):
            file = Path(folder, str(number))
            file.write_bytes(entry.content)
            sources.append(SourceFile(file, name.removeprefix(before), is_copied=False))
        for problem in secret_problems(sources, load_exemptions(root), cache):
            name = problem.path if problem.path in files else f"{before}{problem.path}"
            if problem.severity is Severity.ERROR and name in files:
                found.setdefault(name, f"{name}:{problem.line}: looks like a secret")
    return found
