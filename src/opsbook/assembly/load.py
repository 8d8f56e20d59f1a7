"""Load every noun and link what they name into one handbook, or raise the problems of all files at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from opsbook.assembly.interface import interface
from opsbook.assembly.kinds import KINDS
from opsbook.assembly.link import link, mark_problems, read_marks
from opsbook.assembly.misnamed import misnamed_files
from opsbook.assembly.strays import unread_files
from opsbook.assembly.tree import FILES, WITH_PROSE, tree_problems
from opsbook.graph import Graph
from opsbook.markup.files import folder_markup
from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.kind import CheckContext, Kind, Loaded, Project
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.secrets.load import FILE as SECRETS
from opsbook.secrets.load import Allowed, load_exemptions, secret_problems
from opsbook.secrets.sources import published_files
from opsbook.source.guard import collecting, reading
from opsbook.source.sitefile import SiteFile

Review = Callable[[], Iterable[Problem]]
"""Waits for slow checks in another process, and returns their problems."""


@dataclass(frozen=True)
class Handbook:
    """Everything that was read: the graph that pages are made from, and the problems that stop no build."""

    graph: Graph
    warnings: tuple[Problem, ...] = ()
    """What is wrong and stops no build."""
    notes: tuple[Problem, ...] = ()
    """What is still to do in drafts."""
    due: tuple[Problem, ...] = ()
    """What is past its date. No page shows it, since the same files make the same pages on any day."""
    unread: tuple[Problem, ...] = ()
    """What lies where the site is read from and is no part of it."""


@dataclass(frozen=True)
class PendingHandbook:
    """A handbook whose shell commands are still being checked by the shell's parser, in a process of its own."""

    handbook: Handbook
    finish: Callable[[], Handbook]
    """Waits for the parser and returns the handbook.

    Raises ProblemsError with the problems of all files if one of them is an error.
    """


def draft_handbook(
    root: Path,
    docs: Path,
    *,
    today: date | None = None,
    due_by: date | None = None,
    parses_shell: bool = False,
    cache: Path | None = None,
    raw: Sequence[str] = (),
    site: SiteFile | None = None,
) -> PendingHandbook:
    """Return the handbook of the repository `root`, whose hand-written pages are in `docs`.

    The caller can work while the shell's parser does, and then calls `finish`. `cache` is a folder that keeps what is
    slow to make from one run to the next. The folders and files below `docs` that `raw` names may contain raw HTML.
    `site` is what `mkdocs.yml` says; without it, every template is assumed to exist. With `today`, what is past its
    date is a problem; without it, what is past its date on the day `due_by` is listed in the handbook's `due` and
    changes nothing else. With `parses_shell`, shell commands are checked too. Raises ProblemsError with the problems of
    all files if one of them has an error that is known by then, after waiting for the parser.
    """
    settings = site or SiteFile()
    project = Project(
        root,
        docs,
        cache=cache,
        interface=interface(),
        today=today,
        parses_shell=parses_shell,
        site=settings,
    )
    loaded = {kind.name: _load(kind, project) for kind in KINDS}
    reviews = [kind.review(loaded[kind.name], project) for kind in KINDS if kind.review]
    draft, problems = _drafted(project, loaded, raw, due_by)
    unchecked = [each for kind in KINDS for each in kind.unchecked(loaded[kind.name])] if parses_shell else []
    finish = partial(_finished, draft, project, problems, reviews, unchecked)
    if _holds_error(problems) or not draft.graph.all(Checklist):
        finish()
    return PendingHandbook(draft, finish)


