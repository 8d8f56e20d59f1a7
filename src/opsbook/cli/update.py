"""Run `opsbook import --update`: merge a new version of the list that `checklist.yml` was made of."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from opsbook.cli.brought_pages import brought_pages
from opsbook.cli.imported import shown_name, told
from opsbook.cli.moved_pages import MovedPages
from opsbook.cli.origin import is_web_address, origin_file, origin_of, remembered_options
from opsbook.convert.importer import ImportOptions, import_file
from opsbook.convert.merge.guides import page_hash
from opsbook.convert.merge.memory import memory_file, memory_text, read_memory
from opsbook.convert.merge.merge import Merged, merge
from opsbook.convert.merge.report import ReportLine
from opsbook.mkdocs.sitefile import pages_folder_of
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import UpstreamList
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import regular_files, shown_path
from opsbook.source.text import read_bytes, utf8_text
from opsbook.whole import make_folder, write_files

NOT_WRITTEN = 3
"""The exit code where there is something new and nobody has agreed to it."""
_COLOURS = {"+": "green", "  +": "green", "-": "red", "  -": "red", "~": "yellow", ">": "cyan"}
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WRITTEN = (("runbooks", ".md"), ("post-mortems", ".md"), ("diagrams", ".py"))


def update(checklist: Path, file: Path | None, options: ImportOptions, *, is_dry: bool, is_agreed: bool) -> None:
    """Merge `file`, or the list that `checklist` names, and say what that changes before it is written.

    Exit with NOT_WRITTEN where it is not written, and with 1 where somebody has to decide something or the list was not
    taken whole.
    """
    name = checklist.as_posix()
    ours, _ = load_checklist(checklist, name)
    file = file or _remembered_file(checklist, name, ours.upstream)
    kept = memory_file(checklist)
    memory = read_memory(kept, kept.as_posix())
    if ours.upstream:
        options = remembered_options(ours.upstream, options, name)
    imported = import_file(file, shown_name(file), options)
    for line in told(imported, is_printed=False):
        click.echo(line, err=True)
    upstream = origin_of(file, checklist, options, ours.upstream)
    raw = _raw(checklist, name)
    docs, guides = pages_folder_of(checklist.parent), memory.guides if memory else {}
    merged = merge(raw, name, imported.checklist, memory, upstream, _Elsewhere(checklist.parent, docs, guides))
    pages = brought_pages(checklist.parent, docs, imported.pages, merged, guides)
    changes = _changes({checklist: merged.text, kept: memory_text(pages.memory)}, pages.files)
    _tell(name, file, merged, pages.lines)
    if not changes:
        click.echo(f"{name} has all that is in {file}")
    elif is_dry or not (is_agreed or _is_agreed(name)):
        click.echo("nothing was written", err=True)
        sys.exit(NOT_WRITTEN)
    else:
        for path in changes:
            make_folder(path.parent)
        write_files(changes)
        for path in pages.files.gone:
            path.unlink()
        click.echo(f"wrote {', '.join(each.as_posix() for each in changes)}")
    if merged.undecided:
        raise ProblemsError(merged.undecided)
    if not imported.is_whole:
        sys.exit(1)


def _remembered_file(checklist: Path, name: str, upstream: UpstreamList | None) -> Path:
    if upstream is None:
        message = "does not say where it comes from; name the list: `opsbook import --update FILE`"
        raise ProblemsError([Problem(name, 0, 0, message)])
    if is_web_address(upstream.address):
        message = f"comes from {upstream.address}, which is not fetched; save it, and name the file after --update"
        raise ProblemsError([Problem(name, 0, 0, message)])
    return origin_file(upstream, checklist)


def _raw(checklist: Path, name: str) -> str:
    """Return the text of `checklist` with its line ends and its byte order mark."""
    data = read_bytes(checklist, name)
    utf8_text(data, name)
    return data.decode("utf-8")


def _changes(texts: Mapping[Path, str], pages: MovedPages) -> dict[Path, bytes]:
    """Return the files that are to be written, with their content."""
    wanted = {**{path: text.encode() for path, text in texts.items()}, **pages.written}
    return {path: content for path, content in wanted.items() if not path.exists() or path.read_bytes() != content}


def _tell(name: str, file: Path, merged: Merged, lines: Sequence[ReportLine]) -> None:
    click.echo(f"{name} from {file}: {merged.summary}")
    for line in (*merged.lines, *lines):
        click.secho(f"{line.sign} {line.text}", fg=_COLOURS.get(line.sign))


def _is_agreed(name: str) -> bool:
    """Ask on a terminal whether to write; without one say how to agree."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return click.confirm(f"Write this into {name}?")
    click.echo("without a terminal nobody can be asked; agree with --yes", err=True)
    return False


class _Elsewhere:
    """Finds the files that name an id. They are read once, when the first id is asked for.

    A guide that an import has written and nobody has changed says nothing of the team.
    """

    def __init__(self, root: Path, docs: Path, guides: Mapping[str, str]) -> None:
        self.root, self.docs, self.guides = root, docs, guides
        self.files: Mapping[str, Sequence[str]] | None = None

    def __call__(self, id: str) -> Sequence[str]:
        if self.files is None:
            found: dict[str, list[str]] = {}
            for path in self._written():
                content = path.read_bytes()
                if self.guides.get(path.stem) == page_hash(content):
                    continue
                for word in {*_WORD.findall(content.decode("utf-8", "replace")), path.stem}:
                    found.setdefault(word, []).append(shown_path(path, self.root))
            self.files = found
        return [f"a place in {path}" for path in self.files.get(id, ())[:1]]

    def _written(self) -> Iterator[Path]:
        yield from regular_files(self.docs, ".md", deep=True)
        for folder, ending in _WRITTEN:
            yield from regular_files(self.root / folder, ending, deep=True)
        services = self.root / "services.yml"
        if services.is_file():
            yield services
