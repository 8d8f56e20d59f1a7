"""Look up the runbook of an alert: by the address that it links to, or by its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import unquote

from opsbook.nouns.alert.addresses import AddressForm, address_path, route_of
from opsbook.nouns.alert.annotations import annotation_url
from opsbook.nouns.alert.collection import RunbookPage
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.name_patterns import NamePattern, name_word
from opsbook.nouns.alert.rule_nodes import Alert
from opsbook.nouns.runbook.model import alert_address
from opsbook.source.sitefile import VersionedSite

_TAIL = re.compile(r".*\}\}(?P<tail>/[^{}]+)", re.DOTALL)


class RunbookIndex:
    """An index of the runbooks by address and by alert. Links are judged below `bases`, addresses without a scheme."""

    def __init__(
        self, pages: Sequence[RunbookPage], bases: Collection[str], versions: VersionedSite | None = None
    ) -> None:
        self.versions = versions
        self.bases = tuple(sorted(bases, key=len, reverse=True))
        paths = [base.partition("/")[2].lower() for base in self.bases]
        ours = ["alerts", "runbooks"] if any(page.is_own for page in pages) else []
        self.paths = tuple(f"{path}/" for path in (*paths, *ours) if path)
        self.routes = {route: page for page in reversed(pages) for route in page.routes}
        self.by_heading = {
            name_word(text): (page, anchor) for page in reversed(pages) for text, anchor in reversed(page.headings)
        }
        self.by_alert = {name_word(alert.name): (page, alert.name) for page in reversed(pages) for alert in page.alerts}
        self.by_pattern: dict[NamePattern, RunbookPage | None] = {}

    def runbook(self, alert: Alert) -> RunbookPage | None:
        """Return the runbook that names the alert; of a name that is known in part, the only one whose alert fits."""
        if has_action(alert.name):
            pattern = NamePattern.of(alert.name)
            if pattern not in self.by_pattern:
                pages = {page.path: page for word, (page, _) in self.by_alert.items() if pattern.fits(word)}
                self.by_pattern[pattern] = (
                    next(iter(pages.values())) if len(pages) == 1 and pattern.is_telling else None
                )
            return self.by_pattern[pattern]
        word = name_word(alert.name)
        page, _ = self.by_alert.get(word) or self.by_heading.get(word) or (None, "")
        return page

    def linked(self, alert: Alert) -> tuple[str, RunbookPage | None]:
        """Return where the link of the alert leads, in a word, and the page where it does lead to one.

        The word is `page`, `nowhere`, `elsewhere` for what is not below a base, or `unknown`.
        """
        url = alert.url or ""
        if self.versions and self.versions.lacks_alias(url):
            return "nowhere", None
        address = address_path(url)
        route = self.route(address)
        if has_action(address if route is None else route):
            return self.by_tail(address, is_below=route is not None)
        if route is None:
            return "elsewhere", None
        page = self.routes.get(route)
        anchor = unquote(url.partition("#")[2])
        if page is None or (anchor and not has_action(anchor) and anchor.lower() not in _lower(page.anchors)):
            return "nowhere", None
        return "page", page

    def route(self, address: str) -> str | None:
        """Return the part of an address below the first base that matches; None where none does."""
        for base in self.bases:
            if address == base or address.startswith(f"{base}/"):
                return route_of(address[len(base) :])
        return None

    def by_tail(self, address: str, *, is_below: bool) -> tuple[str, RunbookPage | None]:
        """Return, as `linked` does, where an address leads of which only what stands behind its last action is known.

        It leads nowhere if no page ends so and it is below a base, by its start or by the path of the base in its end.
        """
        match = _TAIL.fullmatch(address)
        tail = route_of(match["tail"]) if match else ""
        if not tail:
            return "unknown", None
        pages = {page.path: page for route, page in self.routes.items() if f"/{route}".endswith(f"/{tail}")}
        if pages:
            return ("page", next(iter(pages.values()))) if len(pages) == 1 else ("unknown", None)
        return ("nowhere" if is_below or f"{tail}/".startswith(self.paths) else "elsewhere"), None

    def link(self, alert: Alert, page: RunbookPage, base: str, form: AddressForm) -> str:
        """Return the link that leads from the alert to its runbook `page`."""
        word = name_word(alert.name)
        if page.is_own:
            named = self.by_alert.get(word)
            path = alert_address(named[1]) if named and named[0] is page else f"runbooks/{page.id}/"
            return annotation_url(alert, page.variables, f"{base.rstrip('/')}/{path}")
        found, anchor = self.by_heading.get(word, (page, ""))
        anchor = f"#{anchor}" if anchor and found is page else ""
        return f"{base.rstrip('/')}/{form.path(page.file)}{anchor}"


def _lower(words: Collection[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)
