"""Addresses that lead elsewhere: of each alert to its runbook, of each former id to the present one.

A redirect is a page of its own with a plain link, which a small script follows at once with the query string and the
hash kept. Without scripts the page leads on by itself, or by the link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.site import paths
from opsbook.site.page import Asset, address, relative
from opsbook.site.text import plain

SCRIPT = "assets/opsbook/redirect.js"

_PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
    '<link rel="canonical" href="{target}">\n'
    '<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>\n'
    '<script src="{script}" defer></script>\n</head>\n<body>\n<main>\n'
    '<p>{title}: <a href="{target}" data-ob-redirect>{linked}</a></p>\n</main>\n</body>\n</html>\n'
)


def redirect(source: str, target: str, *, title: str, linked: str) -> Asset:
    """What stands where the page `source` would, such as `alerts/Name/`, and leads to the page `target`."""
    text = _PAGE.format(title=title, linked=linked, target=relative(source, target), script=relative(source, SCRIPT))
    return Asset(f"{address(source)}index.html", str(text))


def redirects(handbook: Handbook) -> Iterator[Asset]:
    """Every redirect of the site."""
    for alert, runbook in handbook.alerts.items():
        yield redirect(
            paths.alert_address(alert), paths.runbook_path(runbook), title=alert, linked=plain(runbook.title)
        )
    for runbook in handbook.runbooks.values():
        yield from _former("runbooks/", runbook.aliases, paths.runbook_path(runbook), runbook.title)
    for service in handbook.services.services:
        yield from _former("services/", service.aliases, paths.service_path(service), service.title)
    for post_mortem in handbook.post_mortems.values():
        yield from _former("post-mortems/", post_mortem.aliases, paths.post_mortem_path(post_mortem), post_mortem.title)
    for phase in handbook.checklist.phases:
        yield from _former("roadmap/", phase.aliases, paths.phase_path(phase), phase.title)
    for area in handbook.checklist.areas:
        yield from _former("practices/", area.aliases, paths.area_path(area), area.title)
    yield from _items(handbook)


def former_badges(handbook: Handbook, badges: Iterable[Asset]) -> Iterator[Asset]:
    """The badges of areas and phases under their former ids: a picture cannot lead elsewhere."""
    checklist = handbook.checklist
    aliases = {area.id: area.aliases for area in checklist.areas}
    aliases |= {phase.id: phase.aliases for phase in checklist.phases}
    for badge in badges:
        folder, _, name = badge.path.rpartition("/")
        id, _, kind = name.partition(".")
        yield from (Asset(f"{folder}/{alias}.{kind}", badge.content) for alias in aliases.get(id, ()))


def _items(handbook: Handbook) -> Iterator[Asset]:
    """An item's address names its area, so it has as many former ones as the two have former ids together."""
    for place in handbook.places.values():
        present = (place.area.id, place.item.id)
        for area in (place.area.id, *place.area.aliases):
            ids = [id for id in (place.item.id, *place.item.aliases) if (area, id) != present]
            yield from _former(f"practices/{area}/", ids, paths.item_path(place), place.item.title)


def _former(folder: str, ids: Iterable[str], target: str, title: str) -> Iterator[Asset]:
    for id in ids:
        yield redirect(f"{folder}{id}.md", target, title=f"{id} is now", linked=plain(title))
