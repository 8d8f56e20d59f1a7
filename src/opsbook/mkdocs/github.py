"""Extend Python-Markdown by what GitHub reads besides: its lists and blocks, bare addresses and text struck through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from opsbook.mkdocs.unreadable import UnreadableAddresses
from opsbook.source.block_writer import NOTHING
from opsbook.source.commonmark import as_github_reads

NAME = "opsbook.mkdocs.github"

_STRUCK = r"(?<!~)(~{1,2})(?=[^\s~])([^\n~]*[^\s~])\1(?!~)"
# https://github.github.com/gfm/#autolinks-extension-
# With U+0002, Markdown begins what stands for text that it has read already.
_BARE = r"(?<![A-Za-z0-9@/._-])(?P<address>(?P<scheme>https?://)(?=[A-Za-z0-9])[^\s<>\x02]+|www\.[A-Za-z0-9-]+\.[^\s<>\x02]+)"
_MAIL = r"(?<![\w.+/:-])(?P<mail>[\w.+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z0-9_-]*[A-Za-z0-9])(?![\w@-])"
_HOST = re.compile(r"[A-Za-z0-9_.-]+(?::\d+)?(?=[/?#]|$)")
_AFTER = re.compile(r"(?:[?!.,:*_~'\"]|&[A-Za-z0-9]+;)$")
_NOTHING = re.compile(f"<p>{NOTHING}</p>\n?|{NOTHING}")
# Before fenced blocks (25) and raw HTML (20), behind the expansion of tabs (30) and of snippets (32):
# https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/preprocessors.py#L39
# https://github.com/facelessuser/pymdown-extensions/blob/12.3/pymdownx/superfences.py#L328
_BEFORE_FENCES = 26
_BEHIND_LINKS = 70
# https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L519
_BEFORE_MKDOCS = 1


class GithubBlocks(Preprocessor):
    """The first step of a page."""

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` in the form in which they make the blocks that GitHub shows."""
        return as_github_reads("\n".join(lines)).split("\n")


class BareAddress(InlineProcessor):
    """Makes a link of an address of the web that stands in a text as it is."""

    ANCESTOR_EXCLUDES: ClassVar[Sequence[str]] = ("a",)

    # The base class says less than Markdown takes, which is None for no match at all.
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's own name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the link, and where in `data` it stands; None where the address has no host."""
        text = _without_what_follows(m["address"])
        if not _HOST.match(text.removeprefix(m["scheme"] or "")):
            return None, None, None
        return _link(text if m["scheme"] else f"http://{text}", text), m.start(), m.start() + len(text)


class BareMail(InlineProcessor):
    """Makes a link of an address of a mailbox that stands in a text as it is."""

    ANCESTOR_EXCLUDES: ClassVar[Sequence[str]] = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown's own name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        """Return the link, and where in `data` it stands."""
        return _link(f"mailto:{m['mail']}", m["mail"]), m.start(), m.end()


def _link(target: str, text: str) -> Element:
    link = Element("a", {"href": target})
    link.text = text
    return link


def _without_what_follows(address: str) -> str:
    """Return `address` without the signs at its end that belong to the sentence."""
    while True:
        if found := _AFTER.search(address):
            address = address[: found.start()]
        elif address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        else:
            return address


class Nothing(Postprocessor):
    """Takes out what kept two lists apart, and what filled an empty item."""

    def run(self, text: str) -> str:
        """Return `text` without the paragraphs that stand between two lists, and without the fillings."""
        return _NOTHING.sub("", text)


class GithubExtension(Extension):
    """Registers the steps."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the steps in their places among those of Markdown."""
        md.preprocessors.register(GithubBlocks(md), "opsbook-blocks", _BEFORE_FENCES)
        md.inlinePatterns.register(BareAddress(_BARE, md), "opsbook-address", _BEHIND_LINKS)
        md.inlinePatterns.register(BareMail(_MAIL, md), "opsbook-mail", _BEHIND_LINKS - 1)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "opsbook-struck", _BEHIND_LINKS - 2)
        md.postprocessors.register(Nothing(md), "opsbook-nothing", 0)
        md.treeprocessors.register(UnreadableAddresses(md), "opsbook-unreadable", _BEFORE_MKDOCS)


def makeExtension(**settings: Any) -> GithubExtension:  # noqa: N802 - the name that Markdown looks for
    """Return the extension, which Markdown finds by the name of this module."""
    return GithubExtension(**settings)
