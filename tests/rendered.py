"""The structure of rendered HTML as text, in which what two renderers write differently for the same thing is alike."""

from __future__ import annotations

import re
from html.parser import HTMLParser

EMPTY = frozenset({"br", "hr", "img", "input"})
FRAMES = frozenset({"div", "label", "section", "span", "sup", "tbody", "thead"})
_BLOCK = r"</?(?:ul|ol|li|table|tr|td|th|blockquote|h\d|pre|hr|details|summary|br|input)\b[^>]*>"
_NOTES = re.compile(r'<hr>\s*(?=<ol>\s*<li id="fn)')


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.opened: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the tags that mean something, with the attributes that do."""
        in_code = tag == "code" and any(name == "pre" for name, _ in self.opened)
        shown = "" if tag in FRAMES or in_code else "¶" if tag == "p" else f"<{_said(tag, dict(attrs))}>"
        self.parts.append(shown)
        if tag not in EMPTY:
            self.opened.append((tag, "¶" if tag == "p" else f"</{tag}>" if shown else ""))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those inside of it that were left open."""
        while tag not in EMPTY and self.opened:
            name, shown = self.opened.pop()
            self.parts.append(shown)
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Write text."""
        self.parts.append(data)


def _said(tag: str, attributes: dict[str, str | None]) -> str:
    values: dict[str, list[str | None]] = {
        "a": [(attributes.get("href") or "").replace("#fn:", "#fn-").replace("#fnref:", "#fnref-")],
        "img": [attributes.get("src")],
        "input": ["checked" if "checked" in attributes else "open"],
        "ol": [f"from {attributes['start']}"] if attributes.get("start", "1") != "1" else [],
        "td": [attributes.get("align")],
        "th": [attributes.get("align")],
    }
    return " ".join([tag, *(value for value in values.get(tag, []) if value)])


def outline(html: str) -> str:
    """Return the structure of `html`; whether an item of a list holds paragraphs or bare text counts for nothing."""
    parser = _Outline()
    parser.feed(_NOTES.sub("", html))
    text = re.sub(r"\s+", " ", "".join(parser.parts))
    text = re.sub(r"\s*¶[¶\s]*", "¶", text)
    text = re.sub(rf"\s*({_BLOCK})\s*", r"\1", text)
    text = re.sub(rf"¶?({_BLOCK})¶?", r"\1", text)
    return re.sub(rf"¶?({_BLOCK})¶?", r"\1", text).strip("¶ ")
