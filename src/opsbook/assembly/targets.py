"""Find where the links of hand-written Markdown lead: what works in the repository works on the site, or is a problem.

A link names a file, from the folder of the file that it stands in. On the site, a runbook may have another folder, the
hand-written pages are no longer in a folder of their own, and what is no page or attachment is missing.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from opsbook.problems import Problem, Severity
from opsbook.source.links import Link, page_links

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/#?]|$")
_PATH = re.compile(r"[^#?]*")


@dataclass(frozen=True)
class Targets:
    """What a link can lead to. Paths of files begin at the root of the repository, those of the site at its own."""

    pages: Mapping[str, str]
    """The source address of each page, by the file that it is made of."""
    files: Collection[str]
    """The paths on the site of everything that it holds."""
    docs: str = "docs"
    """The folder of the hand-written pages."""

    def found(self, file: str, target: str) -> str | None:
        """Return the path on the site to which `target` leads in the file `file`; None where there is nothing."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(_path(target))))
        if path in self.pages:
            return self.pages[path]
        below = path.removeprefix(f"{self.docs}/")
        return next((each for each in (below, path) if each in self.files), None)

    def rewritten(self, markdown: str, file: str, page: str) -> str:
        """Return `markdown`, which is written in `file`, with its links as they are on the page `page`.

        Links that already lead to something from there, or nowhere, stay.
        """
        for link in reversed(page_links(markdown)):
            new = self._on_page(link, file, page)
            markdown = markdown[: link.start] + new + markdown[link.end :] if new else markdown
        return markdown

    def missing(self, link: Link) -> str:
        """Return that `link` leads to nothing, and what to do about it."""
        path = unquote(_path(link.target))
        return f"the site has no {'picture' if link.image else 'file'} `{path}`; {_instead(self, path)}"

    def _on_page(self, link: Link, file: str, page: str) -> str | None:
        if _ELSEWHERE.match(link.target):
            return None
        plain = _path(link.target)
        here = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(plain)))
        found = self.found(file, link.target)
        if found is None or found == here or (file != page and here in self.files and plain.endswith(".md")):
            return None
        return quote(posixpath.relpath(found, posixpath.dirname(page))) + link.target[len(plain) :]


def target_warnings(targets: Targets, sources: Iterable[tuple[str, Iterable[Link]]]) -> Iterator[Problem]:
    """Yield a warning for each link of `sources`, files with their links, that leads to no file of the site."""
    for file, links in sources:
        for link in links:
            path = _path(link.target)
            is_other = _ELSEWHERE.match(link.target) or "{{" in path or path.endswith(("/", "..", "."))
            if not is_other and not targets.found(file, link.target):
                yield Problem(file, link.line, link.column, targets.missing(link), Severity.WARNING)


def _instead(targets: Targets, path: str) -> str:
    """Return what to do about the link `path`, which leads to nothing."""
    ending = posixpath.splitext(path)[1]
    names = {posixpath.basename(each) for each in (*targets.files, *targets.pages) if each.endswith(ending)}
    wanted = posixpath.basename(path)
    near = difflib.get_close_matches(wanted, sorted(names - {wanted}), n=1, cutoff=0.7)
    places = f"allowed: a page or a file below {targets.docs}/, or a picture or text beside a runbook or post-mortem"
    return f"did you mean `{near[0]}`?" if near else places


def _path(target: str) -> str:
    found = _PATH.match(target)
    return found[0] if found else ""
