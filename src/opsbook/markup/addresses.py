"""Judge where links and pictures may lead, by reading addresses as browsers do and not as they look."""

from __future__ import annotations

import functools
import html
import re

import nh3

SCHEMES = ("http", "https", "mailto", "tel")
"""The schemes of links; a link without one leads to a path of this site."""

# A browser strips controls and blanks around an address, and tabs and line ends inside of it, before it reads the
# scheme: https://url.spec.whatwg.org/#concept-basic-url-parser
_AROUND = "".join(map(chr, range(0x21)))
_INSIDE = str.maketrans("", "", "\t\n\r")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,4})?(?:[/?#][^<>\"]*)?\Z")
_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]*(?P<host>[^/\\?#]*)")
_MOST = 60


def as_browsers_read(target: str) -> str:
    """Return `target`, the value of an attribute, without the characters that a browser ignores in it."""
    return target.strip(_AROUND).translate(_INSIDE)


def scheme_of(target: str) -> str | None:
    """Return the scheme of an address in lower case; None where it has none.

    >>> scheme_of(" java\\tscript:x"), scheme_of("../a:b")
    ('javascript', None)
    """
    match = _SCHEME.match(as_browsers_read(target))
    return match["scheme"].lower() if match else None


@functools.lru_cache(maxsize=8192)
def link_fault(target: str) -> str | None:
    """Return what is wrong with `target` as the address of a link, and what is allowed; None where nothing is."""
    scheme = scheme_of(target)
    if scheme is None:
        return None
    if scheme not in SCHEMES:
        return f"a link may not lead to {scheme}:…; allowed: {', '.join(SCHEMES)}, or a path of this site"
    if not _PLAIN.match(target) and not _survives(target):
        return f"`{_short(target)}` is not an address; write it in backquotes to show it"
    return None


@functools.lru_cache(maxsize=8192)
def picture_fault(target: str) -> str | None:
    """Return what is wrong with `target` as the address of a picture, and what is allowed; None where nothing is."""
    read = as_browsers_read(target)
    scheme = scheme_of(target)
    if scheme not in (None, "http", "https"):
        return f"a picture may not come from {scheme}:…; put the file into docs/"
    # To a browser, a backslash is a slash: `\\host` and `/\host` lead away as `//host` does.
    if scheme or read[:2].replace("\\", "/") == "//":
        match = _HOST.match(read)
        host = match["host"] if match else ""
        return f"a picture of another host ({_short(host) or 'without a name'}) is not shown; put the file into docs/"
    return None


def _survives(target: str) -> bool:
    """Return whether the cleaner keeps `target`; it removes what is no address at all, such as `https://<host>/`."""
    link = f'<a href="{html.escape(target)}">x</a>'
    return "href" in nh3.clean(link, tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(SCHEMES), link_rel=None)


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"
