"""Hostile texts, and what stands in the fields that no text can stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from opsbook.nouns.alert.rule_shapes import RuleShape
from opsbook.nouns.post_mortem.model import SECTIONS
from opsbook.source.fields import SLUG_PATTERN

ID = "first"
FORMER = "former"
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
    "first": SLUG_PATTERN,
    "First": r"^[A-Za-z][A-Za-z0-9_.-]*$",
    "FIRST": r"^[A-Z][A-Z0-9_]*$",
    "first_": r"^[a-zA-Z_][a-zA-Z0-9_]*$",
    "FI": r"^[A-Za-z0-9]*[A-Z][a-z0-9/-]*[A-Z](?:[A-Za-z0-9/-]*[A-Za-z0-9])?$",
    "30d": r"^[1-9][0-9]*(s|m|h|d|w)$|^0$",
    "31d": r"^[1-9][0-9]*(s|m|h|d|w)$",
    "first/image": r"^[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9._-]+)*$",
    "first-chart": r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
    "first.package": r"^(@[A-Za-z0-9._-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*$",
    "First.spec.first": r"^[A-Z][A-Za-z0-9]*(\.[A-Za-z0-9_-]+)+$",
    "1-2": r"^[1-9][0-9]{0,2}(-[1-9][0-9]{0,2})?$",
}
# What no author writes, or what others refer to. A tuple is every value that a field can have.
FIXED: Mapping[str, Any] = {
    "Alert.base": 0,
    "Alert.name": "First",
    "Alert.node": yaml.MappingNode("", []),
    "Alert.shape": RuleShape(yaml.ScalarNode("", ""), None, None, None),
    "Api.service": ID,
    "Box.id": ID,
    "Cluster.id": ID,
    "Cluster.parent": None,
    "Edge.source": ID,
    "Edge.target": ID,
    "Edge.colour": "red",
    "Field.place": ("query", "header"),
    "OperationGroup.anchor": "the-group",
    "Guide.file": "docs/practices/first/first.md",
    "Guide.item": ID,
    "Guide.meta": {},
    "Guide.path": f"practices/{ID}/{ID}.md",
    "Icon.data": "",
    "Icon.id": ID,
    "MacroDoc.name": "progress",
    "Node.cluster": ID,
    "Node.icon": ID,
    "Node.id": ID,
    "Operation.anchor": "the-operation",
    "Route.heads": "M0,0",
    "Route.line": "M0,0",
    "PostMortemSection.name": SECTIONS,
    "Scheme.kind": f"the key in the header `%({ID})s`",
    "Step.anchor": "the-step",
    "Use.end": 4,
    "Use.start": 0,
    "WrittenPage.meta": {},
    "WrittenPage.path": ID,
}
