"""Declare the noun of the templates, the texts that people start from."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind
from opsbook.nouns.template.load import load

KIND = Kind(name="template", load=load, docs=("templates/",), nodes=(NodeKind(name="template"),))
