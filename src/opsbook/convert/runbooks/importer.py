"""Import a folder of runbooks: convert every page, lead its links, and see that nothing was lost on the way."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

from opsbook.assembly.attachments import ENDINGS
from opsbook.convert.runbooks.addresses import Addresses, NewPlace
from opsbook.convert.runbooks.balance import balance
from opsbook.convert.runbooks.collection import ForeignFolder, stripped
from opsbook.convert.runbooks.counting import Tally
from opsbook.convert.runbooks.foreign_page import ConvertedPage, converted
from opsbook.convert.runbooks.front_text import front_text
from opsbook.convert.runbooks.known_site import KnownSite
from opsbook.convert.runbooks.new_keys import new_keys
from opsbook.convert.runbooks.new_names import NewNames
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.secrets.scan import hide_secrets

FOLDER = "runbooks"
MASK = "***"


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
    names = NewNames.beside(known)
    files = {path: names.file(path, plain[path], known) for path in folder.pages}
    stems = {_wiki_key(path) for path in folder.pages}
    pages = [converted(page, folder.text_of, lambda name: _wiki_key(name) in stems) for page in folder.pages.values()]
    places = {page.source.path: NewPlace(files[page.source.path], page.anchors) for page in pages}
    addresses = Addresses(places, {path: _attachment(plain[path]) for path in folder.files}, upstream)
    taking = _Taking(plain, addresses, names, known, keeps_secrets)
    runbooks = tuple(taking.runbook(page, files[page.source.path]) for page in pages)
    return RunbookImport(runbooks, {addresses.files[path]: path for path in sorted(addresses.used)})


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
    names: NewNames
    known: KnownSite
    keeps_secrets: bool

    def runbook(self, page: ConvertedPage, file: str) -> ImportedRunbook:
        """Return `page` as the runbook in `file`, below `runbooks/`."""
        source = page.source
        id = posixpath.basename(file).removesuffix(".md")
        new = new_keys(page, id, self.plain[source.path], self.names, self.known)
        left: list[str] = []
        body = self.addresses.rewritten(page.body, source.path, left)
        whole = f"{front_text(new.keys, source.front, new.notes)}\n{body}"
        text, masked = (whole, tuple[str, ...]()) if self.keeps_secrets else _masked(whole)
        wrong = _judged(text, f"{FOLDER}/{file}")
        is_refused = any(each.severity is Severity.ERROR for each in wrong)
        shown, all_of_it = balance(page, text, left), balance(page, whole, left)
        return ImportedRunbook(
            source=source.path,
            file=file,
            text=text,
            problems=(*page.problems, *new.problems, *wrong),
            there=shown.there,
            taken=Tally() if is_refused else shown.taken,
            lost=(*masked, *all_of_it.lost),
            is_refused=is_refused,
        )


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
