"""Follow every link of a built site, those in raw HTML and in drawings too, by http or from the disk."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "site.test"


@dataclass
class Seen(HTMLParser):
    """What a page leads to or loads, and the anchors that it has."""

    text: str
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses and anchors of an element; `use` names a part of its own drawing."""
        given = {name: value for name, value in attrs if value}
        if tag != "use":
            self.links += [given[name] for name in ("href", "src", "xlink:href") if name in given]
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh":
            self.links.append((given.get("content") or "").partition("=")[2].strip("'\""))
        self.anchors.update(given[name] for name in ("id", "name") if name in given)


def dead_links(site: Path, *, under: str = "", serves_folders: bool = True) -> list[str]:
    """Return each link of the pages and drawings in `site` that leads nowhere, as `page -> link`.

    `under` is the path that the site is served below. Where it is opened from the disk, nothing `serves_folders`: no
    server finds the page of a folder.
    """
    pages = {file: Seen(file.read_text("utf-8")) for file in _readable(site)}
    find = functools.partial(_target, site, under, serves_folders)
    return [
        f"{file.relative_to(site)} -> {link}"
        for file, seen in pages.items()
        for link in dict.fromkeys(seen.links)
        if _is_dead(find(file, link), pages)
    ]


def _readable(site: Path) -> Iterator[Path]:
    for file in sorted(site.rglob("*")):
        if file.suffix in (".html", ".svg") and file.name != "404.html" and file.is_file():
            yield file


def _target(site: Path, under: str, serves_folders: bool, file: Path, link: str) -> tuple[Path, str] | None:
    """Return the file and the anchor that `link` leads to; None for what is on no page of this site."""
    base = f"http://{HOST}/{under}{file.relative_to(site).as_posix()}"
    url = urlsplit(urljoin(base, link))
    if url.netloc != HOST or url.scheme != "http":
        return None
    path = unquote(url.path).removeprefix(f"/{under}")
    is_folder = path.endswith("/") or not path
    return site / (f"{path}index.html" if is_folder and serves_folders else path or "."), unquote(url.fragment)


def _is_dead(target: tuple[Path, str] | None, pages: dict[Path, Seen]) -> bool:
    if target is None:
        return False
    file, anchor = target
    if not file.is_file():
        return True
    # The theme's own scripts make the anchors that begin so.
    return bool(anchor) and file in pages and not anchor.startswith("__") and anchor not in pages[file].anchors
