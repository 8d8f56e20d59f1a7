"""Collect the alerts in YAML, with their positions in the text.

The YAML is foreign: anchors, aliases and merge keys are followed, each node once, and nothing is constructed from
tags. Rules are found wherever they are: below `groups`, in a list of manifests, in a rule file inside a ConfigMap.
"""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass, field

import yaml

from opsbook.nouns.alert.helm import Masked
from opsbook.problems import Problem
from opsbook.source.characters import first_forbidden
from opsbook.source.yaml import compose_yaml

MAX_ALERTS = 20_000
_MAX_DEPTH = 40
SEEMS_TO_HOLD_ALERTS = re.compile(r"(?:^|[-{,])[ \t]*[\"']?alert[\"']?[ \t]*:", re.MULTILINE)
_URL_KEYS = ("runbook_url", "runbook")


@dataclass(frozen=True)
class TextSpan:
    """A place in the text of a file: offsets for an edit, line and column (from 1) for a reader."""

    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, eq=False)
class Alert:
    """One alerting rule. `url` is the text of its runbook annotation, and `url_span` where that stands.

    `node` is the rule in the tree of its file, whose offsets count from `base`; an annotation is written from there.
    """

    name: str
    severity: str | None
    expression: str
    labels: dict[str, str]
    annotations: dict[str, str]
    path: str
    span: TextSpan
    url: str | None
    url_span: TextSpan | None
    node: yaml.MappingNode = field(repr=False)
    base: int


@dataclass
class RuleReader:
    """A collector of the alerts of one file; `masked` is its text as YAML can read it."""

    path: str
    text: str
    masked: Masked
    alerts: list[Alert] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    kept: list[yaml.Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @functools.cached_property
    def line_starts(self) -> list[int]:
        """Return the offset of each line."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def documents(self, start: int, end: int) -> None:
        """Read the YAML documents between `start` and `end`. The offsets of their nodes count from `start`."""
        for root in compose_yaml(self.masked.text[start:end]):
            # `seen` holds identities, so no node may be freed while they count.
            self.kept.append(root)
            self.walk(root, start, 0)

    def walk(self, node: yaml.Node | None, base: int, depth: int) -> None:
        """Look for rules anywhere below `node`, each node once however many aliases lead to it."""
        if node is None or id(node) in self.seen or depth > _MAX_DEPTH or len(self.alerts) >= MAX_ALERTS:
            return
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self.walk(item, base, depth + 1)
        elif isinstance(node, yaml.MappingNode):
            fields = entries(node)
            if isinstance(fields.get("alert"), yaml.ScalarNode) and "expr" in fields:
                self.alerts.append(self.alert(node, base))
                return
            for key, value in node.value:
                if (
                    isinstance(value, yaml.ScalarNode)
                    and value.style == "|"
                    and SEEMS_TO_HOLD_ALERTS.search(value.value)
                ):
                    self.embedded(value, base)
                else:
                    self.walk(key, base, depth + 1)
                    self.walk(value, base, depth + 1)

    def embedded(self, node: yaml.ScalarNode, base: int) -> None:
        """Read a rule file inside a ConfigMap, in place: the block keeps its lines, so positions hold."""
        start, end = base + node.start_mark.index, base + node.end_mark.index
        first_line = self.masked.text.find("\n", start, end) + 1
        if first_line:
            self.documents(first_line, end)

    def alert(self, node: yaml.MappingNode, base: int) -> Alert:
        """Return the alert of the rule at `node`."""
        fields = entries(node)
        labels = self.texts(fields.get("labels"), base)
        annotations = self.texts(fields.get("annotations"), base)
        url_node = next((n for key in _URL_KEYS if (n := _child(fields.get("annotations"), key))), None)
        return Alert(
            name=self.value(fields["alert"], base),
            severity=labels.get("severity"),
            expression=self.value(fields["expr"], base),
            labels=labels,
            annotations=annotations,
            path=self.path,
            span=self.span(fields["alert"], base),
            url=self.value(url_node, base).strip() if url_node else None,
            url_span=self.span(url_node, base) if url_node else None,
            node=node,
            base=base,
        )

    def texts(self, node: yaml.Node | None, base: int) -> dict[str, str]:
        """Return a mapping of labels or annotations with their texts."""
        if not isinstance(node, yaml.MappingNode):
            return {}
        return {key: self.value(value, base) for key, value in entries(node).items()}

    def value(self, node: yaml.Node, base: int) -> str:
        """Return the text of a scalar; for any other node, its source."""
        if isinstance(node, yaml.ScalarNode):
            if node.style == '"' and (fault := first_forbidden(node.value)):  # An escape: the text itself has none.
                at = self.span(node, base)
                self.problems.append(Problem(self.path, at.line, at.column, f"in this text {fault}"))
            return self.masked.restore(node.value)
        return self.text[base + node.start_mark.index : base + node.end_mark.index]

    def span(self, node: yaml.Node, base: int) -> TextSpan:
        """Return the position of a node in the text."""
        start, end = base + node.start_mark.index, base + node.end_mark.index
        line = bisect.bisect_right(self.line_starts, start)
        return TextSpan(start, end, line, start - self.line_starts[line - 1] + 1)


def entries(node: yaml.Node | None, depth: int = 0) -> dict[str, yaml.Node]:
    """Return the keys of a mapping with their values, merge keys resolved; the mapping's own keys win."""
    if not isinstance(node, yaml.MappingNode) or depth > 8:
        return {}
    own: dict[str, yaml.Node] = {}
    merged: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        if key.value == "<<":
            for source in value.value if isinstance(value, yaml.SequenceNode) else (value,):
                merged = entries(source, depth + 1) | merged
        else:
            own.setdefault(key.value, value)
    return merged | own


def _child(node: yaml.Node | None, key: str) -> yaml.ScalarNode | None:
    found = entries(node).get(key)
    return found if isinstance(found, yaml.ScalarNode) else None
