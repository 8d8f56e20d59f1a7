"""Every noun loaded, every cross-reference resolved, in one graph. Or every problem of every file, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from opsbook.assembly.due import due_problems
from opsbook.assembly.names import known_names, runbook_problems, service_problems
from opsbook.assembly.places import evidence_problems, find_places
from opsbook.assembly.readable import targets
from opsbook.assembly.sitefile import SiteFile, read_site_file
from opsbook.assembly.tree import DRAWINGS, tree_problems
from opsbook.graph import Handbook
from opsbook.markup.files import folder_markup
from opsbook.nouns.alert.alert_problems import lint_rules, read_folder
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.api.load import load_apis
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.references import drawing_problems
from opsbook.nouns.guide.load import load_guides
from opsbook.nouns.macro.load import load_macro_docs
from opsbook.nouns.macro.model import MacroSettings
from opsbook.nouns.page.load import asking_pages, load_written
from opsbook.nouns.post_mortem.load import Known, load_post_mortems
from opsbook.nouns.runbook.findings import Source
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.load import Library, load_runbooks
from opsbook.nouns.runbook.shellcheck import ShellParser
from opsbook.nouns.service.model import Catalog, load_services
from opsbook.nouns.template.load import load_templates
from opsbook.nouns.term.load import FILE, load_glossary
from opsbook.nouns.track.load import load_tracks
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.secrets.load import FILE as SECRETS
from opsbook.secrets.load import Allowed, load_exemptions, secret_problems
from opsbook.source.files import is_folder
from opsbook.source.guard import collecting, reading
from opsbook.source.tree import Document

CHECKLIST = "checklist.yml"
SERVICES = "services.yml"
RUNBOOKS = "runbooks"
RULES = "runbooks/rules"
POST_MORTEMS = "post-mortems"
T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """A handbook that is whole but for what the shell's parser, a process of its own, has not yet said."""

    handbook: Handbook
    finish: Callable[[], Handbook]
    """Waits for the parser. Raises ProblemsError with the problems of all files where one of them is an error."""


def load_handbook(
    root: Path,
    docs: Path,
    *,
    today: date | None = None,
    due_by: date | None = None,
    shell: ShellParser | None = None,
    cache: Path | None = None,
    raw: Sequence[str] = (),
    site: SiteFile | None = None,
) -> Handbook:
    """The handbook of the repository `root`, whose hand-written pages are in `docs`.

    `cache` is a folder where what is slow to make is kept from one run to the next. The folders and files below `docs`
    that `raw` names may hold raw HTML. `site` is what a build knows of its configuration; without it `mkdocs.yml` is
    read.
    Dates are judged by `today` where it is given, shell commands by `shell`. Without `today`, what has passed its day
    by `due_by` is in the handbook's `due`, and changes nothing else. Raises ProblemsError with the problems
    of all files where one of them is an error.
    """
    draft = draft_handbook(root, docs, today=today, due_by=due_by, shell=shell, cache=cache, raw=raw, site=site)
    return draft.finish()


def draft_handbook(
    root: Path,
    docs: Path,
    *,
    today: date | None = None,
    due_by: date | None = None,
    shell: ShellParser | None = None,
    cache: Path | None = None,
    raw: Sequence[str] = (),
    site: SiteFile | None = None,
) -> Draft:
    """As `load_handbook`, for a caller who has something to do while the shell's parser works."""
    reading = _Reading(root, docs, cache, site or read_site_file(root))
    reading.problems += tree_problems(root, docs)
    library = load_runbooks(root / RUNBOOKS, RUNBOOKS)
    said = shell.start(library.sources) if shell else None
    allowed = reading.secrets()
    reading.problems += folder_markup(root, docs, (RUNBOOKS, POST_MORTEMS), raw)
    loaded = reading.read(CHECKLIST, lambda: load_checklist(root / CHECKLIST, CHECKLIST))
    handbook = reading.collect(CHECKLIST, lambda: reading.handbook(*loaded, library)) if loaded else None
    if handbook and loaded and (day := today or due_by):
        due = ProblemsError(due_problems(*loaded, library.sources, allowed, day)).problems
        reading.problems += due if today else ()
        handbook = replace(handbook, due=due)

    def problems() -> tuple[Problem, ...]:
        by_shell = said() if said else None
        found = ProblemsError([*reading.problems, *lint_runbooks(library.sources, today=today, by_shell=by_shell)])
        if any(problem.severity is Severity.ERROR for problem in found.problems):
            raise found
        return found.problems

    if handbook is None or any(problem.severity is Severity.ERROR for problem in reading.problems):
        problems()
    assert handbook
    return Draft(handbook, lambda: replace(handbook, warnings=problems()))


