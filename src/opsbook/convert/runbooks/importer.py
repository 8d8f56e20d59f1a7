"""Import a folder of runbooks: convert every page, lead its links, and see that nothing was lost on the way."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.assembly.attachments import ENDINGS
from opsbook.convert.ids import slug
from opsbook.convert.runbooks.addresses import Addresses, NewPlace
from opsbook.convert.runbooks.collection import ForeignFolder, stripped
from opsbook.convert.runbooks.counting import PageCounts, Tally, counts_of
from opsbook.convert.runbooks.dialects import counted_words
from opsbook.convert.runbooks.foreign_front import ForeignKey
from opsbook.convert.runbooks.foreign_page import ConvertedPage, ForeignText, converted
from opsbook.convert.runbooks.front_text import RunbookKeys, front_text, severity_of
from opsbook.convert.runbooks.rule_facts import AlertFacts
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.secrets.scan import hide_secrets

FOLDER = "runbooks"
MOST_ID = 80
MASK = "***"
_ALERT = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
_ALIAS = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*(?:/[^\W_]+(?:[-_.][^\W_]+)*)*")
_INDEXES = ("readme", "index", "_index")


@dataclass(frozen=True)
class KnownSite:
    """What is there already: ids and alerts of runbooks, owners, what rules say, and where imported pages are now."""

    ids: Collection[str] = ()
    alerts: Collection[str] = ()
    owners: Collection[str] = ()
    owner: str = ""
    facts: Mapping[str, AlertFacts] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    """The file below `runbooks/` of each page that an earlier import has brought."""


@dataclass(frozen=True)
class ImportedRunbook:
    """A page that was taken: its new file below `runbooks/`, its text there, and what is to be said of it."""

    source: str
    file: str
    text: str
    problems: tuple[Problem, ...]
    there: Tally
    """How much stood in the page."""
    taken: Tally
    """How much of that stands in the text."""
    lost: tuple[str, ...] = ()
    """What stood in the page and does not stand in the text, in words."""
    is_refused: bool = False
    """Whether it cannot be a page of the site, as `problems` say."""


@dataclass(frozen=True)
class RunbookImport:
    """All runbooks that a folder holds, and the files beside them by their new paths below `runbooks/`."""

    runbooks: tuple[ImportedRunbook, ...]
    attached: Mapping[str, str]
    """The path in the folder of each file that is copied, by its new path."""


def import_runbooks(
    folder: ForeignFolder, known: KnownSite, upstream: str = "", *, keeps_secrets: bool = False
) -> RunbookImport:
    """Return every page of `folder` as a runbook; links to what is nowhere lead to `upstream`, where that is given."""
    plain = stripped({**folder.pages, **folder.files})
    names = _Names(set(known.ids), set(), {each.lower() for each in known.alerts})
    files = {path: names.file(path, plain[path], known) for path in folder.pages}
    stems = {_wiki_key(path) for path in folder.pages}
    pages = [converted(page, folder.text_of, lambda name: _wiki_key(name) in stems) for page in folder.pages.values()]
    places = {page.source.path: NewPlace(files[page.source.path], page.anchors) for page in pages}
    addresses = Addresses(places, {path: _attachment(plain[path]) for path in folder.files}, upstream)
    taking = _Taking(plain, addresses, names, known, keeps_secrets)
    runbooks = tuple(taking.runbook(page, files[page.source.path]) for page in pages)
    return RunbookImport(runbooks, {addresses.files[path]: path for path in sorted(addresses.used)})


@dataclass
class _Names:
    """The ids, files and alerts that are taken."""

    ids: set[str]
    files: set[str]
    alerts: set[str]

    def file(self, path: str, plain: str, known: KnownSite) -> str:
        """Return the new file of the page `path`: where an earlier import has put it, else one with a new id."""
        if path in known.places:
            return known.places[path]
        folder, name = posixpath.split(plain)
        above = folder.split("/") if folder else []
        stem = name.rpartition(".")[0]
        words = above.pop() if stem.lower() in _INDEXES and above else stem
        own = slug(words, most=MOST_ID) or "runbook"
        own = own if own not in _INDEXES else "overview"  # A README is about its folder, and `index` is the list.
        deeper = (slug(" ".join((*above[at:], own)), most=MOST_ID) for at in range(len(above) - 1, -1, -1))
        numbered = (f"{own[: MOST_ID - 5].rstrip('-')}-{number}" for number in itertools.count(2))
        found = next(each for each in itertools.chain((own,), deeper, numbered) if each and each not in self.ids)
        self.ids.add(found)
        return posixpath.join(folder, f"{found}.md")


def _wiki_key(name: str) -> str:
    bare = posixpath.basename(name)
    bare = bare[:-3] if bare.lower().endswith(".md") else bare
    return bare.lower().replace(" ", "-")


def _attachment(path: str) -> str:
    """Return the path that a file gets beside runbooks: with an ending that is published there."""
    plain = re.sub(r"\s+", "-", path)
    return plain if plain.lower().endswith(ENDINGS) else f"{plain}.txt"


@dataclass(frozen=True)
class _Taking:
    """What every page of one import is taken with."""

    plain: Mapping[str, str]
    addresses: Addresses
    names: _Names
    known: KnownSite
    keeps_secrets: bool

    def runbook(self, page: ConvertedPage, file: str) -> ImportedRunbook:
        """Return `page` as the runbook in `file`, below `runbooks/`."""
        source = page.source
        id = posixpath.basename(file).removesuffix(".md")
        problems = list(page.problems)
        keys, notes = _keys(page, id, self.plain[source.path], self.names, self.known, problems)
        left: list[str] = []
        body = self.addresses.rewritten(page.body, source.path, left)
        text = f"{front_text(keys, source.front, notes)}\n{body}"
        text, masked = (text, tuple[str, ...]()) if self.keeps_secrets else _masked(text)
        wrong = _judged(text, f"{FOLDER}/{file}")
        problems += wrong
        before, after = counts_of(source.text), counts_of(text)
        is_refused = any(each.severity is Severity.ERROR for each in wrong)
        there, taken = _tallies(page, before, after, left)
        return ImportedRunbook(
            source=source.path,
            file=file,
            text=text,
            problems=tuple(problems),
            there=there,
            taken=Tally() if is_refused else taken,
            lost=masked or tuple(_lost(page, before, after, left, there, taken)),
            is_refused=is_refused,
        )


def _keys(
    page: ConvertedPage, id: str, plain: str, names: _Names, known: KnownSite, problems: list[Problem]
) -> tuple[RunbookKeys, list[str]]:
    """Return the keys of the runbook, and what else is said of them in comments."""
    front, notes = page.source.front, []
    alerts: list[str] = []
    facts = None
    for name in dict.fromkeys((*page.alerts, *([] if page.alerts else [id, page.title]))):
        of_rules = known.facts.get(name.lower())
        facts = facts or of_rules
        if not (name in page.alerts or of_rules):
            continue
        said = of_rules.name if of_rules else name
        if not _ALERT.fullmatch(said):
            notes.append(f"alert: {said}")
        elif said.lower() in names.alerts:
            notes.append(f"alert: {said}, which leads to another runbook")
            problems.append(_told(page.source, f"the alert `{said}` leads to another runbook already"))
        else:
            names.alerts.add(said.lower())
            alerts.append(said)
    severity = front.first("severity", "priority", "level")
    summary = front.first("summary", "description")
    owner = front.first("owner", "team", "owners")
    aliases = [alias for alias in _aliases(plain, id) if alias.casefold() not in names.ids]
    names.ids.update(alias.casefold() for alias in aliases)
    return (
        RunbookKeys(
            id=id,
            title=page.title,
            alerts=tuple(alerts),
            severity=severity_of(_value(severity)) or severity_of(facts.severity if facts else ""),
            summary=_summary(_value(summary)) or (facts.summary if facts else ""),
            owner=next((each for each in (slug(_value(owner)), known.owner) if each and each in known.owners), ""),
            aliases=tuple(aliases),
        ),
        notes,
    )


def _value(key: ForeignKey | None) -> str:
    return key.values[0] if key and len(key.values) == 1 else ""


def _summary(text: str) -> str:
    one = text.strip()
    return one if one and len(one) <= 300 and "\n" not in one else ""


def _aliases(plain: str, id: str) -> Iterator[str]:
    """Yield the addresses below `/runbooks/` that the page had elsewhere: its path, as it is and in small letters."""
    bare = plain.rpartition(".")[0]
    folder, _, name = bare.rpartition("/")
    if name.lower() in _INDEXES:
        bare = folder
    for alias in dict.fromkeys((bare.lower(),)):
        if alias and alias != id and _ALIAS.fullmatch(alias) and alias != "index":
            yield alias


def _masked(text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with stars for what looks like a secret, which no site may publish, and what was masked."""
    masked, found = hide_secrets(text, MASK)
    return masked, tuple(f"masked on line {each.line}, since it looks like a secret: {each.kind}" for each in found)


