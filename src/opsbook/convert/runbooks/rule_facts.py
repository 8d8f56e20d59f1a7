"""Know what alerting rules say of an alert: its severity, and in words what has happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rules import Alert

LONGEST_SUMMARY = 300
SUMMARIES = ("summary", "message", "description")
# Helm writes what Prometheus is to fill in as a text of its own: {{ "{{" }} $labels.pod {{ "}}" }}, {{`{{ $value }}`}}.
_ESCAPED = re.compile(r"\{\{-?[ \t]*(?:`(?P<ticks>[^`]*)`|\"(?P<quotes>[^\"]*)\")[ \t]*-?\}\}")
_FILLED = re.compile(
    r"\{\{-?[ \t]*(?:with[ \t]+)?(?:\(?printf[^{}]*+|\$labels\.(?P<label>\w++)[^{}]*+|\.Labels\.(?P<old>\w++)[^{}]*+"
    r"|(?P<value>\$value)[^{}]*+)\}\}"
)


@dataclass(frozen=True)
class AlertFacts:
    """What the rules of one alert say, as far as it is literal; empty where they do not say it."""

    name: str
    severity: str
    summary: str


def alert_facts(alerts: Iterable[Alert]) -> Mapping[str, AlertFacts]:
    """Return what the rules say, by the name of the alert in small letters."""
    found: dict[str, AlertFacts] = {}
    for alert in alerts:
        if not has_action(alert.name):
            found.setdefault(alert.name.lower(), AlertFacts(alert.name, alert.severity or "", summary_of(alert)))
    return found


def summary_of(alert: Alert) -> str:
    """Return the first annotation that says in one line what has happened; empty where there is none."""
    texts = (readable(alert.annotations.get(name, "")) for name in SUMMARIES)
    return next((text for text in texts if text and len(text) <= LONGEST_SUMMARY), "")


def readable(text: str) -> str:
    """Return an annotation in one line, with the names of labels for their values; empty where it is not literal.

    >>> readable("Pod {{ $labels.namespace }}/{{ $labels.pod }} restarts {{ printf \\"%.2f\\" $value }} times.")
    'Pod `namespace`/`pod` restarts `value` times.'
    >>> readable("Older than {{ .Values.age }}.")
    ''
    """
    plain = _FILLED.sub(_named, _ESCAPED.sub(lambda found: found["ticks"] or found["quotes"] or "", text))
    return "" if has_action(plain) else " ".join(plain.split())


def _named(found: re.Match[str]) -> str:
    name = found["label"] or found["old"] or "value"
    label = re.search(r"\$labels\.(\w+)", found.group())
    return f"`{label[1] if label else name}`"
