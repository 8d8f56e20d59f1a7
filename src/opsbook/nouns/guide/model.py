"""The model of a guide: prose that goes with an item of the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
