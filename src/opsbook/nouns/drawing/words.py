"""Turn the label of a script into an id, into one line, or into short lines that fit under an icon."""

from __future__ import annotations

import re
import sys
import textwrap
import unicodedata
from html.entities import name2codepoint

LINE_LENGTH = 18
_TAG = re.compile(r"<[^<>]*>")
_ENTITY = re.compile(r"&(?:(?P<name>[A-Za-z]\w{1,7})|#(?P<decimal>\d{1,7})|#[xX](?P<hex>[\da-fA-F]{1,6}));", re.ASCII)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def node_id(text: str) -> str:
    """Return `text` as a kebab-case id.

    >>> node_id("Orders & payments (v2)")
    'orders-payments-v2'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "node"


def collapse_space(text: str) -> str:
    """Return `text` with each run of white space replaced by one blank."""
    return " ".join(text.split())


def label_text(label: str) -> str:
    r"""Return a label as text: Graphviz escapes such as `\n` and HTML-like labels become lines, entities characters.

    >>> label_text("<<b>Shop</b><br/>[Java &amp; Spring]>")
    'Shop\n[Java & Spring]'
    >>> label_text("R&amp;D, &#xA9; &nothing; & co")
    'R&D, \xa9 &nothing; & co'
    """
    if label.startswith("<") and label.endswith(">") and len(label) > 2:
        label = _TAG.sub("", _BREAK.sub("\n", label[1:-1]))
    return re.sub(r"\\[nlr]", "\n", _ENTITY.sub(_decoded, label))


def _decoded(entity: re.Match[str]) -> str:
    """Return the character of an entity, by the names of HTML 4; what is none stays as it is.

    https://gitlab.com/graphviz/graphviz/-/blob/12.2.1/lib/common/utils.c (`htmlEntityUTF8`)
    """
    if entity["name"]:
        number = name2codepoint.get(entity["name"], 0)
    else:
        number = int(entity["decimal"] or f"0x{entity['hex']}", 0 if entity["hex"] else 10)
    is_character = 0 < number < sys.maxunicode and not 0xD800 <= number < 0xE000
    return chr(number) if is_character else entity.group()


def wrapped(text: str) -> tuple[str, ...]:
    """Return the lines of a label. Line breaks of the author are kept; a single long line is wrapped at blanks.

    >>> wrapped("Horizontal pod autoscaler")
    ('Horizontal pod', 'autoscaler')
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) == 1:
        lines = textwrap.wrap(lines[0], LINE_LENGTH, break_long_words=False, break_on_hyphens=False)
    return tuple(line for line in lines if line)
