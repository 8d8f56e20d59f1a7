"""Read what `opsbook alerts` compares, rules and runbooks, without what the user leaves out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from opsbook.nouns.alert.alert_problems import read_folder
from opsbook.nouns.alert.collection import RunbookPage, foreign_pages, own_pages
from opsbook.nouns.alert.rule_sources import is_source, source_problems
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.alert.upstream import load_upstream
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.problems import Problem, Severity, counted
from opsbook.source.files import is_readme

READ = (
    "allowed: rule files of Prometheus, Loki, Mimir or Thanos, PrometheusRule and VMRule manifests, rules of Grafana,"
    " ConfigMaps and Helm templates of these, or folders of them"
)


@dataclass(frozen=True)
class AuditInput:
    """Rules, runbooks and what could not be read. `known` are names of alerts whose rules are kept elsewhere."""

    files: tuple[RuleFile, ...]
    pages: tuple[RunbookPage, ...]
    known: frozenset[str]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what could not be read though it was to be."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Return what is not read on purpose."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


@dataclass
class Excluded:
    """Patterns of alerts and files that are left out, and those that something matched."""

    patterns: Sequence[str]
    used: set[str] = field(default_factory=set)

    def has(self, word: str) -> bool:
        """Return whether a pattern fits `word`: the name of an alert, or the path of a file, its folder or its end."""
        fits = {
            pattern
            for pattern in self.patterns
            if any(fnmatchcase(word, each) for each in (pattern, f"{pattern.rstrip('/')}/*", f"*/{pattern}"))
        }
        self.used |= fits
        return bool(fits)


def read_input(rules: Sequence[Path], runbooks: Path, exclude: Sequence[str]) -> AuditInput:
    """Return what is in `rules` and `runbooks` but for what fits one of the patterns `exclude`."""
    out = Excluded(exclude)
    files: dict[str, RuleFile] = {}
    problems: list[Problem] = []
    known: frozenset[str] = frozenset()
    for path in rules:
        name = _shown(path)
        found, unreadable = ((), ()) if is_source(path) else read_folder(path, name)
        files |= {file.path: file for file in found}  # A folder and a file in it are both named, perhaps.
        problems += [*unreadable, *source_problems(path, name)]
        known |= load_upstream(path, name)
    kept = tuple(_without(file, out) for file in files.values() if not out.has(file.path))
    found_pages, unread, notes = _pages(runbooks, _shown(runbooks))
    pages = tuple(_kept(page, out) for page in found_pages if not out.has(page.path))
    problems += unread
    problems = [problem for problem in dict.fromkeys(problems) if not out.has(problem.path)]
    is_read = all(problem.severity is Severity.WARNING for problem in problems)
    if is_read and not known and not any(file.alerts for file in kept):
        where = ", ".join(map(_shown, rules))
        why = "every alert is left out by --exclude" if any(file.alerts for file in files.values()) else READ
        problems.append(Problem(where, 0, 0, f"no alerts found in {where}; {why}", rule="no-alerts"))
    idle = (pattern for pattern in exclude if pattern not in out.used)
    notes += [f"--exclude {pattern} leaves nothing out: no alert and no file is called so" for pattern in idle]
    return AuditInput(kept, pages, known, tuple(problems), tuple(notes))


def _without(file: RuleFile, out: Excluded) -> RuleFile:
    return replace(file, alerts=tuple(alert for alert in file.alerts if not out.has(alert.name)))


def _pages(folder: Path, name: str) -> tuple[list[RunbookPage], list[Problem], list[str]]:
    """Return the runbooks in `folder`, a warning for each page that cannot be read, and what else there is to say.

    What has not the form of our runbooks counts as a page of somebody else's.
    """
    sources = own_pages(load_runbooks(folder, name).sources)
    own = [replace(page, path=Path(page.path).as_posix()) for page in sources]
    foreign, unread = foreign_pages(folder, name)
    paths = {page.path for page in own}
    others = [page for page in foreign if page.path not in paths and not (own and is_readme(Path(page.path).name))]
    notes = []
    if own and others:
        pages = counted(len(others), "page", "pages")
        notes.append(
            f"{pages} of {name} without the form of our runbooks, such as {others[0].path}, counted as anybody's"
        )
    if not own and not others:
        notes.append(f"no runbook found in {name}; allowed: Markdown files, whose names end in `.md`")
    return [*own, *others], [replace(problem, severity=Severity.WARNING) for problem in unread], notes


def _kept(page: RunbookPage, out: Excluded) -> RunbookPage:
    return replace(page, alerts=tuple(alert for alert in page.alerts if not out.has(alert.name)))


def _shown(path: Path) -> str:
    """Return what messages call `path`: its way from the current folder, if it lies below that, else as it is given."""
    near = os.path.relpath(path)
    return path.as_posix() if near.startswith("..") else Path(near).as_posix()
