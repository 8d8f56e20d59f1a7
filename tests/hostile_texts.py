"""Hostile texts, and what stands in the fields that no text can stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from opsbook.onboarding.model import KINDS
from opsbook.postmortems.model import SECTIONS

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
    "runbooks.rule_nodes.Alert.base": 0,
    "runbooks.rule_nodes.Alert.name": "First",
    "runbooks.rule_nodes.Alert.node": yaml.MappingNode("", []),
    "apis.model.Api.service": ID,
    "drawings.model.Box.id": ID,
    "drawings.model.Cluster.id": ID,
    "drawings.model.Cluster.item": ID,
    "drawings.model.Cluster.parent": None,
    "drawings.model.Cluster.runbook": ID,
    "drawings.model.Cluster.service": ID,
    "drawings.model.Drawing.id": ID,
    "drawings.model.Edge.source": ID,
    "drawings.model.Edge.target": ID,
    "drawings.model.Edge.colour": "red",
    "apis.model.Field.place": ("query", "header"),
    "apis.model.Group.anchor": "the-group",
    "guides.Guide.item": ID,
    "guides.Guide.meta": {},
    "guides.Guide.path": f"practices/{ID}/{ID}.md",
    "handbook.model.Handbook.due": (),
    "handbook.model.Handbook.warnings": (),
    "drawings.model.Icon.data": "",
    "drawings.model.Icon.id": ID,
    "macro_docs.MacroDoc.name": "progress",
    "drawings.model.Node.cluster": ID,
    "drawings.model.Node.icon": ID,
    "drawings.model.Node.id": ID,
    "drawings.model.Node.item": ID,
    "drawings.model.Node.runbook": ID,
    "drawings.model.Node.service": ID,
    "apis.model.Operation.anchor": "the-operation",
    "drawings.model.Route.heads": "M0,0",
    "drawings.model.Route.line": "M0,0",
    "postmortems.model.Section.name": SECTIONS,
    "runbooks.model.Step.anchor": "the-step",
    "onboarding.model.Step.kind": KINDS,
    "onboarding.model.Step.id": ID,
    "glossary.model.Term.page": ID,
    "onboarding.model.Track.id": ID,
    "runbooks.model.Use.end": 4,
    "runbooks.model.Use.start": 0,
    "written.WrittenPage.meta": {},
    "written.WrittenPage.path": ID,
}
