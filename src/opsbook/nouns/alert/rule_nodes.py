"""Collect the alerts in YAML, with their positions in the text.

The YAML is foreign: anchors, aliases and merge keys are followed, each node once, and nothing is constructed from
tags. Rules are found wherever they are: below `groups` or a namespace, in a list of manifests, in a rule file inside
a ConfigMap.
"""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass, field

import yaml

from opsbook.nouns.alert.helm import Masked, has_action
from opsbook.nouns.alert.nodes import entries, scalar
from opsbook.nouns.alert.rule_shapes import RuleShape, rule_shape, seems_to_hold_alerts
from opsbook.problems import Problem
from opsbook.source.characters import first_forbidden
from opsbook.source.yaml import compose_yaml

MAX_ALERTS = 20_000
_MAX_DEPTH = 40
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
    `shape` are its parts. A rule file inside a quoted text has no place of its own to write to: `is_quoted`.
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
    shape: RuleShape = field(repr=False)
    is_quoted: bool = False


@dataclass
class RuleReader:
    """A collector of the alerts of one file; `masked` is its text as YAML can read it, `printed` what actions print.

    Where the file is itself a quoted text of another, `quoted` is the place of that.
    """

    path: str
    text: str
    masked: Masked
    printed: tuple[str | None, ...] = ()
    quoted: TextSpan | None = None
    alerts: list[Alert] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    kept: list[yaml.Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    inside: list[Problem] = field(default_factory=list)
    """What is wrong with rule files inside this one, which hides nothing else."""

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
            if shape := rule_shape(node):
                self.alerts.append(self.alert(node, shape, base))
                return
            for key, value in node.value:
                if isinstance(value, yaml.ScalarNode) and "\n" in value.value and seems_to_hold_alerts(value.value):
                    self.embedded(value, base)
                else:
                    self.walk(key, base, depth + 1)
                    self.walk(value, base, depth + 1)

    def embedded(self, node: yaml.ScalarNode, base: int) -> None:
        """Read a rule file inside a ConfigMap: in place where it is a block, so that positions hold."""
        try:
            if node.style == "|":
                start, end = base + node.start_mark.index, base + node.end_mark.index
                if first_line := self.masked.text.find("\n", start, end) + 1:
                    self.documents(first_line, end)
                return
            inside = RuleReader(
                self.path, node.value, Masked(node.value, self.masked.actions), self.printed, self.span(node, base)
            )
            inside.documents(0, len(node.value))
            self.alerts += inside.alerts
            self.problems += inside.problems
            self.inside += inside.inside
        except yaml.YAMLError as error:
            if "expr" in node.value:  # Else it is prose that has the word at the start of a line.
                at = self.span(node, base)
                reason = getattr(error, "problem", None) or "unreadable"
                message = f"this text holds alerts, but is not valid YAML: {reason}"
                self.inside.append(Problem(self.path, at.line, at.column, message))

    def alert(self, node: yaml.MappingNode, shape: RuleShape, base: int) -> Alert:
        """Return the alert of the rule at `node`."""
        labels = self.texts(shape.labels, base, is_printed=True)
        url_node = scalar(shape.annotations, *_URL_KEYS)
        return Alert(
            name=self.value(shape.name, base, is_printed=True),
            severity=labels.get("severity"),
            expression=self.value(shape.expression, base) if shape.expression else "",
            labels=labels,
            annotations=self.texts(shape.annotations, base),
            path=self.path,
            span=self.span(shape.name, base),
            url=self.address(url_node, base) if url_node else None,
            url_span=self.span(url_node, base) if url_node else None,
            node=node,
            base=base,
            shape=shape,
            is_quoted=self.quoted is not None,
        )

    def address(self, node: yaml.ScalarNode, base: int) -> str:
        """Return the text of a link. One that begins with a value which the chart leaves empty stays as written."""
        written = self.value(node, base).strip()
        printed = self.value(node, base, is_printed=True).strip()
        return written if has_action(written[:2]) and not re.match(r"\{\{|[A-Za-z][\w+.-]*:", printed) else printed

    def texts(self, node: yaml.Node | None, base: int, *, is_printed: bool = False) -> dict[str, str]:
        """Return a mapping of labels or annotations with their texts."""
        return {key: self.value(value, base, is_printed=is_printed) for key, value in entries(node).items()}

    def value(self, node: yaml.Node, base: int, *, is_printed: bool = False) -> str:
        """Return the text of a scalar as it is written, or with what its actions print; else the node's source."""
        if not isinstance(node, yaml.ScalarNode):
            return self.text[base + node.start_mark.index : base + node.end_mark.index]
        text = node.value
        if node.style == '"':
            if not text.isascii():  # JSON writes a character outside the first plane as two escapes.
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
            if fault := first_forbidden(text):  # An escape: the text itself has none.
                at = self.span(node, base)
                self.problems.append(Problem(self.path, at.line, at.column, f"in this text {fault}"))
        return self.masked.restore(text, self.printed if is_printed else ())

    def span(self, node: yaml.Node, base: int) -> TextSpan:
        """Return the position of a node in the text."""
        if self.quoted:
            return self.quoted
        start, end = base + node.start_mark.index, base + node.end_mark.index
        line = bisect.bisect_right(self.line_starts, start)
        return TextSpan(start, end, line, start - self.line_starts[line - 1] + 1)
