"""Read which addresses a runbook has and which alerts it names, in this repository or in a folder of somebody else's.

Somebody else's runbook is any Markdown page. Its address ends with its path. It names an alert where its file, or one
of its headings, has the form of an alert's name: `KubePodCrashLooping.md`, `## Alert Name: "KubePodCrashLooping"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from opsbook.nouns.alert.name_patterns import name_word
from opsbook.nouns.runbook.model import ParsedRunbook, Variable, alert_address
from opsbook.problems import Problem
from opsbook.source.fences import scan_fences
from opsbook.source.files import regular_files
from opsbook.source.guard import reading
from opsbook.source.headings import Heading, scan_headings
from opsbook.source.text import read_text

_FRONT = re.compile(r"---[ \t]*\n(?P<inside>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*+[\"']?(?P<title>[^\"'\n]*[^\"'\s])[ \t]*+[\"']?[ \t]*+$", re.MULTILINE)
_CAMEL = re.compile(r"(?=.*[a-z][A-Z]|.*[A-Z]{2}[a-z])[A-Za-z][A-Za-z0-9]*")
_ALERT_NAME = re.compile(r"alert(?: name)?:?[ \t]+", re.IGNORECASE)
_COMMON = frozenset({"meaning", "impact", "diagnosis", "mitigation", "description", "summary", "steps"})
_INDEXES = frozenset({"index", "_index", "readme"})


@dataclass(frozen=True)
class NamedAlert:
    """An alert that a runbook names, and the place where it does."""

    name: str
    line: int
    column: int


@dataclass(frozen=True)
class RunbookPage:
    """A runbook as alerts link to it. `routes` are its addresses below the base: lower case, no outer slashes."""

    path: str
    id: str
    routes: tuple[str, ...]
    alerts: tuple[NamedAlert, ...]
    anchors: frozenset[str]
    variables: tuple[Variable, ...] = field(default=(), compare=False)
    headings: tuple[tuple[str, str], ...] = ()
    """The name of the file and the texts of the headings, each with its anchor."""
    is_own: bool = False
    file: str = ""
    """The path below the folder of somebody else's pages, as it is written."""

    def names(self, alert: str) -> bool:
        """Return whether this is a runbook of the site itself, with an address for the alert."""
        return self.is_own and any(name_word(named.name) == name_word(alert) for named in self.alerts)


def own_pages(sources: Sequence[ParsedRunbook]) -> tuple[RunbookPage, ...]:
    """Return the runbooks of this repository: `/runbooks/<id>/` and `/alerts/<Name>/` lead to them."""
    return tuple(_own_page(source) for source in sources)


def _own_page(source: ParsedRunbook) -> RunbookPage:
    runbook, front = source.runbook, source.page.front
    alerts = []
    for index, name in enumerate(runbook.alerts):
        at = front.position(("alerts", index)) if front else None
        alerts.append(NamedAlert(name, at.line if at else 1, at.column if at else 1))
    ids = (runbook.id, *runbook.aliases)
    routes = [f"runbooks/{name}" for name in ids] + [alert_address(name).strip("/").lower() for name in runbook.alerts]
    return RunbookPage(
        runbook.path, runbook.id, tuple(routes), tuple(alerts), source.anchors, runbook.variables, is_own=True
    )


def foreign_pages(folder: Path, name: str) -> tuple[tuple[RunbookPage, ...], tuple[Problem, ...]]:
    """Return the Markdown pages below `folder`, which messages call `name`, and why others cannot be read."""
    pages: list[RunbookPage] = []
    problems: list[Problem] = []
    for file in regular_files(folder, ".md", deep=True, hidden=True):
        relative = file.relative_to(folder).as_posix()
        path = Path(name, relative).as_posix()
        with reading(path, problems):
            pages.append(parse_foreign_runbook(read_text(file, path), path, relative))
    return tuple(pages), tuple(problems)


def parse_foreign_runbook(text: str, path: str, relative: str) -> RunbookPage:
    """Return somebody else's runbook from its text; `relative` is its path below the folder of runbooks."""
    front = _FRONT.match(text)
    lines = text.split("\n")
    top = text.count("\n", 0, front.end()) + 1 if front else 1
    headings = scan_headings(lines, scan_fences(lines, path, first=top).hidden, first=top)
    parts = relative.removesuffix(".md").lower().split("/")
    routes = ["/".join(parts)] + (["/".join(parts[:-1])] if parts[-1] in _INDEXES and len(parts) > 1 else [])
    anchors = frozenset(anchor for heading in headings for anchor in (heading.anchor, _github_anchor(heading.text)))
    stem = relative.rsplit("/", 1)[-1].removesuffix(".md")
    title = _TITLE.search(front["inside"]) if front else None
    alerts = tuple(_named(stem, title["title"] if title else None, headings))
    words = tuple((_plain(heading.text), _github_anchor(heading.text)) for heading in headings[1:])
    first = ((_plain(heading.text), "") for heading in headings[:1])
    return RunbookPage(path, stem, tuple(routes), alerts, anchors, headings=((stem, ""), *first, *words), file=relative)


def _named(stem: str, title: str | None, headings: Sequence[Heading]) -> Iterator[NamedAlert]:
    """Yield the alerts that the page is about, as far as a reader could tell without knowing the rules."""
    plain = [_plain(heading.text) for heading in headings]
    is_page_of_alert = stem in (title, *plain) or any(text.lower() in _COMMON for text in plain)
    if stem.lower() not in _INDEXES and _CAMEL.fullmatch(stem) and is_page_of_alert:
        yield NamedAlert(stem, 1, 1)
    for heading, text in zip(headings, plain, strict=True):
        if _ALERT_NAME.match(_bare(heading.text)) and _CAMEL.fullmatch(text) and text != stem:
            yield NamedAlert(text, heading.line, heading.column)


def _bare(text: str) -> str:
    return re.sub(r"[`\"'*_“”]", "", text).strip()


def _plain(text: str) -> str:
    return _ALERT_NAME.sub("", _bare(text), count=1).strip()


def _github_anchor(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
