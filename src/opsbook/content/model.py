"""Define a check of the content, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from opsbook.content.settings import FILE, ContentSettings
from opsbook.graph import Graph
from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.yaml_tree import SnippetDocument, parse_documents
from opsbook.source.markdown import Markdown
from opsbook.source.sitefile import SiteFile
from opsbook.source.tree import YamlDocument


@dataclass(frozen=True)
class HandbookContent:
    """A handbook as the checks of its content see it.

    `pages` are the hand-written pages, runbooks and post-mortems, `blocks` the fenced blocks in them, and `files` the
    YAML files beside them, such as rules, each as one block that begins on its first line.
    """

    root: Path
    site: SiteFile
    graph: Graph
    today: date
    pages: tuple[Markdown, ...] = ()
    blocks: tuple[Snippet, ...] = ()
    files: tuple[Snippet, ...] = ()
    settings: ContentSettings = field(default_factory=ContentSettings)
    settings_file: YamlDocument = field(default_factory=lambda: YamlDocument(FILE, {}, {}, {}))
    """The places of `settings`."""

    @cached_property
    def documents(self) -> tuple[SnippetDocument, ...]:
        """Return the documents of all blocks and files in YAML or JSON, as far as they can be read."""
        in_yaml = (block for block in self.blocks if block.language in ("yaml", "yml", "json"))
        return tuple(document for each in (*self.files, *in_yaml) for document in parse_documents(each)[0])


@dataclass(frozen=True)
class ContentCheck:
    """A check of the content.

    `looks_at` says in a sentence what it holds to what, and `reason` why that matters to a reader of the handbook.
    `find` yields what is wrong as `what is wrong; what is right`; the name of the check is added to each message.
    """

    name: str
    looks_at: str
    reason: str
    find: Callable[[HandbookContent], Iterable[Problem]]
