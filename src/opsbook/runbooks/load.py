"""A folder of runbooks in; the runbooks, and every problem of their files that is not a matter of taste, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.guard import reading
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.runbooks.findings import Source
from opsbook.runbooks.header import Header
from opsbook.runbooks.model import Runbook
from opsbook.runbooks.parse import parse_sections
from opsbook.source.files import regular_files
from opsbook.source.limits import parse_page
from opsbook.source.text import read_text
from opsbook.source.tree import Location
from opsbook.source.validate import validate


@dataclass(frozen=True)
class Library:
    """What a folder holds. A runbook with problems is here too, as far as it could be read."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]

    @property
    def runbooks(self) -> tuple[Runbook, ...]:
        """The runbooks, by id."""
        return tuple(source.runbook for source in self.sources)


def load_runbooks(folder: Path, name: str) -> Library:
    """The runbooks in the Markdown files of `folder`, which messages call `name`. A missing folder has none."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for file in regular_files(folder, ".md"):
        path = f"{name}/{file.name}"
        with reading(path, problems):
            source, found = parse_runbook(read_text(file, path), path)
            sources += [source] if source else []
            problems += found
    return Library(tuple(sources), (*problems, *_repeated(sources)))


def parse_runbook(text: str, path: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """The runbook in `text`, which messages call `path`, as far as it can be read, and every problem.

    Raises ProblemsError where the text is not even Markdown with front matter.
    """
    page = parse_page(text, path)
    if page.front is None:
        message = "a runbook starts with front matter; write `---`, its keys, and `---`"
        raise ProblemsError([Problem(path, 1, 1, message)])
    header: Header | None = None
    problems: list[Problem] = []
    try:
        header = validate(Header, page.front)
    except ProblemsError as error:
        problems += error.problems
    names = frozenset(variable.name for variable in header.variables) if header else frozenset()
    sections, found = parse_sections(page, names)
    problems += found
    if header is None:
        return None, tuple(problems)
    if header.id != Path(path).stem:
        problems.append(page.front.problem(("id",), f"the id `{header.id}` is not the name of the file; they are one"))
    return Source(Runbook(**dict(header), path=path, sections=sections), page), tuple(problems)


def reference_problems(
    sources: Sequence[Source],
    *,
    owners: Collection[str],
    services: Collection[str],
    items: Collection[str],
) -> Iterator[Problem]:
    """Owners, services and checklist items that runbooks name and nobody declares."""
    for source in sources:
        runbook = source.runbook
        named: list[tuple[Location, str, str, Collection[str]]] = [(("owner",), runbook.owner, "owner", owners)]
        named += [(("services", k), name, "service", services) for k, name in enumerate(runbook.services)]
        named += [(("items", k), name, "item of the checklist", items) for k, name in enumerate(runbook.items)]
        if front := source.page.front:
            yield from first_problems(
                front.problem(at, f"no {kind} has the id `{name}`; {did_you_mean(name, known)}")
                for at, name, kind, known in named
                if name not in known
            )


def _repeated(sources: Sequence[Source]) -> Iterator[Problem]:
    """An id, present or former, names one runbook; an alert leads to one."""
    claims: dict[tuple[str, str], str] = {}
    for source in sources:
        runbook, front = source.runbook, source.page.front
        named: list[tuple[Location, str, str]] = [(("id",), "id", runbook.id)]
        named += [(("aliases", k), "id", alias) for k, alias in enumerate(runbook.aliases)]
        named += [(("alerts", k), "alert", alert) for k, alert in enumerate(runbook.alerts)]
        times = Counter((kind, name) for _, kind, name in named)
        for at, kind, name in named:
            first = claims.setdefault((kind, name.lower()), runbook.path)
            if front and (first != runbook.path or times[kind, name] > 1):
                yield front.problem(at, f"the {kind} `{name}` stands in {first} too; it belongs to one runbook")
