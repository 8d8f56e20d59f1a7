"""How long a text takes to read, and what tells one version of it from the next."""

from __future__ import annotations

import hashlib
import math
import re

from opsbook.source.comments import without_comments
from opsbook.source.fences import scan_fences

WORDS_A_MINUTE = 200
"""Prose of a technical kind: below the 238 words a minute that adults reach with non-fiction in English.

Marc Brysbaert, How many words do we read per minute? (2019), <https://doi.org/10.1016/j.jml.2019.104047>.
"""

LINES_A_MINUTE = 20
"""Lines of code, which are looked at more than read."""

_ADDRESS = re.compile(r"\]\([^)\s]*\)?|<https?://[^>\s]*>?|\{[:#.][^{}]*\}")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def reading_minutes(markdown: str) -> int:
    """The whole minutes that `markdown` takes, one at least."""
    lines = markdown.split("\n")
    blocks = scan_fences(lines, "")
    code = sum(1 for fence in blocks.fences for line in fence.content.split("\n") if line.strip())
    prose = "\n".join(line for number, line in enumerate(lines, start=1) if number not in blocks.hidden)
    words = len(_WORD.findall(_ADDRESS.sub(" ", without_comments(prose, " "))))
    return max(1, math.ceil(words / WORDS_A_MINUTE + code / LINES_A_MINUTE))


def text_fingerprint(text: str) -> str:
    """Twelve characters that change with `text`, but not with its spacing."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
