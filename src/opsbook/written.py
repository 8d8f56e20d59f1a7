"""The pages of `docs/` that stand for themselves: all that is written by hand but guides, tracks and templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from opsbook import guides
from opsbook.problems import Problem, ProblemsError
from opsbook.source.limits import parse_page
from opsbook.source.markdown import Markdown
from opsbook.source.text import read_text

TEMPLATES = "templates"
TRACKS = "onboarding"


@dataclass(frozen=True)
class WrittenPage:
    """A hand-written page. `path` is relative to the folder of the hand-written pages."""

    path: str
    title: str
    markdown: str


def load_written(docs: Path) -> Mapping[str, WrittenPage]:
    """The pages below `docs`, by path. Raises ProblemsError with every page that cannot be read."""
    problems: list[Problem] = []
    pages: dict[str, WrittenPage] = {}
    for path in _paths(docs):
        name = f"{docs.name}/{path}"
        try:
            page = parse_page(read_text(docs / path, name), name)
        except ProblemsError as error:
            problems += error.problems
            continue
        pages[path] = WrittenPage(path, page_title(page), page.body)
    if problems:
        raise ProblemsError(problems)
    return pages


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
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs)
        hidden = any(part.startswith(".") for part in path.parts)
        guide = path.parts[0] == guides.FOLDER and len(path.parts) == 3 and path.stem != "index"
        track = path.parts[0] == TRACKS and len(path.parts) == 2
        if file.is_file() and not (hidden or guide or track or path.parts[0] == TEMPLATES):
            yield path.as_posix()
