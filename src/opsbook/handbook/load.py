"""Every noun loaded, every cross-reference resolved, in one graph. Or every problem of every file, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from opsbook.apis.load import load_apis
from opsbook.checklist.load import load_checklist
from opsbook.checklist.model import Checklist, Item
from opsbook.drawings.load import load_drawings
from opsbook.drawings.model import Drawing
from opsbook.drawings.references import drawing_problems
from opsbook.glossary.load import load_glossary
from opsbook.guides import Guide, load_guides
from opsbook.handbook.model import Handbook, Place
from opsbook.handbook.places import evidence_problems, find_places
from opsbook.macro_docs import load_macro_docs
from opsbook.onboarding.load import Targets, load_tracks
from opsbook.onboarding.model import Readable
from opsbook.postmortems.load import Known, load_post_mortems
from opsbook.postmortems.model import PostMortem
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.runbooks.alert_problems import lint_rules, read_folder
from opsbook.runbooks.findings import Source
from opsbook.runbooks.lint import ShellCheck, lint_runbooks
from opsbook.runbooks.load import Library, load_runbooks, reference_problems
from opsbook.runbooks.rules import RuleFile
from opsbook.services import Catalog, load_services, owner_problems
from opsbook.templates import load_templates
from opsbook.written import WrittenPage, load_written

CHECKLIST = "checklist.yml"
SERVICES = "services.yml"
RUNBOOKS = "runbooks"
RULES = "runbooks/rules"
INDEX = "index"
"""The page of a folder itself, so nothing else in it may be called that."""
POST_MORTEMS = "post-mortems"
T = TypeVar("T")


def load_handbook(
    root: Path,
    docs: Path,
    *,
    today: date | None = None,
    shell: ShellCheck | None = None,
    cache: Path | None = None,
) -> Handbook:
    """The handbook of the repository `root`, whose hand-written pages are in `docs`.

    `cache` is a folder where what is slow to make is kept from one run to the next.
    Dates are judged by `today` where it is given, shell commands by `shell`. Raises ProblemsError with the problems
    of all files where one of them is an error.
    """
    problems: list[Problem] = []
    loaded = _collect(problems, lambda: load_checklist(root / CHECKLIST, CHECKLIST))
    if loaded is None:
        raise ProblemsError(problems)
    checklist, document = loaded
    places = find_places(checklist, document)
    problems += evidence_problems(root, checklist, document)
    guides = _collect(problems, lambda: load_guides(docs, {id: place.area.id for id, place in places.items()}))
    written = _collect(problems, lambda: load_written(docs))
    macros = _collect(problems, lambda: load_macro_docs(root)) or ()
    templates = _collect(problems, lambda: load_templates(docs, root / POST_MORTEMS, POST_MORTEMS)) or {}
    catalog = _services(root, checklist, problems)
    library = load_runbooks(root / RUNBOOKS, RUNBOOKS)
    problems += _runbook_problems(library, checklist, catalog, places)
    problems += lint_runbooks(library.sources, today=today, shell=shell)
    rules = _rules(root / RULES, library.sources, problems)
    known = _known(checklist, places, catalog, library)
    names = {"item": known.items, "runbook": known.runbooks, "page": written}
    glossary = _collect(problems, lambda: load_glossary(docs, names)) or ()
    apis = _collect(problems, lambda: load_apis(docs, known.services, cache / "apis" if cache else None))
    drawings = _drawings(root, cache, known, problems)
    post_mortems = _collect(problems, lambda: load_post_mortems(root / POST_MORTEMS, POST_MORTEMS, known))
    targets = _targets(places, guides, written, library, drawings, post_mortems)
    tracks = _collect(problems, lambda: load_tracks(docs, targets)) or {}
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ProblemsError(problems)
    return Handbook(
        checklist=checklist,
        places=places,
        guides=guides or {},
        written=written or {},
        macros=macros,
        templates=templates,
        post_mortems=post_mortems or {},
        tracks=tracks,
        runbooks={runbook.id: runbook for runbook in library.runbooks},
        rules=tuple(alert for file in rules for alert in file.alerts),
        services=catalog or Catalog(),
        apis=apis or {},
        glossary=glossary,
        drawings={drawing.id: drawing for drawing in drawings or ()},
        warnings=ProblemsError(problems).problems,
    )


def _rules(folder: Path, sources: Sequence[Source], problems: list[Problem]) -> tuple[RuleFile, ...]:
    """The files with alert rules, held against the runbooks. A missing folder has none."""
    files, faults = read_folder(folder, RULES) if folder.is_dir() else ((), ())
    problems += [*faults, *lint_rules(files, folder, RULES, sources)]
    return files


def _known(checklist: Checklist, places: Mapping[str, Place], catalog: Catalog | None, library: Library) -> Known:
    """The ids that others may name; what could not be read is named freely."""
    return Known(
        owners=[owner.id for owner in checklist.owners],
        items=places,
        runbooks=None if library.problems else [runbook.id for runbook in library.runbooks],
        services=[service.id for service in catalog.services] if catalog else None,
    )


def _drawings(root: Path, cache: Path | None, known: Known, problems: list[Problem]) -> tuple[Drawing, ...] | None:
    """The drawings; None where one of them could not be drawn."""
    drawings, faults = load_drawings(root, cache=cache / "drawings" if cache else None)
    problems += faults
    names = {"item": known.items, "service": known.services, "runbook": known.runbooks}
    problems += drawing_problems(drawings, {kind: ids for kind, ids in names.items() if ids is not None})
    return None if faults else drawings


def _targets(
    places: Mapping[str, Place],
    guides: Mapping[str, Guide] | None,
    written: Mapping[str, WrittenPage] | None,
    library: Library,
    drawings: tuple[Drawing, ...] | None,
    post_mortems: Mapping[str, PostMortem] | None,
) -> Targets:
    """What a step of an onboarding track may lead to, by kind, with its text; None for a kind that was not read."""
    return {
        "page": _readable(written, lambda page: Readable(page.title, page.markdown)),
        "item": None if guides is None else {id: _guide_text(place.item, guides) for id, place in places.items()},
        "runbook": None if library.problems else {each.runbook.id: _runbook_text(each) for each in library.sources},
        "drawing": None if drawings is None else {one.id: Readable(one.title, _drawing_text(one)) for one in drawings},
        "post-mortem": _readable(post_mortems, lambda each: Readable(each.title, each.text)),
    }


def _collect(problems: list[Problem], load: Callable[[], T]) -> T | None:
    """What `load` returns; where it raises, its problems join the others and nothing is returned."""
    try:
        return load()
    except ProblemsError as error:
        problems += error.problems
        return None


def _readable(loaded: Mapping[str, T] | None, text: Callable[[T], Readable]) -> Mapping[str, Readable] | None:
    return None if loaded is None else {id: text(each) for id, each in loaded.items()}


def _guide_text(item: Item, guides: Mapping[str, Guide]) -> Readable:
    guide = guides.get(item.id)
    return Readable(item.title, guide.markdown if guide else "")


def _runbook_text(source: Source) -> Readable:
    return Readable(source.runbook.title, source.page.body)


def _drawing_text(drawing: Drawing) -> str:
    return " ".join([drawing.title, drawing.description, *(thing.label for thing in drawing.things)])


def _services(root: Path, checklist: Checklist, problems: list[Problem]) -> Catalog | None:
    """The services; None where their file cannot be read."""
    loaded = _collect(problems, lambda: load_services(root / SERVICES, SERVICES))
    if loaded is None:
        return None
    catalog, document = loaded
    problems += owner_problems(catalog, document, {owner.id for owner in checklist.owners})
    for at, service in enumerate(catalog.services):
        if INDEX in (service.id, *service.aliases):
            message = f"`{INDEX}` is the address of the list of services; rename it"
            problems.append(document.problem(("services", at, "id"), message))
    return catalog


def _runbook_problems(
    library: Library, checklist: Checklist, catalog: Catalog | None, places: Iterable[str]
) -> Iterator[Problem]:
    """What is wrong with the files themselves, then with what they name. Unread services are named by nobody."""
    yield from library.problems
    for source in library.sources:
        if INDEX in (source.runbook.id, *source.runbook.aliases) and source.page.front:
            yield source.page.front.problem(("id",), f"`{INDEX}` is the address of the list of runbooks; rename it")
    named = {name for runbook in library.runbooks for name in runbook.services}
    services = {service.id for service in catalog.services} if catalog else named
    owners = {owner.id for owner in checklist.owners}
    yield from reference_problems(library.sources, owners=owners, services=services, items=frozenset(places))
