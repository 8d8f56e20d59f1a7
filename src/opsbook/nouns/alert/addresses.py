"""Compare the addresses of runbooks: their host and path, and the part of it below a base address.

The address of somebody else's page is given in the form that the links which work have: with an ending or without,
in lower case or as the file is called.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from opsbook.nouns.alert.collection import RunbookPage
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rule_nodes import Alert

_ACTIONS = re.compile(r"\{\{(?:(?!\}\}).)*\}\}")
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")
_ENDINGS = (".md", ".html", "/index", "/_index", "/readme")
_INDEX_FILE = re.compile(r"(?:^|/)(?:_?index|readme)\.md$", re.IGNORECASE)
_CODE_HOST = re.compile(r"/(?:-/)?(?:blob|tree|src)/")


@dataclass(frozen=True)
class AddressForm:
    """How the addresses of a collection of pages are written: what they end with, and whether in lower case."""

    ending: str
    is_lower: bool = False

    def path(self, file: str) -> str:
        """Return the address of the page in `file`, below the base, ready to be used in a link.

        >>> AddressForm("/", is_lower=True).path("kubernetes/PodLost.md"), AddressForm(".md").path("a b/_index.md")
        ('kubernetes/podlost/', 'a%20b/_index.md')
        """
        if self.ending != ".md":
            file = f"{_INDEX_FILE.sub('', file).removesuffix('.md')}{self.ending}".lstrip("/")
        return quote(file.lower() if self.is_lower else file)


def form_of(base: str, links: Iterable[tuple[str, RunbookPage]]) -> AddressForm:
    """Return the form of most `links` that lead to a page; without any, the files of a code host, or folders of pages.

    A page of MkDocs is a folder, https://www.mkdocs.org/user-guide/configuration/#use_directory_urls
    """
    forms: Counter[AddressForm] = Counter()
    for url, page in links:
        path = unquote(url.split("#")[0].split("?")[0])
        ending = next((each for each in (".md", ".html", "/") if path.endswith(each)), "")
        stem = page.file.rsplit("/", 1)[-1].removesuffix(".md")
        is_lower = stem != stem.lower() and path.removesuffix(ending).endswith(stem.lower())
        forms[AddressForm(ending, is_lower)] += 1
    if forms:
        return forms.most_common(1)[0][0]
    return AddressForm(".md" if _CODE_HOST.search(base) else "/")


def find_bases(alerts: Sequence[Alert], pages: Sequence[RunbookPage]) -> tuple[str, ...]:
    """Return the addresses below which links lead to runbooks: the most frequent, and others that three links share.

    What has no host, as a path in the same repository, or begins with a value of a template, is among them wherever a
    link below it leads to a runbook.
    """
    routes = {route for page in pages for route in page.routes}
    found: Counter[str] = Counter()
    for alert in alerts:
        host, *parts = address_path(alert.url or "").split("/")
        for start in range(len(parts)):
            if route_of("/".join(parts[start:])) in routes:
                found["/".join((host, *parts[:start]))] += 1
                break
    hosted = [(base, count) for base, count in found.most_common() if not has_no_host(base)]
    likely = [base for rank, (base, count) in enumerate(hosted) if rank == 0 or count >= 3]
    return (*likely, *filter(has_no_host, found))


def has_no_host(address: str) -> bool:
    """Return whether an address as `address_path` gives it is a path alone, or begins with a value of a template."""
    return not address.split("/")[0] or has_action(address)


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
        host, rest = (match[1], address[match.end() :]) if match else ("", address)
        host = host if has_action(host) else host.lower()
    return f"{host}/{unquote(rest.split('#')[0].split('?')[0])}".replace("//", "/").rstrip("/")


def route_of(path: str) -> str:
    """Return the part of an address behind its base in lower case, without slashes around it and without its ending."""
    route = path.strip("/").lower()
    for ending in _ENDINGS:
        route = route.removesuffix(ending)
    return route.strip("/")
