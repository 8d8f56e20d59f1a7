"""Choose what browsers keep of a site, and write the service worker that keeps it.

Those are the pages that somebody needs while something is broken, all that these pages load, and the search.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opsbook import web
from opsbook.assembly.kinds import NODE_KINDS
from opsbook.offline.addresses import addresses
from opsbook.offline.disk import INDEX, SEARCH, DiskSite

WORKER = "sw.js"
"""The path of the worker: it has the pages in its own folder, so it stands at the top."""
NEEDED = ("runbook", "alert", "service", "drawing")
"""The kinds of nodes whose pages are kept."""
_HASH = 16
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_STYLED = re.compile(r"url\(\s*+[\"']?([^\"'()\s]+)")
_WORKERS = "assets/javascripts/workers/"
_WORDS = "assets/javascripts/lunr/"
_OF_LANGUAGES = {"ja": ("tinyseg.js",), "th": ("wordcut.js",), "hi": ("wordcut.js",)}


@dataclass(frozen=True)
class KeptSite:
    """What browsers keep of a site: the hash of each file by its address, and how much that is."""

    files: Mapping[str, str]
    size: int = 0
    sent: int = 0
    """The size as a server sends it, compressed."""

    @property
    def worker(self) -> str:
        """Return the text of the worker."""
        listed = json.dumps(self.files, sort_keys=True)
        return web.service_worker(self.files, hashlib.sha256(listed.encode()).hexdigest()[:_HASH])


def kept_site(site: Path) -> KeptSite:
    """Return what browsers keep of the built site in the folder `site`."""
    there = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    pages = [name for name in sorted(there) if name.endswith(".html") and _is_needed(name)]
    names = dict.fromkeys((*pages, *_parts(pages, there), *_search(there)))
    files, size, sent = {}, 0, 0
    for name in names:
        content = there[name].read_bytes()
        address = name.removesuffix(INDEX) if posixpath.basename(name) == INDEX else name
        files[address] = hashlib.sha256(content).hexdigest()[:_HASH]
        size += len(content)
        sent += len(zlib.compress(content))
    return KeptSite(dict(sorted(files.items())), size, sent)


def _is_needed(name: str) -> bool:
    """Return whether the page `name` is kept: one of the needed kinds, in any language, and the home page."""
    folders = {posixpath.dirname(NODE_KINDS[kind].index or "") for kind in NEEDED}
    parts = name.split("/")
    if len(parts) > 1 and _LANGUAGE.fullmatch(parts[0]):
        parts = parts[1:]
    return parts == [INDEX] or parts[0].removesuffix(".html") in folders


def _parts(pages: list[str], there: Mapping[str, Path]) -> Iterator[str]:
    """Yield the files that `pages` load, those of their style sheets too."""
    sheets = set()
    for page in pages:
        for tag, _, address in addresses(there[page].read_text("utf-8", "replace")):
            name = _resolved(address, page)
            if tag not in ("a", "area") and name in there and not name.endswith(".html"):
                yield name
                sheets |= {name} if name.endswith(".css") else set()
    for sheet in sorted(sheets):
        found = (_resolved(each[1], sheet) for each in _STYLED.finditer(there[sheet].read_text("utf-8", "replace")))
        yield from (name for name in found if name in there)


def _resolved(address: str, name: str) -> str:
    """Return the file of the site that `address` names in the file `name`; something that is no file for all else."""
    path = DiskSite.path_of(address)
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else ""


def _search(there: Mapping[str, Path]) -> Iterator[str]:
    """Yield the files of the search: the index, the workers, and what those load for the languages of the site."""
    languages = _languages(there[SEARCH].read_text("utf-8")) if SEARCH in there else []
    wanted = {"lunr.stemmer.support.min.js", "lunr.multi.min.js"} if languages else set()
    for language in languages:
        wanted |= {f"lunr.{language}.min.js", *_OF_LANGUAGES.get(language, ())}
    for name in sorted(there):
        is_script = name.startswith(_WORKERS) and name.endswith(".js")
        is_of_words = name.startswith(_WORDS) and posixpath.basename(name) in wanted
        if name.startswith("search/") or is_script or is_of_words:
            yield name


def _languages(index: str) -> list[str]:
    """Return the languages of an index of the theme's, but for English, which the search knows by itself."""
    try:
        said = json.loads(index)["config"]["lang"]
    except (ValueError, KeyError, TypeError):
        return []
    return [each for each in said if isinstance(each, str) and each != "en"] if isinstance(said, list) else []
