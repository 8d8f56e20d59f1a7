"""Render the Markdown of somebody else's description as harmless HTML on one line.

HTML in it stays text, a link leads to a web address or nowhere, an image becomes its alternative text, and a heading
becomes a bold line, since the headings of the page are its own.
"""

from __future__ import annotations

import functools
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_SAFE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_HEADING = re.compile(r"h[1-6]")


def description(text: str) -> Markup:
    """Return `text` rendered as paragraphs, lists, tables and code.

    >>> str(description("*a* <b> [x](javascript:y)"))
    '<p><em>a</em> &lt;b&gt; <a>x</a></p>'
    """
    if not text.strip():
        return Markup("")
    html = _renderer().reset().convert(text)
    return Markup(html.replace("\n", "&#10;"))  # noqa: S704 - made by a renderer that knows no HTML


def one_paragraph(text: str) -> Markup:
    """Return `text` rendered without the `<p>` around it where it is a single paragraph, else as `description` does."""
    html = description(text)
    inside = html.removeprefix("<p>").removesuffix("</p>")
    return html if "<p>" in inside or not html.startswith("<p>") else Markup(inside)  # noqa: S704 - as above


class _Harmless(Treeprocessor):
    """Remove links to anything but web addresses, and turn images and headings into text."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and not _SAFE.match(element.get("href", "")):
                element.attrib.clear()
            elif element.tag == "img":
                element.tag, element.text = "span", element.get("alt", "")
                element.attrib.clear()
            elif _HEADING.fullmatch(element.tag):
                _make_strong(element)


def _make_strong(heading: Element) -> None:
    strong = Element("strong")
    strong.text, strong[:] = heading.text, list(heading)
    heading.tag, heading.text, heading[:] = "p", "", [strong]


class _WithoutHtml(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        # https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/preprocessors.py#L41
        # https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/inlinepatterns.py#L91
        # The manual advises this in place of `safe_mode`, but documents neither these two names nor the priorities of
        # `inline` (20) and `prettify` (10), between which the tree is cleaned.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Harmless(md), "harmless", 15)


@functools.cache
def _renderer() -> Markdown:
    return Markdown(extensions=["fenced_code", "sane_lists", "tables", _WithoutHtml()])
