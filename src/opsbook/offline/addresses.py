"""Find the addresses in the HTML of a built page, and put others in their place."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import partial

AddressChange = Callable[[str, str, str], str]
"""Returns what stands in the place of an address; it is given the tag, the name of the attribute, and the address."""

_MARK = re.compile(r"<!--|<([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"(?:^|(?<=[\s\"'/]))([^\s\"'<>/=]++)\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++)")
_LINK = re.compile(r"\]\(([^()\s\"\\]++)")
_TEXT_ONLY = frozenset({"script", "style", "textarea", "title"})
"""The elements in which a `<` begins nothing."""
_LEADING = frozenset({"href", "src", "xlink:href", "poster", "data", "data-ob-post-mortem"})


def tags(page: str) -> Iterator[re.Match[str]]:
    """Yield the start tags of the HTML `page`: the name, then the attributes. Comments and scripts hold none."""
    at = 0
    while found := _MARK.search(page, at):
        at = found.end()
        if not found[1]:
            close = page.find("-->", at)
            at = len(page) if close < 0 else close + 3
            continue
        yield found
        if (name := found[1].lower()) in _TEXT_ONLY:
            close = page.find(f"</{name}", at)
            at = len(page) if close < 0 else close


def attributes(tag: re.Match[str]) -> dict[str, str]:
    """Return the attributes of a start tag by name. The first of two counts; one without a value is left out."""
    found = ((each[1].lower(), html.unescape(each[2].strip("\"'"))) for each in _ATTRIBUTE.finditer(tag[2]))
    return dict(reversed([*found]))


def addresses(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield each address of the HTML `page`, after the tag and the name of the attribute."""
    for tag in tags(page):
        for name, value in attributes(tag).items():
            if name in _LEADING:
                yield tag[1].lower(), name, value.strip()


def with_changed_addresses(page: str, change: AddressChange) -> str:
    """Return the HTML `page` with what `change` returns in the place of each address.

    Those are the addresses of links, pictures and scripts, of a page that forwards, and those in the Markdown that the
    page gives to the clipboard.
    """
    pieces, at = [], 0
    for tag in tags(page):
        name = tag[1].lower()
        if "=" not in tag[2] or (name == "meta" and "refresh" not in tag[2].lower()):
            continue
        changed = _ATTRIBUTE.sub(partial(_changed, tag=name, change=change), tag[2])
        if changed != tag[2]:
            pieces += [page[at : tag.start(2)], changed]
            at = tag.end(2)
    return "".join([*pieces, page[at:]])


def _changed(found: re.Match[str], *, tag: str, change: AddressChange) -> str:
    name, said = found[1].lower(), found[2]
    if name not in _LEADING and (tag, name) != ("meta", "content") and name != "data-ob-handout":
        return found[0]
    value = html.unescape(said[1:-1] if said[0] in "\"'" else said)
    if name in _LEADING:
        new = change(tag, name, value.strip())
        new = value if new == value.strip() else new
    elif name == "data-ob-handout":
        new = _LINK.sub(lambda link: f"]({change('a', 'href', link[1])}", value)
    else:
        before, url, address = value.partition("url=")
        new = f"{before}{url}{change('a', 'href', address.strip())}" if url else value
    return found[0] if new == value else f'{found[1]}="{html.escape(new)}"'
