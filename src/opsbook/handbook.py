"""Every noun loaded, every cross-reference resolved, in one graph. Or every problem of every file, at once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from opsbook.checklist.load import load_checklist, nodes
from opsbook.checklist.model import Area, Checklist, Group, Item, Owner, Phase
from opsbook.checklist.roadmap import phases_by_item
from opsbook.drawings.load import load_drawings
from opsbook.drawings.model import Drawing
from opsbook.drawings.references import drawing_problems
from opsbook.guides import Guide, load_guides
from opsbook.macro_docs import MacroDoc, load_macro_docs
from opsbook.onboarding.load import Targets, load_tracks
from opsbook.onboarding.model import Readable, Track
from opsbook.postmortems.load import Known, load_post_mortems
from opsbook.postmortems.model import PostMortem
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.runbooks.alert_problems import lint_rules, read_folder
from opsbook.runbooks.findings import Source
from opsbook.runbooks.lint import ShellCheck, lint_runbooks
from opsbook.runbooks.load import Library, load_runbooks, reference_problems
from opsbook.runbooks.model import Runbook
from opsbook.runbooks.rules import Alert
from opsbook.services import Catalog, Service, load_services, owner_problems
from opsbook.source.yaml import Document
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


@dataclass(frozen=True)
class Place:
    """Where an item stands in the checklist: its area, its group and its parent where it has them."""

    item: Item
    area: Area
    group: Group | None
    parent: Item | None
    phase: Phase | None
    line: int


@dataclass(frozen=True)
class Handbook:
    """The one linked graph that every page is made from."""

    checklist: Checklist
    places: Mapping[str, Place]
    guides: Mapping[str, Guide] = field(default_factory=dict)
    written: Mapping[str, WrittenPage] = field(default_factory=dict)
    macros: tuple[MacroDoc, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    post_mortems: Mapping[str, PostMortem] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)
    runbooks: Mapping[str, Runbook] = field(default_factory=dict)
    rules: tuple[Alert, ...] = ()
    """The alerting rules that lie beside the runbooks."""
    services: Catalog = field(default_factory=Catalog)
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    """What is wrong and stops nothing."""

    def owner(self, item: Item) -> Owner | None:
        """Who looks after `item`: the owner it names, else its area's."""
        wanted = item.owner or self.places[item.id].area.owner
        return self.owners.get(wanted) if wanted else None

    def service(self, id: str) -> Service:
        """The service `id`."""
        return next(service for service in self.services.services if service.id == id)

    @functools.cached_property
    def drawings_by_item(self) -> Mapping[str, tuple[Drawing, ...]]:
        """The drawings that show each item, by the item's id."""
        found: dict[str, tuple[Drawing, ...]] = {}
        for drawing in self.drawings.values():
            for item in {thing.item for thing in drawing.things if thing.item}:
                found[item] = (*found.get(item, ()), drawing)
        return found

    @functools.cached_property
    def owners(self) -> Mapping[str, Owner]:
        """The owners by id."""
        return {owner.id: owner for owner in self.checklist.owners}

    @functools.cached_property
    def alerts(self) -> Mapping[str, Runbook]:
        """The runbook that each alert leads to, by the alert's name."""
        found = {alert: runbook for runbook in self.runbooks.values() for alert in runbook.alerts}
        return dict(sorted(found.items()))


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
    places = _places(checklist, document)
    problems += _evidence_problems(root, checklist, document)
    guides = _collect(problems, lambda: load_guides(docs, {id: place.area.id for id, place in places.items()}))
    written = _collect(problems, lambda: load_written(docs))
    macros = _collect(problems, lambda: load_macro_docs(root)) or ()
    templates = _collect(problems, lambda: load_templates(docs, root / POST_MORTEMS, POST_MORTEMS)) or {}
    catalog = _services(root, checklist, problems)
    library = load_runbooks(root / RUNBOOKS, RUNBOOKS)
    problems += _runbook_problems(library, checklist, catalog, places)
    problems += lint_runbooks(library.sources, today=today, shell=shell)
    problems += lint_rules(root / RULES, RULES, library.sources)
    drawings, faults = load_drawings(root, cache=cache / "drawings" if cache else None)
    problems += faults
    services = [service.id for service in catalog.services] if catalog else []
    runbooks = [runbook.id for runbook in library.runbooks]
    problems += drawing_problems(drawings, {"item": places, "service": services, "runbook": runbooks})
    known = Known(
        owners=[owner.id for owner in checklist.owners],
        items=places,
        runbooks=None if library.problems else runbooks,
        services=services if catalog else None,
    )
    post_mortems = _collect(problems, lambda: load_post_mortems(root / POST_MORTEMS, POST_MORTEMS, known))
    targets: Targets = {
        "page": _readable(written, lambda page: Readable(page.title, page.markdown)),
        "item": None if guides is None else {id: _guide_text(place.item, guides) for id, place in places.items()},
        "runbook": None if library.problems else {each.runbook.id: _runbook_text(each) for each in library.sources},
        "drawing": None if faults else {each.id: Readable(each.title, _drawing_text(each)) for each in drawings},
        "post-mortem": _readable(post_mortems, lambda each: Readable(each.title, each.text)),
    }
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
        rules=tuple(alert for file in read_folder(root / RULES, RULES)[0] for alert in file.alerts),
        services=catalog or Catalog(),
        drawings={drawing.id: drawing for drawing in drawings},
        warnings=ProblemsError(problems).problems,
    )


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


def _places(checklist: Checklist, document: Document) -> dict[str, Place]:
    lines = {node.id: document.position(at).line for at, node in nodes(checklist)}
    phases = phases_by_item(checklist)
    places: dict[str, Place] = {}
    for area in checklist.areas:
        for group, items in ((None, area.items), *((group, group.items) for group in area.groups)):
            for item, parent in _with_parents(items, None):
                places[item.id] = Place(item, area, group, parent, phases.get(item.id), lines[item.id])
    return places


def _with_parents(items: tuple[Item, ...], parent: Item | None) -> Iterator[tuple[Item, Item | None]]:
    for item in items:
        yield item, parent
        yield from _with_parents(item.items, item)


def _evidence_problems(root: Path, checklist: Checklist, document: Document) -> Iterator[Problem]:
    """A file that is named as evidence exists inside the repository and holds what it is said to hold."""
    for at, node in nodes(checklist):
        if not isinstance(node, Item):
            continue
        for index, evidence in enumerate(node.evidence):
            if evidence.file is None:
                continue
            place = (*at, "evidence", index, "file")
            file = (root / evidence.file).resolve()
            if not file.is_relative_to(root.resolve()):
                yield document.problem(place, f"`{evidence.file}` lies outside the repository")
            elif not file.exists():
                yield document.problem(place, f"no such file: `{evidence.file}`; name one from the repository's root")
            elif evidence.contains and not _holds(file, evidence.contains):
                place = (*at, "evidence", index, "contains")
                yield document.problem(place, f"`{evidence.file}` does not hold `{evidence.contains}`")


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and text in file.read_text("utf-8", errors="replace")
