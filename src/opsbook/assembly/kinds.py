"""List every noun in the order in which the site shows them. A new noun is a folder in `nouns`, and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from opsbook.content.settings import FILE as CONTENT
from opsbook.content.settings import ContentSettings
from opsbook.nouns.kind import Kind, NodeKind
from opsbook.secrets.model import Exemptions
from opsbook.source.schema import FileFormat

NOUNS = (
    "checklist",
    "guide",
    "runbook",
    "alert",
    "service",
    "api",
    "drawing",
    "page",
    "template",
    "post_mortem",
    "track",
    "term",
    "fact",
    "macro",
)

KINDS: tuple[Kind, ...] = tuple(import_module(f"opsbook.nouns.{noun}.kind").KIND for noun in NOUNS)

NODE_KINDS: Mapping[str, NodeKind] = {node.name: node for kind in KINDS for node in kind.nodes}

SCHEMAS: Mapping[str, FileFormat] = {
    **{name: file for kind in KINDS for name, file in kind.schemas.items()},
    "content": FileFormat(CONTENT, ContentSettings),
    "secrets": FileFormat(".secrets.yml", Exemptions),
}
"""Every kind of file with keys, by the name of its JSON Schema."""
