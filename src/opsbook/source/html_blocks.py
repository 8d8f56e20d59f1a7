"""Let the Markdown inside of a block of HTML be read, where CommonMark reads it: below an empty line."""

from __future__ import annotations

import re
from collections.abc import Sequence

_READ = frozenset(("article", "aside", "center", "details", "div", "figure", "footer", "header", "main", "section"))
"""The elements whose content may be Markdown. In a table, Python-Markdown reads none."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_NEVER_CLOSED = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)
_MARKED = re.compile(r"\smarkdown(?=[\s=/]|$)", re.IGNORECASE)


def with_markdown(lines: Sequence[str]) -> list[str]:
    """Return `lines`, a block of HTML before an empty line, whose tags that stay open say that they hold Markdown.

    >>> with_markdown(["<details>", "<summary>More</summary>"])
    ['<details markdown="1">', '<summary>More</summary>']
    """
    text = "\n".join(lines)
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if tag["end"]:
            at = next((at for at in range(len(opened) - 1, -1, -1) if opened[at]["name"].lower() == name), None)
            opened = opened[:at]
        elif name not in _NEVER_CLOSED and not tag["rest"].endswith("/"):
            opened.append(tag)
    if any(tag["name"].lower() not in _READ for tag in opened):
        return list(lines)
    for tag in reversed(opened):
        if not _MARKED.search(tag["rest"]):
            text = f'{text[: tag.end("rest")]} markdown="1"{text[tag.end("rest") :]}'
    return text.split("\n")
