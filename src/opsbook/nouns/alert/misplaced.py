"""Notice that `--base` or `--runbooks` is a level off: most links are bad, and would be good with a neighbour of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from opsbook.nouns.alert.addresses import address_path, find_bases
from opsbook.nouns.alert.alerts import AlertReport
from opsbook.nouns.alert.collection import RunbookPage
from opsbook.nouns.alert.rule_nodes import Alert
from opsbook.nouns.alert.runbook_index import RunbookIndex
from opsbook.problems import counted

Guess = tuple[int, str, str]
"""How many links would be good, the option as it is, and what it may be meant to be."""


def misplaced_option(found: AlertReport, pages: Sequence[RunbookPage], *, base: str | None, folder: Path) -> str | None:
    """Return what `--base`, or `--runbooks` with its `folder`, may be meant to be; None where nothing seems wrong."""
    host = address_path(base).split("/")[0] if base else ""
    urls = ((judged.alert, judged.alert.url) for judged in found.alerts if judged.alert.url)
    site = found.versions  # Links that lack its alias are told as such.
    links = [
        alert for alert, url in urls if (not host or _host(alert) == host) and not (site and site.lacks_alias(url))
    ]
    bases = (address_path(base),) if base else find_bases(links, pages)
    now = _good(links, pages, bases)
    if 2 * now >= len(links):
        return None
    guesses = [*_other_bases(links, pages, base), *_other_folders(links, pages, base, folder)]
    best, option, meant = max(guesses, key=lambda guess: guess[0], default=(0, "", ""))
    if best <= 2 * now or 2 * best <= len(links):
        return None
    of = f"of {counted(len(links), 'link')}"
    return f"`{option}` may be a level off: {now} {of} would lead to a runbook, and {best} with `{meant}`"


def _other_bases(links: Sequence[Alert], pages: Sequence[RunbookPage], base: str | None) -> Iterator[Guess]:
    for other in find_bases(links, pages) if base else ():
        ours = f"{address_path(base or '')}/"
        if base and (f"{other}/".startswith(ours) != ours.startswith(f"{other}/")):  # One lies in the other.
            meant = f"{urlsplit(base).scheme}://{other}/"
            yield _good(links, pages, (other,)), f"--base {base}", f"--base {meant}"


def _other_folders(
    links: Sequence[Alert], pages: Sequence[RunbookPage], base: str | None, folder: Path
) -> Iterator[Guess]:
    """Yield what each folder inside, and the one around, would do for a collection of somebody else's pages."""
    foreign = [page for page in pages if not page.is_own]
    inside = sorted({page.file.split("/")[0] for page in foreign if "/" in page.file})
    shifted = [(folder / name, [_below(page, name) for page in foreign]) for name in inside]
    around = folder.resolve()
    if foreign and around.name:
        routes = around.name.lower()
        above = [replace(page, routes=tuple(f"{routes}/{route}" for route in page.routes)) for page in foreign]
        shifted.append((folder.parent if folder.name not in ("", "..") else around.parent, above))
    for meant, moved in shifted:
        bases = (address_path(base),) if base else find_bases(links, moved)
        yield _good(links, moved, bases), f"--runbooks {folder.as_posix()}", f"--runbooks {meant.as_posix()}"


def _below(page: RunbookPage, folder: str) -> RunbookPage:
    """Return the page as it would be if the collection began in `folder`."""
    start = f"{folder.lower()}/"
    return replace(page, routes=tuple(route.removeprefix(start) for route in page.routes if route.startswith(start)))


def _good(links: Sequence[Alert], pages: Sequence[RunbookPage], bases: Collection[str]) -> int:
    book = RunbookIndex(pages, bases)
    return sum(book.linked(alert)[0] == "page" for alert in links)


def _host(alert: Alert) -> str:
    return address_path(alert.url or "").split("/")[0]
