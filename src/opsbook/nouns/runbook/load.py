"""Load the runbooks of the repository."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.runbook.draft import draft_runbook, says_draft
from opsbook.nouns.runbook.model import FinishedHeader, ParsedRunbook, Runbook, RunbookHeader
from opsbook.nouns.runbook.parse import parse_runbook_sections
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import named_files
from opsbook.source.guard import reading
from opsbook.source.limits import parse_page
from opsbook.source.text import read_text
from opsbook.source.validate import validate

FOLDER = "runbooks"


def load(project: Project) -> Loaded:
    """Return the runbooks as far as they could be read, the page that each was read from, and every problem."""
    found = load_runbooks(project.root / FOLDER, FOLDER)
    runbooks = (Record(source.runbook, source.page.front, file=source.page.path) for source in found.sources)
    pages = (Record(source, file=source.page.path) for source in found.sources)
    return Loaded((*runbooks, *pages), found.problems)


@dataclass(frozen=True)
class LoadedRunbooks:
    """The runbooks of a folder and their problems. A runbook with problems is here too, as far as it could be read."""

    sources: tuple[ParsedRunbook, ...]
    problems: tuple[Problem, ...]

    @property
    def runbooks(self) -> tuple[Runbook, ...]:
        """Return the runbooks, in the order of their files."""
        return tuple(source.runbook for source in self.sources)


def load_runbooks(folder: Path, name: str) -> LoadedRunbooks:
    """Return the runbooks below `folder`, which messages call `name`; none where it is missing."""
    sources: list[ParsedRunbook] = []
    problems: list[Problem] = []
    for file, path in named_files(folder, name, ".md"):
        with reading(path, problems):
            source, found = parse_runbook(read_text(file, path), path)
            if source:
                sources.append(source)
            problems += found
    return LoadedRunbooks(tuple(sources), tuple(problems))


def parse_runbook(text: str, path: str) -> tuple[ParsedRunbook | None, tuple[Problem, ...]]:
    """Return the runbook in `text`, which messages call `path`, as far as it can be read, and every problem.

    It is None where the front matter has mistakes. Raises ProblemsError where the text is not even Markdown with front
    matter.
    """
    page = parse_page(text, path)
    if page.front is None:
        message = "a runbook starts with front matter; write `---`, its keys, and `---`"
        raise ProblemsError([Problem(path, 1, 1, message)])
    is_draft = says_draft(page.front)
    header: RunbookHeader | None = None
    problems: list[Problem] = []
    try:
        header = validate(RunbookHeader if is_draft else FinishedHeader, page.front)
    except ProblemsError as error:
        problems += error.problems
    names = frozenset(variable.name for variable in header.variables) if header else frozenset()
    sections, found = parse_runbook_sections(page, names)
    problems += () if is_draft else found
    if header is None:
        return None, tuple(problems)
    if header.id != Path(path).stem:
        problems.append(page.front.problem(("id",), f"the id `{header.id}` is not the name of the file; they are one"))
    runbook = Runbook(**dict(header), path=path, sections=sections)
    return ParsedRunbook(draft_runbook(runbook, page, found) if is_draft else runbook, page), tuple(problems)
