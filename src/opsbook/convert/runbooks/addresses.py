"""Lead the links of imported pages to where their targets are now: runbooks, pictures, other files, the upstream."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from opsbook.markup.addresses import scheme_of
from opsbook.source.links import page_links

_INDEXES = ("_index", "index", "README", "readme")
_ENDING = re.compile(r"\.(?:md|markdown|html?)$", re.IGNORECASE)


@dataclass(frozen=True)
class NewPlace:
    """Where a page is now: its file below `runbooks/`, and the new anchor of each old one."""

    file: str
    anchors: Mapping[str, str]


@dataclass
class Addresses:
    """The new places of all pages, by their paths in the folder that is imported, and of the other files there."""

    pages: Mapping[str, NewPlace]
    files: Mapping[str, str]
    """The path below `runbooks/` that each other file gets when a link leads to it."""
    upstream: str = ""
    """The address below which the folder can be read elsewhere; empty where none is known."""
    used: set[str] = field(default_factory=set)
    """The other files that a link leads to."""
    _by_name: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the pages by the last part of their addresses."""
        for path in self.pages:
            self._by_name.setdefault(_route(path).rpartition("/")[2], []).append(path)

    def rewritten(self, text: str, path: str, left: list[str]) -> str:
        """Return `text`, the new one of the page `path`, with its links as they lead from there.

        Add to `left` the targets that lead nowhere and are written as text.
        """
        pieces: list[str] = []
        end = 0
        for link in page_links(text, nested=True):
            new = self.target(link.target, path)
            if new is None:
                left.append(link.target)
                opened = text.rfind("![" if link.image else "[", end, link.start)
                close = text.find(")", link.end)
                if opened >= 0 and close >= 0:
                    pieces += [text[end:opened], _as_text(link.text, link.target)]
                    end = close + 1
            elif new != link.target and link.start >= end:
                before = text[end : link.start]
                if link.image and scheme_of(new):  # No page shows a picture of another host, but it may lead to one.
                    at = before.rfind("![")
                    before = before[:at] + before[at + 1 :]
                pieces += [before, new]
                end = link.end
        return "".join([*pieces, text[end:]])

    def target(self, target: str, path: str) -> str | None:
        """Return where the link `target` of the page `path` leads to; None where that is not known."""
        if not target or scheme_of(target) or target.startswith("//"):
            return target
        address, _, anchor = target.partition("#")
        address = unquote(address.partition("?")[0])
        here = self.pages[path]
        if not address:
            return f"#{_anchor_here(anchor, here)}"
        if found := self.page(address, path):
            place = self.pages[found]
            new = place.anchors.get(anchor, "")
            return _relative(place.file, here.file) + (f"#{new}" if new else "")
        if file := next((each for each in self.candidates(address, path) if each in self.files), None):
            self.used.add(file)
            return _relative(self.files[file], here.file)
        if self.upstream:
            below = posixpath.normpath(posixpath.join(posixpath.dirname(path), address.lstrip("/")))
            return f"{self.upstream.rstrip('/')}/{below}" + (f"#{anchor}" if anchor else "")
        return None

    def page(self, address: str, path: str) -> str | None:
        """Return the path of the page that `address`, written on the page `path`, leads to."""
        for each in self.candidates(address, path):
            bare = _ENDING.sub("", each)
            forms = (each, f"{each}.md", f"{bare}.md", f"{bare}.markdown")
            indexes = (posixpath.join(bare, f"{name}.md") for name in _INDEXES)
            found = next((form for form in (*forms, *indexes) if form in self.pages), None)
            if found:
                return found
        return self.named(address)

    def named(self, address: str) -> str | None:
        """Return the one page whose own address ends as `address` does, capitals apart; None for none or many."""
        ending = posixpath.normpath(_route(address.strip("/"))).lstrip("./")  # Without all `../` at its beginning.
        near = self._by_name.get(ending.rpartition("/")[2], ())
        found = [path for path in near if f"/{_route(path)}".endswith(f"/{ending}")]
        if not found and "/" not in ending:
            found = list(near)
        return found[0] if len(found) == 1 else None

    def candidates(self, address: str, path: str) -> Sequence[str]:
        """Return the paths that `address` may mean: from the page, as if the page were a folder, and from the root."""
        folder = posixpath.dirname(path)
        bare = address.strip("/") if address.startswith("/") else address.rstrip("/")
        below = (folder, posixpath.join(folder, "x")) if not address.startswith("/") else ()
        roots = ("", "content", "docs", "static", "content/runbooks", "assets", "docs/assets")
        paths = [posixpath.normpath(posixpath.join(each, bare)) for each in (*below, *roots)]
        return [each for each in dict.fromkeys(paths) if not each.startswith("..")]


def _anchor_here(anchor: str, here: NewPlace) -> str:
    """Return the new form of an anchor of the page itself; the first new one where it has none, such as for `#top`."""
    known = here.anchors.get(anchor, here.anchors.get(anchor.lower(), ""))
    return known or next(filter(None, here.anchors.values()), "")


def _relative(target: str, file: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(file) or ".").replace(" ", "%20")


def _route(path: str) -> str:
    """Return the address that a page has elsewhere: its path in small letters, without ending and index."""
    bare = _ENDING.sub("", path).lower().replace(" ", "-")
    folder, _, name = bare.rpartition("/")
    return folder if name in ("_index", "index", "readme") and folder else bare


def _as_text(words: str, target: str) -> str:
    return f"{words} (`{target}`)" if words.strip() else f"`{target}`"
