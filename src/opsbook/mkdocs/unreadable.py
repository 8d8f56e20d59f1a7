"""Take the address of a link away that is none: MkDocs ends in a traceback on it.

It takes every address apart to find the page behind it, and Python's function raises on brackets around what is no
IPv6 address: https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L420. The place of the link is told
by the checks of the file.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from opsbook.source.web_address import split_address

ADDRESSES = {"a": "href", "img": "src"}
"""The attributes that MkDocs takes apart, by their elements."""


class UnreadableAddresses(Treeprocessor):
    """Runs before the step of MkDocs that follows the links of a page."""

    def run(self, root: Element) -> None:
        """Make text of each link and picture whose address cannot be taken apart."""
        for element in root.iter():
            attribute = ADDRESSES.get(element.tag) if isinstance(element.tag, str) else None
            if attribute and split_address(element.get(attribute, "")) is None:
                text, tail = element.get("alt", element.text), element.tail
                below = list(element)
                element.clear()
                element.tag, element.text, element.tail = "span", text, tail
                element.extend(below)
