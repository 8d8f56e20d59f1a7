"""Follows every link of a built site, as files: those of pages, of pictures and of what raw HTML leads to."""

from __future__ import annotations

from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LEADING = ("href", "src", "xlink:href", "data-ob-post-mortem")
MADE_BY_SCRIPTS = "__"
"""How the anchors of the theme begin that belong to its switches."""


class Links(HTMLParser):
    """The addresses that a page or a picture leads to or loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element leads to, and its anchors."""
        for name, value in attrs:
            if name in LEADING and value and tag != "use":
                self.links.append(value)
            if name in ("id", "name") and value:
                self.ids.add(value)
        said = dict(attrs)
        if tag == "meta" and said.get("http-equiv") == "refresh":
            self.links.append((said.get("content") or "").partition("url=")[2])


class Crawler:
    """The built site in the folder `site`, which is served below the path `base`.

    `serves_folders` says whether a server gives the index of a folder; where pages are opened as files, nobody does.
    """

    def __init__(self, site: Path, base: str = "/", *, serves_folders: bool = True) -> None:
        self.site, self.base, self.serves_folders = site, base, serves_folders

    @cached_property
    def parsed(self) -> dict[str, Links]:
        """The links of each HTML page and each picture, by its path."""
        files = (file for file in sorted(self.site.rglob("*")) if file.suffix in (".html", ".svg"))
        return {file.relative_to(self.site).as_posix(): Links(file.read_text("utf-8")) for file in files}

    @property
    def dead(self) -> list[str]:
        """Every link that leads to no file, out of the site, or to an anchor that is not there."""
        return [
            f"{name} -> {link}" for name, page in self.parsed.items() for link in page.links if self.is_dead(link, name)
        ]

    def is_dead(self, link: str, name: str = "") -> bool:
        """Whether `link` on the page `name` leads nowhere. A browser stops at the root of a host; this does not."""
        target = urlsplit(urljoin(f"http://site{self.base}{name}", link))
        if target.scheme != "http" or target.netloc != "site":
            return False
        if link.split("/").count("..") > name.count("/") or not target.path.startswith(self.base):
            return True
        file = unquote(target.path).removeprefix(self.base)
        if (not file or file.endswith("/")) and self.serves_folders:
            file += "index.html"
        is_page = file in self.parsed and bool(target.fragment)
        return not (self.site / file).is_file() or (is_page and not self.has_anchor(file, unquote(target.fragment)))

    def has_anchor(self, file: str, anchor: str) -> bool:
        """Whether a page has the anchor."""
        return anchor in self.parsed[file].ids or anchor.startswith(MADE_BY_SCRIPTS)
