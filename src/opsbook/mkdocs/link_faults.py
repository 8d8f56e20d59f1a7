"""Say where the links stand of which MkDocs says that they lead nowhere: it names the page and not the line."""

from __future__ import annotations

import posixpath
import re
from collections import Counter

from opsbook.assembly.published import Published
from opsbook.problems import Problem
from opsbook.source.links import Link
from opsbook.source.markdown import parse_markdown
from opsbook.source.text import read_text

_SAID = re.compile(r"^Doc file '(?P<path>[^']*)' (?P<what>.*)$", re.DOTALL)
_LINK = re.compile(r"link '(?P<url>[^']*)'")
_MISSING = "is not found among documentation files"


class LinkFaults:
    """What MkDocs says of the links of one build, as problems in the files that people write."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.pages = {page.path: page for page in published.site.pages}
        self.times: Counter[str] = Counter()

    def problem(self, said: str) -> Problem | None:
        """Return what MkDocs `said` of a page as a problem at the link; None where it is of something else."""
        found = _SAID.match(said)
        if not found:
            return None
        url = _LINK.search(said)
        name = self._file(found["path"])
        link = self._link(name, url["url"] if url else "", self.times[said])
        self.times[said] += 1
        line, column = (link.line, link.column) if link else (0, 0)
        if link and _MISSING in said:
            targets = self.published.targets
            taken = f"`{link.target}` is no page of the site any more: another plugin has taken it away"
            return Problem(name, line, column, taken if targets.found(name, link.target) else targets.missing(link))
        return Problem(name, line, column, " ".join(found["what"].split()).rstrip("."))

    def retold(self, said: str) -> str:
        """Return what MkDocs `said`, with the place if it is of a link."""
        problem = self.problem(said)
        return str(problem) if problem else said

    def _file(self, path: str) -> str:
        """Return the file that the page `path` is written in, as messages call it."""
        page = self.pages.get(path)
        if page and not page.source:
            return self.published.site.owners.get(path, path)
        return f"{self.published.docs}/{page.source if page else path}"

    def _link(self, name: str, url: str, at: int) -> Link | None:
        """Return the link `url` in the file `name`, from 0 the one `at` its place among those of this target.

        None where it is not found, since it comes from a macro or from another file.
        """
        file = self.published.root / name
        if not url or not file.is_file():
            return None
        links = parse_markdown(read_text(file, name), name).links
        found = [link for link in links if link.target == url]
        found = found or [link for link in links if posixpath.basename(link.target) == posixpath.basename(url)]
        return found[min(at, len(found) - 1)] if found else None
