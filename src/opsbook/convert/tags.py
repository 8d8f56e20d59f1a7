"""Write Markdown in place of the HTML tags that lists from elsewhere hold, line by line."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_TAG = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^`]*(?P=ticks)(?!`))"
    r"|(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<more>(?:\s[^<>]*)?)/?>"
)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>[A-Za-z-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_DROPPED = frozenset(
    (
        *("p", "div", "span", "center", "em", "i", "b", "strong", "u", "s", "small", "big", "font", "sub", "sup"),
        *("abbr", "section", "article", "main", "header", "footer", "nav", "figure", "figcaption", "picture"),
        *("source", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "dl", "dt", "dd", "mark"),
        *("kbd", "ins", "del", "q", "cite", "var", "samp", "time", "hr", "colgroup", "col", "blockquote", "label"),
        *("form", "button", "html", "body", "head", "meta", "link", "title", "script", "style", "video", "audio"),
        *("iframe", "object", "embed", "a", "h1", "h2", "h3", "h4", "h5", "h6", "li", "img", "input", "code"),
        *("pre", "br", "details", "summary", "address", "caption", "bdi", "bdo", "dfn", "wbr", "tt"),
    )
)
_HEADING = re.compile(r"h(?P<level>[1-6])$")


def plain_line(text: str) -> str:
    """Return `text` from elsewhere, which may hold HTML, as Markdown."""
    return ForeignTags().replaced(_without_comments(text)) if "<" in text else text


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start + 4)
        at = len(text) if end < 0 else end + 3
    return "".join([*parts, text[at:]])


@dataclass
class ForeignTags:
    """The tags that are open; a link or code may end on a later line."""

    links: list[str] = field(default_factory=list)

    def replaced(self, line: str) -> str:
        """Return `line` with Markdown in place of its tags."""
        return _TAG.sub(self.tag, line)

    def tag(self, match: re.Match[str]) -> str:
        """Return what stands for one tag."""
        if match["code"] is not None:
            return match.group()
        name, is_end = match["name"].lower(), bool(match["end"])
        if name in ("details", "summary"):
            return f"<{match['end']}{name}>"
        if name not in _DROPPED:
            return match.group()
        if name == "a":
            return self.link(match, is_end)
        if name == "img" and not is_end:
            return _picture(_attributes(match["more"]))
        if name == "br":
            return "<br>"
        if name == "code":
            return "`"
        if name == "input" and "checkbox" in match["more"]:
            return "[x] " if "checked" in match["more"] else "[ ] "
        if heading := _HEADING.match(name):
            return "" if is_end or match.string[: match.start()].strip() else "#" * int(heading["level"]) + " "
        return "- " if name == "li" and not is_end else ""

    def link(self, match: re.Match[str], is_end: bool) -> str:
        """Return what stands for the beginning or the end of a link; one that leads nowhere is its text."""
        if is_end:
            url = self.links.pop() if self.links else ""
            return f"]({url})" if url else ""
        self.links.append(_attributes(match["more"]).get("href", "").replace(" ", "%20"))
        return "[" if self.links[-1] else ""


def _attributes(text: str) -> Mapping[str, str]:
    return {
        found["name"].lower(): html.unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in _ATTRIBUTE.finditer(text)
    }


def _picture(attributes: Mapping[str, str]) -> str:
    source = attributes.get("src", "").replace(" ", "%20")
    return f"![{attributes.get('alt', '')}]({source})" if source else ""
