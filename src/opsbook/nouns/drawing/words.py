"""Turn the label of a script into an id, into one line, or into short lines that fit under an icon."""

from __future__ import annotations

import html
import re
import textwrap
import unicodedata

LINE_LENGTH = 18
_TAG = re.compile(r"<[^<>]*>")
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
    r"""Return a label as text: Graphviz escapes such as `\n` and HTML-like labels become lines.

    >>> label_text("<<b>Shop</b><br/>[Java &amp; Spring]>")
    'Shop\n[Java & Spring]'
    """
    if label.startswith("<") and label.endswith(">") and len(label) > 2:
        label = html.unescape(_TAG.sub("", _BREAK.sub("\n", label[1:-1])))
    return re.sub(r"\\[nlr]", "\n", label)


def wrapped(text: str) -> tuple[str, ...]:
    """Return the lines of a label. Line breaks of the author are kept; a single long line is wrapped at blanks.

    >>> wrapped("Horizontal pod autoscaler")
    ('Horizontal pod', 'autoscaler')
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) == 1:
        lines = textwrap.wrap(lines[0], LINE_LENGTH, break_long_words=False, break_on_hyphens=False)
    return tuple(line for line in lines if line)
