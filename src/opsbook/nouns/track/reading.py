"""Estimate how long a text takes to read, and tell one version of it from the next."""

from __future__ import annotations

import hashlib
import math
import re

from opsbook.source.comments import without_comments
from opsbook.source.fences import scan_fences

WORDS_A_MINUTE = 200
"""The speed for technical prose, below the 238 words a minute at which adults read non-fiction in English.

Marc Brysbaert, How many words do we read per minute? (2019), <https://doi.org/10.1016/j.jml.2019.104047>.
"""

LINES_A_MINUTE = 20
"""The speed for code, which is skimmed more than read."""

_ADDRESS = re.compile(r"\]\([^)\s]*\)?|<https?://[^>\s]*>?|\{[:#.][^{}]*\}")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def reading_minutes(markdown: str) -> int:
    """Return the whole minutes that reading `markdown` takes, at least one."""
    lines = markdown.split("\n")
    blocks = scan_fences(lines, "")
    code = sum(1 for fence in blocks.fences for line in fence.content.split("\n") if line.strip())
    prose = "\n".join(line for number, line in enumerate(lines, start=1) if number not in blocks.hidden)
    words = len(_WORD.findall(_ADDRESS.sub(" ", without_comments(prose, " "))))
    return max(1, math.ceil(words / WORDS_A_MINUTE + code / LINES_A_MINUTE))


def text_fingerprint(text: str) -> str:
    """Return twelve characters that change whenever `text` does, but not with its white space."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