def _drafted(
    project: Project, loaded: dict[str, Loaded], raw: Sequence[str], due_by: date | None
) -> tuple[Handbook, Sequence[Problem]]:
    """Return the handbook of what is `loaded`, and every problem that is known while the reviews go on."""
    root, docs, settings = project.root, project.docs, project.site
    problems = [*tree_problems(root, docs, settings), *misnamed_files(root, docs, settings)]
    problems += (problem for each in loaded.values() for problem in each.problems)
    allowed = _secrets(project, problems)
    problems += folder_markup(root, docs, WITH_PROSE, raw, settings)
    graph = _linked(project, loaded, problems)
    problems, unfinished = _without_drafts(project, problems)
    due = (*unfinished, *_due(loaded, allowed, project.today or due_by))
    return Handbook(graph, due=due), [*problems, *(due if project.today else ())]


def _finished(
    draft: Handbook,
    project: Project,
    problems: Sequence[Problem],
    reviews: Iterable[Review],
    unchecked: Sequence[Problem],
) -> Handbook:
    """Return `draft` with its warnings, once all `reviews` have ended. Raises ProblemsError if there is an error."""
    found = ProblemsError([*problems, *(problem for review in reviews for problem in review())])
    if _holds_error(found.problems):
        raise ProblemsError(each for each in found.problems if each.severity is not Severity.NOTE)
    unread = (*unread_files(project.root, project.docs, project.site), *unchecked)
    notes = tuple(each for each in found.problems if each.severity is Severity.NOTE)
    warnings = tuple(each for each in found.problems if each.severity is not Severity.NOTE)
    return replace(draft, warnings=warnings, notes=notes, unread=unread)


def _without_drafts(project: Project, problems: Sequence[Problem]) -> tuple[list[Problem], tuple[Problem, ...]]:
    """Return `problems` without those of drafts, which are unfinished and only shown to their author; and these."""
    start = project.below_docs("")
    of_drafts = [each for each in problems if project.site.is_draft(each.path.removeprefix(start))]
    of_drafts = [each for each in of_drafts if each.path.startswith(start)]
    return [each for each in problems if each not in of_drafts], tuple(of_drafts)


def _load(kind: Kind, project: Project) -> Loaded:
    """Return what `kind` loads; if its loader raises, only the problems."""
    problems: list[Problem] = []
    found = Loaded()
    with (reading if _is_one_file(kind) else collecting)(_place(kind, project), problems):
        found = kind.load(project)
    return replace(found, problems=(*found.problems, *problems))


def _is_one_file(kind: Kind) -> bool:
    return not any(name.endswith("/") or not name for name in (*kind.files, *kind.docs))


def _place(kind: Kind, project: Project) -> str:
    """Return what messages call the files of `kind` as a whole."""
    return next(iter((*kind.files, *map(project.below_docs, kind.docs))), kind.name).rstrip("/")


def _linked(project: Project, loaded: dict[str, Loaded], problems: list[Problem]) -> Graph:
    """Return the graph of what is `loaded`, and add to `problems` what is wrong between its parts."""
    records = read_marks(loaded.values())
    graph = link(records)
    unread = [kind for kind in KINDS if not loaded[kind.name].is_complete]
    problems += mark_problems(records, graph, unread)
    names = {kind.name for kind in unread}
    for kind in KINDS:
        if names.isdisjoint(kind.check_after):
            with collecting(_place(kind, project), problems):
                problems += kind.check(CheckContext(graph, project, loaded[kind.name]))
    return graph


def _due(loaded: dict[str, Loaded], allowed: Allowed | None, day: date | None) -> tuple[Problem, ...]:
    """Return what is past its date on `day`; nothing without a `day`."""
    if day is None:
        return ()
    found = [problem for kind in KINDS for problem in kind.due(loaded[kind.name], day)]
    return ProblemsError([*found, *(allowed.due(day) if allowed else ())]).problems


def _secrets(project: Project, problems: list[Problem]) -> Allowed | None:
    """Return what `.secrets.yml` allows, None if it cannot be read; add the secrets that it does not to `problems`."""
    allowed: Allowed | None = None
    with reading(SECRETS, problems):
        allowed = load_exemptions(project.root)
    published = published_files(project.root, project.docs, FILES, project.site.is_left_out)
    problems += secret_problems(published, allowed, project.kept("secrets"))
    return allowed


def _holds_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
