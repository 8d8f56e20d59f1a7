"""Load the post-mortems of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.post_mortem.model import STAGES, TEMPLATE, PostMortem, PostMortemHeader, PostMortemSection
from opsbook.nouns.post_mortem.parse import parse_post_mortem_sections, parse_timeline
from opsbook.problems import Problem, ProblemsError
from opsbook.site.language import SiteLanguage
from opsbook.source.files import named_files
from opsbook.source.guard import reading
from opsbook.source.limits import parse_page
from opsbook.source.markdown import Markdown
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument
from opsbook.source.validate import validate

FOLDER = "post-mortems"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)+")


def load(project: Project) -> Loaded:
    """Return the post-mortems, the newest first, and every mistake in every file; none where the folder is missing."""
    problems: list[Problem] = []
    language = SiteLanguage(project.site.language, project.site.names)
    read: list[tuple[PostMortem, YamlDocument]] = []
    for file, path in named_files(project.root / FOLDER, FOLDER, ".md"):
        if path == f"{FOLDER}/{TEMPLATE}":
            continue
        with reading(path, problems):
            read.append(parse_post_mortem(read_text(file, path), path, language))
    read.sort(key=lambda pair: (pair[0].times.started, pair[0].id), reverse=True)
    return Loaded(tuple(Record(each, front) for each, front in read), tuple(problems))


def parse_post_mortem(text: str, path: str, language: SiteLanguage | None = None) -> tuple[PostMortem, YamlDocument]:
    """Return the post-mortem in `text`, which messages call `path`, and its front matter with positions.

    Raises ProblemsError with every mistake but those of names, which are checked once all files are read.
    """
    language = language or SiteLanguage()
    page = parse_page(text, path)
    if page.front is None:
        message = "a post-mortem starts with front matter; write `---`, its keys, and `---`"
        raise ProblemsError([Problem(path, 1, 1, message)])
    sections, found = parse_post_mortem_sections(page, language)
    timeline = next((section for section in sections if section.name == "Timeline"), None)
    moments, wrong = parse_timeline(page, timeline) if timeline else ((), ())
    problems = [*found, *wrong]
    try:
        header = validate(PostMortemHeader, page.front, language.names)
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    id = Path(path).stem
    problems += _name_problems(path, id, header)
    if not header.draft:
        problems += _gap_problems(page, header, sections)
    if problems:
        raise ProblemsError(problems)
    name = language.names.written("incident_severities", page.front.tree, "severity")
    read = PostMortem(**dict(header), id=id, path=path, sections=sections, timeline=moments, severity_name=name)
    return read, page.front


def _name_problems(path: str, id: str, header: PostMortemHeader) -> Iterator[Problem]:
    day = header.times.started.date().isoformat()
    if not _NAME.fullmatch(id):
        yield Problem(path, 0, 0, f"`{id}` is not the name of a post-mortem; allowed: such as `{day}-what-failed.md`")
    elif not id.startswith(day):
        yield Problem(path, 0, 0, f"the name says {id[:10]}, but it started on {day}; they are one day")


def _gap_problems(
    page: Markdown, header: PostMortemHeader, sections: tuple[PostMortemSection, ...]
) -> Iterator[Problem]:
    """Yield a problem for everything that is missing from a post-mortem that is no longer a draft."""
    hint = "write it, or say `draft: true`"
    for stage in STAGES:
        if getattr(header.times, stage) is None and page.front:
            yield page.front.problem(("times",), f"`{stage}` is missing; {hint}")
    for section in sections:
        if section.is_empty:
            yield page.problem(section.line, 1, f"`{section.name}` is empty; {hint}")
        elif section.name == "Impact" and not re.search(r"\d", section.markdown):
            message = "`Impact` has no number; say how many, how much or how long"
            yield page.problem(section.line, 1, message)
