"""Turn a built site into one that a browser opens from a disk, where a folder has no page and scripts load no data.

A link to a folder becomes one to the page in it. The search gets its index as a script, and a stand-in for the worker
that browsers refuse a file. Any engine may have built the site; what is looked for is of Material's theme.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from opsbook.offline.addresses import attributes, tags, with_changed_addresses
from opsbook.source.web_address import split_address

INDEX = "index.html"
SEARCH = "search/search_index.json"
SEARCH_SCRIPT = "search/search_index.js"
"""Where the theme looks for the index of the search on a page that is a file, as the variable `__index`.
https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/plugins/offline/plugin.py#L53
"""
_BUNDLE = re.compile(r"<script src=\"?[^\s\"<>]*assets/javascripts/bundle\b")


@dataclass(frozen=True)
class DiskSite:
    """The files of a built site, by path, and what is found out about it from its home page."""

    files: Collection[str]
    host: str = ""
    root: str = "/"
    """The path of the site on its host."""
    shim: str = ""
    """The path of the script that stands in for workers."""
    folders: frozenset[str] = field(default=frozenset(), compare=False)

    @classmethod
    def of(cls, files: Collection[str], home: str, shim: str) -> DiskSite:
        """Return the site with `files`, whose home page has the HTML `home`."""
        said = (attributes(tag) for tag in tags(home) if tag[1].lower() == "link")
        canonical = next((each.get("href", "") for each in said if each.get("rel", "").lower() == "canonical"), "")
        parts = split_address(canonical)
        path = parts.path if parts else ""
        folders = frozenset(posixpath.dirname(file) for file in files if posixpath.basename(file) == INDEX)
        return cls(files, parts.netloc if parts else "", path[: path.rfind("/") + 1] or "/", shim, folders)

    @staticmethod
    def path_of(address: str) -> str:
        """Return the path of an `address` in the site that is written from a page; an empty text for any other."""
        parts = split_address(address)
        return unquote(parts.path) if parts and not parts.scheme and not parts.netloc else ""

    def page(self, text: str, name: str) -> str:
        """Return the HTML `text` of the page `name` as it works from a disk."""
        depth = name.count("/")

        def change(tag: str, attribute: str, address: str) -> str:
            del attribute
            return self.address(address, name, is_link=tag in ("a", "area"))

        text = with_changed_addresses(text, change)
        found = _BUNDLE.search(text)
        if found and self.shim and "iframe-worker" not in text[: found.start()]:
            at = found.start()
            text = f'{text[:at]}<script src="{"../" * depth}{html.escape(self.shim)}"></script>{text[at:]}'
        return text

    def address(self, address: str, name: str, *, is_link: bool = True) -> str:
        """Return the address of the file that `address` leads to from the page `name`; any other stays as it is."""
        parts = split_address(address)
        if parts is None or (parts.scheme and parts.scheme not in ("http", "https")):
            return address
        if parts.netloc and not (is_link and self.host and parts.netloc == self.host):
            return address
        path = unquote(parts.path)
        if not parts.netloc and not path:
            return address
        if parts.netloc or path.startswith("/"):
            path = path or "/"
            if not f"{path}/".startswith(self.root):
                return address
            path = path[len(self.root) :]
        else:
            path = posixpath.join(posixpath.dirname(name), path)
        file = self._file(path)
        if file is None or (file == posixpath.normpath(path) and not parts.netloc and not parts.path.startswith("/")):
            return address
        new = quote(posixpath.relpath(file, posixpath.dirname(name) or "."))
        query = f"?{parts.query}" if parts.query else ""
        return f"{new}{query}{f'#{parts.fragment}' if parts.fragment else ''}"

    def _file(self, path: str) -> str | None:
        """Return the file that a server gives for `path`; None where there is none."""
        plain = posixpath.normpath(path) if path else ""
        plain = "" if plain == "." else plain
        if plain in self.folders:
            return posixpath.join(plain, INDEX)
        return plain if plain in self.files and not path.endswith("/") else None

    def search_script(self, index: str) -> str:
        """Return the script that hands the search its `index`, which is JSON, with the addresses of files.

        What is no index of the theme's stays as it is.
        """
        try:
            tree = json.loads(index)
        except ValueError:
            return f"var __index = {index}"
        for entry in tree.get("docs", ()) if isinstance(tree, Mapping) else ():
            if isinstance(entry, dict) and isinstance(location := entry.get("location"), str):
                entry["location"] = self.address(location or "./", INDEX)
        return f"var __index = {json.dumps(tree, ensure_ascii=False, separators=(',', ':'))}"
