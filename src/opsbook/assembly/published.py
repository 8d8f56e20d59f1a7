"""Hold what a site publishes together: who claims an address, and whether what the files link to is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from opsbook.assembly.addresses import address_problems, other_files
from opsbook.assembly.attachments import attached_paths, picture_problems
from opsbook.assembly.kinds import KINDS
from opsbook.assembly.mermaid import mermaid_problems
from opsbook.assembly.parts import finished_site
from opsbook.assembly.site import Site
from opsbook.assembly.targets import Targets, target_warnings
from opsbook.graph import Graph
from opsbook.nouns.kind import WrittenText
from opsbook.nouns.page.load import written_files
from opsbook.problems import Problem
from opsbook.source.files import MARKDOWN, shown_path
from opsbook.source.guard import reading
from opsbook.source.links import Link
from opsbook.source.markdown import parse_markdown
from opsbook.source.sitefile import SiteFile
from opsbook.source.text import read_text


@dataclass(frozen=True)
class Published:
    """What the repository `root` publishes. `written` are the files in `docs`, the folder of the hand-written pages."""

    root: Path
    docs: str
    graph: Graph
    site: Site
    written: Sequence[str]
    draws_mermaid: bool = False
    """Whether the site has a Mermaid of its own."""
    in_folders: bool = True
    """Whether each page is served as a folder."""

    @classmethod
    def of(cls, root: Path, docs: Path, graph: Graph, settings: SiteFile) -> Published:
        """Return what the repository `root` publishes with its `settings`. Raises ProblemsError as `finished_site`."""
        site, written = finished_site(graph, settings), written_files(docs, settings)
        return cls(root, shown_path(docs, root), graph, site, written, settings.draws_mermaid, settings.in_folders)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Return the paths of the files of the site that are neither pages nor made of the graph by a page function."""
        return (*other_files(self.graph), *attached_paths(self.root))

    @cached_property
    def targets(self) -> Targets:
        """Return what the links of a file may lead to."""
        owners = {page.path: self.site.owners[page.path] for page in self.site.pages}
        owned = {file: path for path, file in owners.items() if file.endswith(".md") and path.endswith(".md")}
        pages = {f"{self.docs}/{page.source}": page.path for page in self.site.pages if page.source}
        made = (*(page.path for page in self.site.pages), *(asset.path for asset in self.site.assets))
        files = {*made, *self.others, *self.written}
        return Targets({**owned, **pages}, files, self.docs)

    def on_page(self, markdown: str, page: str) -> str:
        """Return `markdown`, that of the page `page`, with the links of the file behind it as they are on the site."""
        return self.targets.rewritten(markdown, self._files.get(page) or f"{self.docs}/{page}", page)

    @cached_property
    def _files(self) -> Mapping[str, str]:
        """Return the file behind each page that is made of one."""
        return {page: file for file, page in self.targets.pages.items()}

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with addresses, with pictures beside runbooks and with blocks of Mermaid."""
        attached = attached_paths(self.root)
        others = {path: path if path in attached else "opsbook" for path in self.others}
        yield from address_problems(self.site, others, self.written, self.docs, in_folders=self.in_folders)
        yield from picture_problems(self.root)
        if not self.draws_mermaid:
            yield from mermaid_problems(self.root, self._pages())

    def link_warnings(self) -> Iterator[Problem]:
        """Yield a warning for each link of a file of Markdown to what is not there, as far as is known without a build.

        Another plugin may make the file in a build.
        """
        yield from target_warnings(self.targets, self._links())

    @cached_property
    def _texts(self) -> tuple[WrittenText, ...]:
        """Return the files of Markdown of which the nouns make pages."""
        return tuple(text for kind in KINDS for text in kind.texts(self.graph))

    def _pages(self) -> Iterator[str]:
        """Yield the Markdown files of the site once, those that no noun has read among them."""
        written = (f"{self.docs}/{path}" for path in self.written if path.endswith(MARKDOWN))
        yield from dict.fromkeys((*(text.file for text in self._texts), *written))

    def _links(self) -> Iterator[tuple[str, Iterable[Link]]]:
        for text in self._texts:
            told: list[Problem] = []  # By the loader of the file.
            with reading(text.file, told):
                yield text.file, text.links if text.links is not None else self._read(text.file)

    def _read(self, file: str) -> Iterable[Link]:
        return parse_markdown(read_text(self.root / file, file), file).links
