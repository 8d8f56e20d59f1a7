"""Load the hand-written pages of `docs/` that are no guides, tracks or templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from opsbook.nouns.guide.model import is_guide
from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.page.misplaced import TRACKS, misplaced
from opsbook.nouns.page.model import PagesFolder, WrittenPage, page_meta, without_fence
from opsbook.nouns.track.model import is_track
from opsbook.problems import Problem
from opsbook.site.language import SiteLanguage
from opsbook.site.page import INDEXES
from opsbook.source.files import MARKDOWN, regular_files, shown_path
from opsbook.source.guard import reading
from opsbook.source.limits import parse_page
from opsbook.source.markdown import Markdown
from opsbook.source.sitefile import SiteFile
from opsbook.source.text import read_text
from opsbook.source.tree import Position


def load(project: Project) -> Loaded:
    """Return the hand-written pages by path, and every problem in them."""
    problems: list[Problem] = []
    folder = shown_path(project.docs, project.root)
    records: list[Record] = [
        Record(PagesFolder(folder), file=folder),
        Record(SiteLanguage(project.site.language, project.site.names)),
    ]
    for path in _paths(project):
        name = project.below_docs(path)
        with reading(name, problems):
            text = read_text(project.docs / path, name)
            if _is_in_tracks(path) and is_track(text) and not project.is_translation(path):
                continue
            page = parse_page(text, name)
            problems += misplaced(page, path)
            meta = page_meta(page, project.site.has_template)
            written = WrittenPage(path, page_title(page), page.body, _asks_at(page, meta), meta, _has_heading(page))
            records.append(Record(written, kind="page", id=path, file=name))
    return Loaded(tuple(records), tuple(problems))


def _asks_at(page: Markdown, meta: Mapping[str, Any]) -> Position | None:
    return (page.front or without_fence(page)).position(("render_macros",)) if meta.get("render_macros") else None


def written_files(docs: Path, site: SiteFile) -> tuple[str, ...]:
    """Return the paths of all files below `docs` that MkDocs publishes, whether pages or not."""
    paths = (file.relative_to(docs).as_posix() for file in regular_files(docs, deep=True, hidden=True))
    return tuple(path for path in paths if site.is_published(path))


def page_title(page: Markdown) -> str:
    """Return the title of a page: its `title`, else a first heading of level 1, else one made of its name."""
    front = page.front.tree if page.front else None
    if isinstance(front, dict) and isinstance(title := front.get("title"), str) and title.strip():
        return title.strip()
    if _has_heading(page):
        return page.headings[0].text
    path = PurePosixPath(page.path)
    return title_of_name(path.parent.name if path.stem in INDEXES else path.stem)


def _has_heading(page: Markdown) -> bool:
    return bool(page.headings) and page.headings[0].level == 1


def title_of_name(name: str) -> str:
    """Return a title made of the name of a file or folder.

    >>> title_of_name("on-call_guide"), title_of_name("API")
    ('On call guide', 'API')
    """
    words = name.replace("-", " ").replace("_", " ").strip()
    return words.capitalize() if words == words.lower() else words


def _paths(project: Project) -> Iterator[str]:
    """Yield each file that MkDocs takes for a page, except guides. Tracks are told by their text."""
    for path in project.docs_files("", *MARKDOWN):
        if project.site.is_published(path) and (not is_guide(path) or project.is_translation(path)):
            yield path


def _is_in_tracks(path: str) -> bool:
    """Return whether `path` lies where tracks do; what names no stage there is a page all the same."""
    page = PurePosixPath(path)
    return page.parts[0] == TRACKS and len(page.parts) == 2 and page.suffix == ".md"
