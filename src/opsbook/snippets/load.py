"""Load the fenced blocks of Markdown files, and report what is wrong with their info strings.

Not every info string that `info_parts` can read is one that the site renders as code:
https://facelessuser.github.io/pymdown-extensions/extensions/superfences/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.model import Language, ParsedRunbook
from opsbook.problems import Problem
from opsbook.snippets.model import NOT_CODE, UNCHECKED, Snippet
from opsbook.source.fences import Fence, scan_fences
from opsbook.source.files import is_readme, regular_files, shown_path
from opsbook.source.guard import reading
from opsbook.source.markdown import parse_markdown
from opsbook.source.sitefile import SiteFile
from opsbook.source.text import read_text

RUNBOOKS = "runbooks"
FOLDERS = (RUNBOOKS, "post-mortems")
PAGES = ("CONTRIBUTING.md", "README.md", "SECURITY.md")
_COMMANDS = frozenset(language.value for language in Language)
_RENDERED = re.compile(
    r"""(?:\.?[\w#.+-]+)?[ \t]*+(?:\{[^\n]*\}|(?:(?:title|linenums|hl_lines)=(?:"[^"]*"|'[^']*')[ \t]*+)*)""", re.ASCII
)


def markdown_files(root: Path, site: SiteFile) -> Iterator[Path]:
    """Yield the hand-written Markdown files of the repository `root` that `site` is made of, and those at its top."""
    files = regular_files(site.docs, ".md", deep=True, hidden=True)
    yield from (file for file in files if site.is_read(file.relative_to(site.docs).as_posix()))
    for folder in FOLDERS:
        yield from regular_files(root / folder, ".md", deep=True)
    yield from (root / page for page in PAGES if (root / page).is_file())


def load_snippets(
    root: Path, files: Sequence[Path], docs: Path | None = None
) -> tuple[tuple[Snippet, ...], tuple[Problem, ...]]:
    """Return the blocks of `files`, and the problems that keep some from being read.

    Messages call each file by its path from `root`. Those below `docs`, by default `docs/`, are pages.
    """
    pages = (docs or root / "docs").absolute()
    snippets: list[Snippet] = []
    problems: list[Problem] = []
    for file in files:
        path = shown_path(file, root)
        with reading(path, problems):
            text = read_text(file, path)
            fences = parse_markdown(text, path).fences
            is_runbook = path.startswith(f"{RUNBOOKS}/") and not is_readme(file.name)
            snippets += page_snippets(path, fences, parse_runbook(text, path)[0] if is_runbook else None)
            if file.absolute().is_relative_to(pages):
                problems += _info_problems(path, fences)
    return tuple(snippets), tuple(problems)


def page_snippets(
    path: str, fences: Sequence[Fence], runbook: ParsedRunbook | None, down: int = 0, right: int = 0
) -> Iterator[Snippet]:
    """Yield the blocks of code among `fences`, and those inside of Markdown blocks.

    `down` and `right` say where in the file the text with the fences begins.
    """
    for fence in fences:
        if fence.language in NOT_CODE:
            continue
        yield Snippet(
            path=path,
            language=fence.language,
            title=fence.attributes.get("title", ""),
            code=fence.content,
            line=fence.line + down,
            column=fence.column + right,
            first=fence.content_line + down,
            is_unchecked=UNCHECKED in fence.classes,
            runbook=runbook if fence.language in _COMMANDS else None,
        )
        if fence.language in ("markdown", "md") and UNCHECKED not in fence.classes:
            inside = scan_fences(fence.content.split("\n"), path).fences
            yield from page_snippets(path, inside, None, fence.content_line + down - 1, fence.column + right - 1)


def _info_problems(path: str, fences: Sequence[Fence]) -> Iterator[Problem]:
    for fence in fences:
        if not _RENDERED.fullmatch(fence.info):
            message = (
                f"the site cannot show this info string as code; write ```{fence.language or 'text'} "
                'or, with more to say, all of it in braces: ```yaml {.unchecked title="a.yml"}'
            )
            yield Problem(path, fence.line, fence.column, message)
