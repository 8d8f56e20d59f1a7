"""Translate the file `_headers` of releases into a file that nginx includes.

It allows what any of the releases that are kept needs, so that a rollback or a switch asks for nothing more. Each page
carries the strict policy of its own release as well, and a browser follows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from opsbook.problems import Problem, ProblemsError

SITE_HEADERS = "_headers"
SERVER_HEADERS = "headers.conf"
POLICY = "Content-Security-Policy"
_NONE = "'none'"
_ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def site_headers(site: Path) -> Mapping[str, str]:
    """Return the headers for all pages in the file `_headers` of the site, by name; those under `/*`.

    Raises ProblemsError for a value that cannot be written for nginx.
    """
    file = site / SITE_HEADERS
    found = dict(_ALWAYS)
    is_meant = False
    for number, line in enumerate(file.read_text("utf-8").splitlines() if file.is_file() else (), 1):
        if line[:1] not in (" ", "\t", "#", ""):
            is_meant = line.strip() == "/*"
        elif is_meant and ":" in line and not line.strip().startswith("#"):
            name, _, value = (each.strip() for each in line.partition(":"))
            if not name.replace("-", "").isalnum() or set(value) & set('"\\$') or not value.isprintable():
                raise ProblemsError(
                    [Problem(SITE_HEADERS, number, 1, 'is no header; its value has no `"`, `\\` or `$`')]
                )
            found[name] = value
    return found


def server_headers(sites: Iterable[Path]) -> bytes:
    """Return the file for nginx with the headers of `sites`, the newest last.

    Its policy allows what that of any of them does.
    """
    said: dict[str, str] = {}
    for site in sites:
        headers = site_headers(site)
        if POLICY in headers and POLICY in said:
            headers = {**headers, POLICY: _widened(headers[POLICY], said[POLICY])}
        said.update(headers)
    lines = ["# Written by `opsbook publish`; nginx reads it when it is reloaded."]
    lines += (f'add_header {name} "{value}" always;' for name, value in said.items())
    return ("\n".join(lines) + "\n").encode()


def _widened(policy: str, other: str) -> str:
    """Return a policy that allows what `policy` or `other` allows, in an order that their sources alone decide."""
    new, old = _sources(policy), _sources(other)
    merged = {name: sources | old.get(name, frozenset()) for name, sources in new.items()}
    merged.update((name, sources) for name, sources in old.items() if name not in merged)
    lists = {name: sorted(sources - {_NONE} or sources) for name, sources in merged.items()}
    return "; ".join(" ".join((name, *sources)) for name, sources in lists.items())


def _sources(policy: str) -> dict[str, frozenset[str]]:
    words = (each.split() for each in policy.split(";"))
    return {name: frozenset(sources) for name, *sources in filter(None, words)}
