"""Hostile texts, and what stands in the fields that no text can stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from opsbook.nouns.post_mortem.model import SECTIONS
from opsbook.nouns.track.model import KINDS

ID = "first"
ADDRESS = "https://e.example/[z](w/data-probe/)?%s"
LINE = (
    "%s <i data-probe>x</i> [l](x data-probe=1 y) ![p](x.png){data-probe=1} \" data-probe=\"1 ' data-probe='1 "
    "<!-- data-probe {: data-probe=1 } &#xFDD0;x&#xFDD1; </p></div> {{ 7*7 }}"
)
BLOCK = (
    LINE + "\n\n~~~ {.python #myid data-probe=1}\nx\n~~~\n\n``` {.python data-probe=1}\nx\n```\n\n"
    '# h {: data-probe=1 }\n\n<div data-probe markdown="1">\n\n    *a*\n\n!!! note "data-probe"\n    b\n\n---\nc'
)
SIGN = '"data-probe="'
# What has a form of its own, by the pattern that asks for it.
FORMS = {
    "first": r"^[a-z0-9]+(-[a-z0-9]+)*$",
    "First": r"^[A-Za-z][A-Za-z0-9_.-]*$",
    "FIRST": r"^[A-Z][A-Z0-9_]*$",
    "first_": r"^[a-zA-Z_][a-zA-Z0-9_]*$",
    "FI": r"^[A-Za-z0-9]*[A-Z][a-z0-9/-]*[A-Z](?:[A-Za-z0-9/-]*[A-Za-z0-9])?$",
    "30d": r"^[1-9][0-9]*(s|m|h|d|w)$|^0$",
    "31d": r"^[1-9][0-9]*(s|m|h|d|w)$",
    "1-2": r"^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?$",
}
# What no author writes, or what others refer to. A tuple is every value that a field can have.
FIXED: Mapping[str, Any] = {
    "nouns.alert.rule_nodes.Alert.base": 0,
    "nouns.alert.rule_nodes.Alert.name": "First",
    "nouns.alert.rule_nodes.Alert.node": yaml.MappingNode("", []),
    "nouns.api.model.Api.service": ID,
    "nouns.drawing.model.Box.id": ID,
    "nouns.drawing.model.Cluster.id": ID,
    "nouns.drawing.model.Cluster.item": ID,
    "nouns.drawing.model.Cluster.parent": None,
    "nouns.drawing.model.Cluster.runbook": ID,
    "nouns.drawing.model.Cluster.service": ID,
    "nouns.drawing.model.Drawing.id": ID,
    "nouns.drawing.model.Edge.source": ID,
    "nouns.drawing.model.Edge.target": ID,
    "nouns.drawing.model.Edge.colour": "red",
    "nouns.api.model.Field.place": ("query", "header"),
    "nouns.api.model.Group.anchor": "the-group",
    "nouns.guide.load.Guide.item": ID,
    "nouns.guide.load.Guide.meta": {},
    "nouns.guide.load.Guide.path": f"practices/{ID}/{ID}.md",
    "graph.Handbook.due": (),
    "graph.Handbook.warnings": (),
    "nouns.drawing.model.Icon.data": "",
    "nouns.drawing.model.Icon.id": ID,
    "nouns.macro.model.MacroDoc.name": "progress",
    "nouns.drawing.model.Node.cluster": ID,
    "nouns.drawing.model.Node.icon": ID,
    "nouns.drawing.model.Node.id": ID,
    "nouns.drawing.model.Node.item": ID,
    "nouns.drawing.model.Node.runbook": ID,
    "nouns.drawing.model.Node.service": ID,
    "nouns.api.model.Operation.anchor": "the-operation",
    "nouns.drawing.model.Route.heads": "M0,0",
    "nouns.drawing.model.Route.line": "M0,0",
    "nouns.post_mortem.model.Section.name": SECTIONS,
    "nouns.runbook.model.Step.anchor": "the-step",
    "nouns.track.model.Step.kind": KINDS,
    "nouns.track.model.Step.id": ID,
    "nouns.term.model.Term.page": ID,
    "nouns.track.model.Track.id": ID,
    "nouns.runbook.model.Use.end": 4,
    "nouns.runbook.model.Use.start": 0,
    "nouns.page.load.WrittenPage.meta": {},
    "nouns.page.load.WrittenPage.path": ID,
}
