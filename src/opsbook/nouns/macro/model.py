"""What the site knows of a macro: how its module describes it."""

from __future__ import annotations

from dataclasses import dataclass

REFERENCE = "reference/macros.md"
"""The source address of the page that documents the macros."""


@dataclass(frozen=True)
class MacroDoc:
    """One macro as its module describes it. `example` is a call with its braces."""

    name: str
    signature: str
    paragraphs: tuple[str, ...]
    arguments: tuple[tuple[str, str], ...]
    example: str | None
