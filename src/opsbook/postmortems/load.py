"""A folder of post-mortems in, the checked post-mortems out, the newest first, or every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.guard import reading
from opsbook.postmortems.model import STAGES, Header, PostMortem, Section
from opsbook.postmortems.parse import parse_sections, parse_timeline
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.source.files import regular_files
from opsbook.source.limits import parse_page
from opsbook.source.markdown import Markdown
from opsbook.source.text import read_text
from opsbook.source.tree import Document, Location
from opsbook.source.validate import validate

TEMPLATE = "template.md"
RESERVED_IDS = frozenset({"actions", "index", "template"})
"""Names of pages that the site makes beside those of the post-mortems."""
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)+")
_NOT_POST_MORTEMS = frozenset({TEMPLATE, "README.md"})


@dataclass(frozen=True)
class Known:
    """The ids that a post-mortem may name; None where they could not be read, so that nothing is said of them."""

    owners: Collection[str] | None = ()
    items: Collection[str] | None = ()
    runbooks: Collection[str] | None = ()
    services: Collection[str] | None = ()


def load_post_mortems(folder: Path, name: str, known: Known) -> Mapping[str, PostMortem]:
    """The post-mortems of `folder`, which messages call `name`, by id. A missing folder has none.

    Raises ProblemsError with every mistake of every file.
    """
    problems: list[Problem] = []
    read: list[tuple[PostMortem, Document]] = []
    for file in regular_files(folder, ".md"):
        if file.name in _NOT_POST_MORTEMS:
            continue
        path = f"{name}/{file.name}"
        with reading(path, problems):
            read.append(_parsed(read_text(file, path), path, known))
    problems += _repeated(read)
    if problems:
        raise ProblemsError(problems)
    found = [each for each, _ in read]
    found.sort(key=lambda each: (each.times.started, each.id), reverse=True)
    return {each.id: each for each in found}


def parse_post_mortem(text: str, path: str, known: Known) -> PostMortem:
    """The post-mortem in `text`, which messages call `path`. Raises ProblemsError with every mistake."""
    return _parsed(text, path, known)[0]


def _parsed(text: str, path: str, known: Known) -> tuple[PostMortem, Document]:
    page = parse_page(text, path)
    if page.front is None:
        message = "a post-mortem starts with front matter; write `---`, its keys, and `---`"
        raise ProblemsError([Problem(path, 1, 1, message)])
    sections, found = parse_sections(page)
    timeline = next((section for section in sections if section.name == "Timeline"), None)
    moments, wrong = parse_timeline(page, timeline) if timeline else ((), ())
    problems = [*found, *wrong]
    try:
        header = validate(Header, page.front)
    except ProblemsError as error:
        raise ProblemsError([*problems, *error.problems]) from None
    id = Path(path).stem
    problems += _name_problems(path, id, header)
    problems += first_problems(_reference_problems(header, page.front, known))
    problems += [] if header.draft else _gap_problems(page, header, sections)
    if problems:
        raise ProblemsError(problems)
    return PostMortem(**dict(header), id=id, path=path, sections=sections, timeline=moments), page.front


def _repeated(read: Sequence[tuple[PostMortem, Document]]) -> Iterator[Problem]:
    """Former ids that are the address of another page of the post-mortems, or that two of them have."""
    first = {each.id: each.path for each, _ in read}
    for post_mortem, front in read:
        for k, alias in enumerate(post_mortem.aliases):
            at = ("aliases", k)
            if alias in RESERVED_IDS:
                yield front.problem(at, f"`{alias}` is the address of a page that the site makes itself; rename it")
            elif alias in first:
                message = f"the id `{alias}` stands in {first[alias]} too; it belongs to one post-mortem, once"
                yield front.problem(at, message)
            first.setdefault(alias, post_mortem.path)


def _name_problems(path: str, id: str, header: Header) -> Iterator[Problem]:
    day = header.times.started.date().isoformat()
    if not _NAME.fullmatch(id):
        yield Problem(path, 0, 0, f"`{id}` is not the name of a post-mortem; allowed: such as `{day}-what-failed.md`")
    elif not id.startswith(day):
        yield Problem(path, 0, 0, f"the name says {id[:10]}, but it started on {day}; they are one day")


def _reference_problems(header: Header, front: Document, known: Known) -> Iterator[Problem]:
    """Owners, items, runbooks and services that nobody declares."""
    named: list[tuple[Location, str, str, Collection[str] | None]] = []
    named += [(("services", k), id, "service", known.services) for k, id in enumerate(header.services)]
    named += [(("runbooks", k), id, "runbook", known.runbooks) for k, id in enumerate(header.runbooks)]
    for k, action in enumerate(header.actions):
        named.append((("actions", k, "owner"), action.owner, "owner", known.owners))
        if action.item:
            named.append((("actions", k, "item"), action.item, "item of the checklist", known.items))
    for at, id, kind, ids in named:
        if ids is not None and id not in ids:
            yield front.problem(at, f"no {kind} has the id `{id}`; {did_you_mean(id, ids)}")


def _gap_problems(page: Markdown, header: Header, sections: tuple[Section, ...]) -> Iterator[Problem]:
    """What a post-mortem lacks that is no draft any more."""
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
