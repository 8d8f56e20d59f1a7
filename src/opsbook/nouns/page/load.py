"""The pages of `docs/` that stand for themselves: all that is written by hand but guides, tracks and templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from opsbook.assembly.sitefile import SiteFile
from opsbook.nouns.guide import load as guides
from opsbook.nouns.page.model import HasTemplate, page_meta, without_fence
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.source.files import regular_files
from opsbook.source.guard import reading
from opsbook.source.limits import parse_page
from opsbook.source.markdown import Markdown
from opsbook.source.text import read_text
from opsbook.source.tree import Position

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The endings of what MkDocs takes for a page."""
TEMPLATES = "templates"
TRACKS = "onboarding"
_NO_MACROS = (
    "this page asks for macros, and without the plugin `macros` its calls are shown as written; allowed: that plugin in"
    " mkdocs.yml, such as `- macros: {modules: [opsbook.macros], render_by_default: false}`, or `render_macros: false`"
)


@dataclass(frozen=True)
class WrittenPage:
    """A hand-written page. `path` is relative to the folder of the hand-written pages."""

    path: str
    title: str
    markdown: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    """What its front matter says to this engine, as it is meant; None for a key that says nothing."""
    asks_at: Position | None = None
    """Where its front matter asks for macros."""


def load_written(docs: Path, has_template: HasTemplate) -> Mapping[str, WrittenPage]:
    """The pages below `docs`, by path. Raises ProblemsError with every page that cannot be read.

    `has_template` tells whether the theme has a template of a name.
    """
    problems: list[Problem] = []
    pages: dict[str, WrittenPage] = {}
    for path in _paths(docs):
        name = f"{docs.name}/{path}"
        with reading(name, problems):
            page = parse_page(read_text(docs / path, name), name)
            meta = page_meta(page, has_template)
            pages[path] = WrittenPage(path, page_title(page), page.body, meta, _asks_at(page, meta))
    if problems:
        raise ProblemsError(problems)
    return pages


def _asks_at(page: Markdown, meta: Mapping[str, Any]) -> Position | None:
    return (page.front or without_fence(page)).position(("render_macros",)) if meta.get("render_macros") else None


def asking_pages(pages: Iterable[WrittenPage], docs: str) -> Iterator[Problem]:
    """Yield a warning for each page, below the folder `docs`, that asks for macros where nothing makes them."""
    for page in pages:
        if at := page.asks_at:
            yield Problem(f"{docs}/{page.path}", at.line, at.column, _NO_MACROS, Severity.WARNING)


def said_meta(page: WrittenPage, read: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter of `page` as MkDocs `read` it, with what this engine knows of it as it is meant."""
    search = read.get("search")
    meta = {**read, **page.meta}
    if isinstance(search, dict) and page.meta.get("search"):
        meta["search"] = {**search, **page.meta["search"]}
    return {key: value for key, value in meta.items() if value is not None or key not in page.meta}


def written_files(docs: Path, site: SiteFile) -> tuple[str, ...]:
    """The paths of all files below `docs` that MkDocs publishes, pages or not."""
    paths = (file.relative_to(docs).as_posix() for file in regular_files(docs, deep=True))
    return tuple(path for path in paths if not (path.startswith(f"{TEMPLATES}/") or site.is_excluded(path)))


def page_title(page: Markdown) -> str:
    """What a page calls itself: its `title`, else its first heading where that is one of level 1, else its name."""
    front = page.front.tree if page.front else None
    if isinstance(front, dict) and isinstance(title := front.get("title"), str) and title.strip():
        return title.strip()
    if page.headings and page.headings[0].level == 1:
        return page.headings[0].text
    path = PurePosixPath(page.path)
    return title_of_name(path.parent.name if path.stem == "index" else path.stem)


def title_of_name(name: str) -> str:
    """The title of a file or folder that has no other.

    >>> title_of_name("on-call_guide"), title_of_name("API")
    ('On call guide', 'API')
    """
    words = name.replace("-", " ").replace("_", " ").strip()
    return words.capitalize() if words == words.lower() else words


def _paths(docs: Path) -> Iterator[str]:
    """What MkDocs takes for a page by default, but for what another part of the engine reads."""
    for file in regular_files(docs, *MARKDOWN, deep=True):
        path = file.relative_to(docs)
        is_md = path.suffix == ".md"
        guide = is_md and path.parts[0] == guides.FOLDER and len(path.parts) == 3 and path.stem != "index"
        track = is_md and path.parts[0] == TRACKS and len(path.parts) == 2
        if not (guide or track or path.parts[0] == TEMPLATES):
            yield path.as_posix()
