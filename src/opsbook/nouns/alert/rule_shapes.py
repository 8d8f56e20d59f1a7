"""Tell alerting rules from other mappings, in each of the forms in which rules are written or exported.

- Prometheus, Thanos, Loki, Mimir, Cortex and VictoriaMetrics: `alert` and `expr`, also in PrometheusRule and VMRule.
- Grafana's files and the objects of its operator: `title`, `data` and `condition`,
  https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/
- Grafana's ruler: a rule with `grafana_alert`, of which labels and annotations stand beside that.
- What the API of Prometheus answers: `type: alerting`, `name` and `query`,
  https://prometheus.io/docs/prometheus/latest/querying/api/#rules
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from opsbook.nouns.alert.nodes import entries, scalar

_KEYS = {word: re.compile(word + r"\\?[\"']?[ \t]*:") for word in ("alert", "condition")}
"""The keys that tell a rule. Each pattern begins with the word itself, which makes the search quick in large files."""
_BEFORE_KEY = re.compile(r"(?:^|[-{,]|\\n)[ \t]*\\?[\"']?(?:grafana_)?$", re.MULTILINE)
_MOST_INDENTED = 200
_API_TYPE = re.compile(r"\"type\"[ \t]*:[ \t]*\"alerting\"")


@dataclass(frozen=True)
class RuleShape:
    """The parts of an alerting rule: its name, what it asks, its labels and its annotations."""

    name: yaml.ScalarNode
    expression: yaml.Node | None
    labels: yaml.Node | None
    annotations: yaml.Node | None


def seems_to_hold_alerts(text: str) -> bool:
    """Return whether `text` has words that only files with alerting rules have, at a first glance."""
    if _has_key(text, "alert") or _API_TYPE.search(text):
        return True
    return "refId" in text and _has_key(text, "condition")


def _has_key(text: str, word: str) -> bool:
    """Return whether `word` is a key somewhere in YAML or JSON, or in a quoted text of these."""
    for match in _KEYS[word].finditer(text):
        near = max(match.start() - _MOST_INDENTED, 0)
        start = max(text.rfind("\n", near, match.start()) + 1, near)
        if _BEFORE_KEY.search(text[start : match.start()]):
            return True
    return False


def rule_shape(node: yaml.MappingNode) -> RuleShape | None:
    """Return the parts of the alerting rule at `node`; None where it is none."""
    fields = entries(node)
    name, expression = fields.get("alert"), fields.get("expr")
    if "grafana_alert" in fields:
        inside = fields["grafana_alert"]
        name = None if "record" in entries(inside) else scalar(inside, "title")
        expression = _query(entries(inside).get("data"))
    elif _is_grafana(fields):
        name, expression = fields["title"], _query(fields["data"])
    elif (kind := scalar(node, "type")) and kind.value == "alerting" and "query" in fields:
        name, expression = fields.get("name"), fields["query"]
    elif expression is None:
        return None
    if not isinstance(name, yaml.ScalarNode):
        return None
    return RuleShape(name, expression, fields.get("labels"), fields.get("annotations"))


def _is_grafana(fields: dict[str, yaml.Node]) -> bool:
    data = fields.get("data")
    has_queries = isinstance(data, yaml.SequenceNode) and all("refId" in entries(query) for query in data.value)
    return has_queries and {"title", "condition"} <= fields.keys() and "record" not in fields


def _query(data: yaml.Node | None) -> yaml.ScalarNode | None:
    """Return the one query of a rule of Grafana; None where there are several, or none in PromQL or LogQL."""
    queries = data.value if isinstance(data, yaml.SequenceNode) else ()
    found = [text for query in queries if (text := scalar(entries(query).get("model"), "expr"))]
    return found[0] if len(found) == 1 else None