def _judged(text: str, path: str) -> list[Problem]:
    """Return what the site would refuse in `text`."""
    try:
        parsed, found = parse_runbook(text, path)
        problems = list(found)
        if parsed:
            lints = [each for each in lint_runbooks([parsed]) if "(dead-link)" not in each.message]
            problems += [each for each in lints if each.severity is Severity.ERROR]
    except ProblemsError as error:
        problems = list(error.problems)
    return problems


def _missing(page: ConvertedPage, before: PageCounts, after: PageCounts) -> Counter[str]:
    """Return the words that stood in the page and stand nowhere now; numbers of steps and lists are counted anew."""
    keys = Counter(word for key in page.source.front.keys for word in counted_words(key.name))
    missing = before.words - after.words - page.dropped - keys
    return Counter({word: count for word, count in missing.items() if not word.isdigit()})


def _tallies(page: ConvertedPage, before: PageCounts, after: PageCounts, left: Sequence[str]) -> tuple[Tally, Tally]:
    """Return how much there was, and how much of it was taken. A picture of another host is taken as a link to it."""
    words = sum(before.words.values())
    there = Tally(words, before.links, before.blocks, before.pictures)
    gone = max(before.links + before.pictures - after.links - after.pictures, len(left))
    taken = Tally(
        words=words - sum(_missing(page, before, after).values()),
        links=max(before.links - gone, 0),
        blocks=min(before.blocks, after.blocks),
        pictures=before.pictures,
    )
    return there, taken


def _lost(
    page: ConvertedPage, before: PageCounts, after: PageCounts, left: Sequence[str], there: Tally, taken: Tally
) -> Iterator[str]:
    """Yield what stood in the page and does not stand in the new text, in words."""
    if words := _missing(page, before, after):
        shown = ", ".join(f"`{word}`" for word in list(words)[:10])
        yield f"{sum(words.values())} of {there.words} words: {shown}"
    targets = list(dict.fromkeys(left))
    if targets:
        yield f"links that lead to nothing in the folder, written as text: {', '.join(f'`{each}`' for each in targets)}"
    elif taken.links < there.links:
        yield f"{there.links - taken.links} of {there.links} links"
    if taken.blocks < there.blocks:
        yield f"{there.blocks - taken.blocks} of {there.blocks} blocks of code"


def _told(source: ForeignText, message: str) -> Problem:
    return Problem(source.path, 0, 0, message, Severity.WARNING)