@dataclass
class _Reading:
    """The files of one repository as they are read, and the problems so far."""

    root: Path
    docs: Path
    cache: Path | None
    site: SiteFile
    problems: list[Problem] = field(default_factory=list)

    def collect(self, path: str, load: Callable[[], T]) -> T | None:
        """What `load` makes of `path`; where it raises, its problems join the others and nothing is returned."""
        with collecting(path, self.problems):
            return load()
        return None

    def read(self, path: str, load: Callable[[], T]) -> T | None:
        """As `collect`, where `path` is one file."""
        with reading(path, self.problems):
            return load()
        return None

    def handbook(self, checklist: Checklist, document: Document, library: Library) -> Handbook:
        """Everything beside the checklist and the runbooks, and what all of it says of each other."""
        root, docs = self.root, self.docs
        places = find_places(checklist, document)
        self.problems += evidence_problems(root, checklist, document)
        areas = {id: place.area.id for id, place in places.items()}
        guides = self.collect(f"{docs.name}/practices", lambda: load_guides(docs, areas))
        written = self.collect(docs.name, lambda: load_written(docs, self.site.has_template))
        if self.site.macros is None:
            self.problems += asking_pages((written or {}).values(), docs.name)
        catalog = self.services(checklist)
        with collecting(RUNBOOKS, self.problems):
            self.problems += runbook_problems(library, checklist, catalog, places)
        settings = self.site.macros or MacroSettings()
        known = known_names(checklist, places, catalog, library)
        named = {"item": known.items, "runbook": known.runbooks, "page": written}
        drawings = self.drawings(known)
        post_mortems = self.collect(POST_MORTEMS, lambda: load_post_mortems(root / POST_MORTEMS, POST_MORTEMS, known))
        readable = targets(places, guides, written, library, drawings, post_mortems)
        return Handbook(
            checklist=checklist,
            places=places,
            guides=guides or {},
            written=written or {},
            macros=self.collect(settings.file, lambda: load_macro_docs(root, self.site.macros)) or (),
            macro_settings=settings,
            templates=self.collect(POST_MORTEMS, lambda: load_templates(docs, root / POST_MORTEMS, POST_MORTEMS)) or {},
            post_mortems=post_mortems or {},
            tracks=self.collect(f"{docs.name}/onboarding", lambda: load_tracks(docs, readable)) or {},
            runbooks={runbook.id: runbook for runbook in library.runbooks},
            rules=tuple(alert for file in self.rules(library.sources) for alert in file.alerts),
            services=catalog or Catalog(),
            apis=self.collect(f"{docs.name}/api", lambda: load_apis(docs, known.services, self.kept("apis"))) or {},
            glossary=self.read(f"{docs.name}/{FILE}", lambda: load_glossary(docs, named)) or (),
            drawings={drawing.id: drawing for drawing in drawings or ()},
        )

    def secrets(self) -> Allowed | None:
        """What `.secrets.yml` allows, None where it cannot be read, after a look for what it does not."""
        allowed = self.read(SECRETS, lambda: load_exemptions(self.root))
        self.problems += secret_problems(self.root, self.docs, allowed, self.kept("secrets"))
        return allowed

    def services(self, checklist: Checklist) -> Catalog | None:
        """The services; None where their file cannot be read."""
        loaded = self.read(SERVICES, lambda: load_services(self.root / SERVICES, SERVICES))
        if loaded is None:
            return None
        with collecting(SERVICES, self.problems):
            self.problems += service_problems(*loaded, checklist)
        return loaded[0]

    def rules(self, sources: Sequence[Source]) -> tuple[RuleFile, ...]:
        """The files with alert rules, held against the runbooks. A missing folder has none."""
        folder = self.root / RULES
        files, faults = read_folder(folder, RULES) if is_folder(folder) else ((), ())
        self.problems += faults
        with collecting(RULES, self.problems):
            self.problems += lint_rules(files, folder, RULES, sources)
        return files

    def drawings(self, known: Known) -> tuple[Drawing, ...] | None:
        """The drawings; None where one of them could not be drawn."""
        loaded = self.collect(DRAWINGS, lambda: load_drawings(self.root, cache=self.kept("drawings")))
        if loaded is None:
            return None
        drawings, faults = loaded
        names = {"item": known.items, "service": known.services, "runbook": known.runbooks}
        self.problems += faults
        self.problems += drawing_problems(drawings, {kind: ids for kind, ids in names.items() if ids is not None})
        return None if faults else drawings

    def kept(self, name: str) -> Path | None:
        """The folder of the cache for one kind of thing."""
        return self.cache / name if self.cache else None
