"""Find the links of a page that lead somewhere: what looks like one in a block of code or a comment is none."""

from __future__ import annotations

from collections.abc import Sequence

from opsbook.source.fences import scan_fences
from opsbook.source.links import Link, scan_links


def page_links(text: str) -> Sequence[Link]:
    """Return the links of `text` in their order, those of pictures in the words of a link included."""
    lines = text.split("\n")
    hidden = scan_fences(lines, "").hidden
    readable = "\n".join(" " * len(line) if at in hidden else line for at, line in enumerate(lines, start=1))
    return sorted(scan_links(readable, nested=True), key=lambda link: link.start)
