"""The model of a template: a text that people start from."""

from __future__ import annotations

from dataclasses import dataclass

POST_MORTEM = "post-mortem"
"""The name of the template of a post-mortem, which has fields to fill."""


@dataclass(frozen=True)
class Template:
    """A text to copy. That of the post-mortems still contains its fields."""

    name: str
    text: str
