"""Read a built page, or a picture, and return where it leads, what it loads, and which anchors it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

_LEADING = frozenset({"href", "src", "xlink:href", "poster", "action", "formaction", "background"})
_OF_ONE_ELEMENT = frozenset({("object", "data")})


@dataclass(frozen=True)
class PageLink:
    """An address in a page as it is written, and its place."""

    address: str
    line: int
    column: int


class BuiltPage(HTMLParser):
    """The links and the anchors of the HTML or SVG `text`, those of raw HTML included."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[PageLink] = []
        self.anchors: set[str] = set()
        self.base = ""
        """The address of `<base>`, from which the others go."""
        self.canonical = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the anchors of one element and where it leads."""
        said = {name: value or "" for name, value in reversed(attrs)}  # The first of two attributes counts.
        self.anchors.update(filter(None, (said.get("id"), said.get("name") if tag == "a" else "")))
        if tag == "base":
            self.base = self.base or said.get("href", "")
            return
        if tag == "link" and said.get("rel", "").lower() == "canonical":
            self.canonical = said.get("href", "")
        line, column = self.getpos()
        self.links += (PageLink(address, line, column + 1) for address in _addresses(tag, said))


def _addresses(tag: str, said: dict[str, str]) -> Iterator[str]:
    for name, value in said.items():
        if name in _LEADING or (tag, name) in _OF_ONE_ELEMENT:
            yield value.strip()
        elif name in ("srcset", "imagesrcset"):
            yield from _candidates(value)
    if tag == "meta" and said.get("http-equiv", "").lower() == "refresh":
        _, equals, address = said.get("content", "").partition("=")
        if equals:
            yield address.strip().strip("'\"")


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses of `srcset`: an address ends at white space, its descriptors at a comma.

    https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
    """
    is_address = True
    for word in srcset.split():
        if is_address and word.strip(","):
            yield word.strip(",")
        is_address = word.endswith(",")
