"""Find in the Markdown files of a repository what their pages may not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from opsbook.markup.scan import scan_markup
from opsbook.problems import Problem, ProblemsError
from opsbook.source.fences import scan_fences
from opsbook.source.files import is_readme, regular_files, shown_path
from opsbook.source.guard import reading
from opsbook.source.markdown import body_start
from opsbook.source.sitefile import SiteFile
from opsbook.source.text import read_text

SUFFIXES = frozenset({".markdown", ".md", ".mdown", ".mkd", ".mkdn"})
"""What MkDocs takes for Markdown."""
RAW_HINT = ", or name the folder under raw_html"


def folder_markup(
    root: Path, docs: Path, folders: Sequence[str], raw: Sequence[str], site: SiteFile
) -> Iterator[Problem]:
    """Yield a warning for each construct that cleaning takes out of the pages of the repository `root`.

    The hand-written pages are in `docs`; `folders` are those of runbooks and post-mortems, below `root`. The folders
    and files of `docs` that `raw` names may hold raw HTML, and `site` says which files belong to it. A file that cannot
    be read is left to its loader to report.
    """
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs).as_posix()
        if file.suffix in SUFFIXES and site.is_published(path) and not is_raw(path, raw):
            yield from _file_markup(file, f"{shown_path(docs, root)}/{path}", RAW_HINT)
    for folder in folders:
        for file in regular_files(root / folder, ".md", deep=True):
            if not (is_readme(file.name) or file == root / folder / "template.md"):
                yield from _file_markup(file, f"{folder}/{file.relative_to(root / folder).as_posix()}", "")


def is_raw(path: str, raw: Sequence[str]) -> bool:
    """Return whether `path`, below the folder of the hand-written pages, is named by `raw` or lies in a folder that is.

    >>> is_raw("a/b.md", ["a"]), is_raw("ab/c.md", ["a"]), is_raw("a/b.md", ["a/b.md"])
    (True, False, True)
    """
    page = PurePosixPath(path)
    return any(page.is_relative_to(PurePosixPath(name)) for name in raw)


def text_markup(text: str, path: str, *, hint: str = "") -> Iterator[Problem]:
    """Yield the warnings for one Markdown file, which messages call `path`."""
    lines = text.split("\n")
    first = body_start(lines)
    yield from scan_markup(lines, scan_fences(lines, path, first=first).fences, path, first=first, hint=hint)


def _file_markup(file: Path, name: str, hint: str) -> Iterator[Problem]:
    try:
        # A folder or a pipe can have such a name too, and of what lies in a closed folder nothing is known.
        text = read_text(file, name) if file.is_file() else ""
    except (OSError, ProblemsError):
        return
    problems: list[Problem] = []
    with reading(name, problems):
        problems += text_markup(text, name, hint=hint)
    yield from problems
