"""Compare the addresses of runbooks: their host and path, and the part of it below a base address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from opsbook.nouns.alert.collection import RunbookPage
from opsbook.nouns.alert.rule_nodes import Alert

_ACTIONS = re.compile(r"\{\{(?:(?!\}\}).)*\}\}")
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")
_ENDINGS = (".md", ".html", "/index", "/_index", "/readme")


def find_bases(alerts: Sequence[Alert], pages: Sequence[RunbookPage]) -> tuple[str, ...]:
    """Return the addresses below which links lead to runbooks: the most frequent, and others that three links share."""
    routes = {route for page in pages for route in page.routes}
    found: Counter[str] = Counter()
    for alert in alerts:
        host, *parts = address_path(alert.url or "").split("/")
        for start in range(len(parts)):
            if host and route_of("/".join(parts[start:])) in routes:
                found["/".join((host, *parts[:start]))] += 1
                break
    ranked = found.most_common()
    return tuple(base for rank, (base, count) in enumerate(ranked) if rank == 0 or count >= 3)


def address_path(address: str) -> str:
    """Return the host and path of `address`, without a slash at the end.

    A template action at its start counts as the host.
    """
    start = _ACTIONS.match(address)
    if start:
        host = re.sub(r"[\s/]+", " ", start.group()).replace("{{ ", "{{").replace(" }}", "}}").replace("$.", ".")
        rest = address[start.end() :]
    else:
        match = _HOST.match(address)
        host, rest = (match[1].lower(), address[match.end() :]) if match else ("", address)
    return f"{host}/{unquote(rest.split('#')[0].split('?')[0])}".replace("//", "/").rstrip("/")


def route_of(path: str) -> str:
    """Return the part of an address behind its base in lower case, without slashes around it and without its ending."""
    route = path.strip("/").lower()
    for ending in _ENDINGS:
        route = route.removesuffix(ending)
    return route.strip("/")
