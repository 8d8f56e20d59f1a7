"""The model of a guide: prose that goes with an item of the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

FOLDER = "practices"
"""The folder of the guides, below the hand-written pages."""

IMPORTED = "<!-- imported -->"
"""The first line of a guide that was imported. It goes when somebody writes the guide anew."""


def is_guide(path: str) -> bool:
    """Return whether `path`, below the hand-written pages, is that of a guide: `practices/<area>/<item>.md`.

    The index or the README of an area is an ordinary page. So is a file in a deeper folder.
    """
    page = PurePosixPath(path)
    is_index = page.stem in ("index", "README")
    return page.parts[0] == FOLDER and len(page.parts) == 3 and page.suffix == ".md" and not is_index


@dataclass(frozen=True)
class Guide:
    """The prose about one item. `path` is relative to the folder of the hand-written pages."""

    item: str
    path: str
    markdown: str
    first_line: int = 1
    """The line of the file on which `markdown` begins."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """The keys of its front matter that have a value."""
    file: str = ""
    """What messages call its file."""
