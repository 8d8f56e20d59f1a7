"""Read the front matter of a Markdown file from elsewhere, which may name the checklist."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opsbook.convert.vocabulary import as_heading


def front_matter_end(lines: Sequence[str]) -> int:
    """Return how many lines the front matter takes; 0 where there is none."""
    if lines[0].rstrip() != "---" or len(lines) < 2 or not re.match(r"[A-Za-z_][\w-]*:", lines[1]):
        return 0
    return next((n for n, line in enumerate(lines[1:], start=2) if line.rstrip() in ("---", "...")), 0)


def front_title(lines: Sequence[str]) -> str:
    """Return the title that the front matter in `lines` gives, else its name; empty where it gives none."""
    for key in ("title", "name"):
        for line in lines:
            if line.startswith(f"{key}:") and (value := line.partition(":")[2].strip().strip("\"'")):
                return value
    return ""


def front_details(lines: Sequence[str]) -> str:
    """Return what the front matter says beside a title, as lines of a list."""
    pairs = (line.partition(":") for line in lines if re.match(r"[A-Za-z_][\w -]*:\s*\S", line))
    kept = ((key.strip(), value.strip().strip("\"'")) for key, _, value in pairs if key not in ("title", "layout"))
    return "\n".join(f"- **{as_heading(key)}**: {value}" for key, value in kept if value)
