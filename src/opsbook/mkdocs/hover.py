"""Extend Python-Markdown: keep only the first mark of each abbreviation that `abbr` marks on a page.

Headings and links keep none. The remaining marks can be reached by the keyboard, which shows their meaning as the
mouse does.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/extensions/abbr.py#L86
# https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/extensions/toc.py#L511
# An extension can be told to come before or after another one by such a number alone, and these two are not documented.
PRIORITY = 6
"""After `abbr` (7), and before `toc` (5) reads the headings."""
_PLAIN = frozenset({"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary"})


class FirstOnly(Treeprocessor):
    """Removes marks that repeat an abbreviation."""

    def run(self, root: Element) -> None:
        """Remove the marks below `root`, except the first of each abbreviation."""
        self._visit(root, set(), is_plain=False)

    def _visit(self, element: Element, seen: set[str], *, is_plain: bool) -> None:
        for child in list(element):
            if child.tag == "abbr" and child.get("title"):
                self._judge(element, child, seen, is_plain=is_plain)
            else:
                self._visit(child, seen, is_plain=is_plain or child.tag in _PLAIN)

    def _judge(self, parent: Element, mark: Element, seen: set[str], *, is_plain: bool) -> None:
        title = mark.get("title", "")
        if is_plain or title in seen:
            _unwrap(parent, mark)
        else:
            seen.add(title)
            mark.set("tabindex", "0")


def _unwrap(parent: Element, mark: Element) -> None:
    """Replace `mark` by its text."""
    text = (mark.text or "") + (mark.tail or "")
    index = list(parent).index(mark)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(mark)


class HoverExtension(Extension):
    """Registers the processor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the processor between `abbr` and `toc`."""
        md.treeprocessors.register(FirstOnly(md), "opsbook-hover", PRIORITY)


def makeExtension(**settings: Any) -> HoverExtension:  # noqa: N802 - the name that Markdown looks for
    """Return the extension, which Markdown finds by the name of this module."""
    return HoverExtension(**settings)
