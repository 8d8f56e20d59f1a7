"""Translate the file `_headers` of releases into a file that nginx includes.

It allows what any of the releases that are kept needs, so that a rollback or a switch asks for nothing more. Each page
carries the strict policy of its own release as well, and a browser follows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from opsbook.problems import Problem, ProblemsError

SITE_HEADERS = "_headers"
SERVER_HEADERS = "headers.conf"
POLICY = "Content-Security-Policy"
_NONE = "'none'"
_VARIABLE = "$opsbook_policy"
_PART = 3000
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
    for name, value in said.items():
        if name == POLICY:
            lines += _policy_lines(value)
        else:
            lines.append(f'add_header {name} "{value}" always;')
    return ("\n".join(lines) + "\n").encode()


def _policy_lines(policy: str) -> Iterator[str]:
    """Yield the lines that send the policy, as a variable that a location may set anew.

    It is put together from parts, since nginx refuses a parameter of more than 4,096 bytes:
    https://github.com/nginx/nginx/blob/release-1.26.0/src/core/ngx_conf_file.c#L11
    """
    yield f'set {_VARIABLE} "{policy[:_PART]}";'
    for at in range(_PART, len(policy), _PART):
        yield f'set {_VARIABLE} "${{{_VARIABLE[1:]}}}{policy[at : at + _PART]}";'
    yield f"add_header {POLICY} {_VARIABLE} always;"


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
