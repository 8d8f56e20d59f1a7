"""Write a runbook to start from, out of what the rules of an alert say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsbook.convert.runbooks.front_text import severity_of
from opsbook.convert.runbooks.rule_facts import SUMMARIES, readable
from opsbook.convert.runbooks.rule_query import common_labels, narrowed, variable_name
from opsbook.convert.scalars import write_scalar
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rules import Alert
from opsbook.nouns.runbook.model import AlertSeverity
from opsbook.source.promql import promql_error
from opsbook.source.slugs import slug

LONGEST_TITLE = 80
LONGEST_LINE = 300
MOST_QUERIES = 3
_WORD_STARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_.]+")
_LABEL = re.compile(r"\$labels\.(\w+)")
_NAMES = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?"
_VALUES = "[A-Za-z0-9_./:@%+,=-]+"
_OF_KUBERNETES = {
    "namespace": "shop",
    "pod": "orders-7f9c6d5b84-x2v4q",
    "container": "orders",
    "deployment": "orders",
    "statefulset": "orders-db",
    "daemonset": "node-exporter",
    "job_name": "backup-28612345",
    "cronjob": "backup",
    "node": "worker-1",
    "persistentvolumeclaim": "data-orders-db-0",
}
_EXAMPLES = {
    **_OF_KUBERNETES,
    "service": "orders",
    "instance": "10.0.0.7:9100",
    "job": "node-exporter",
    "cluster": "production",
    "device": "sda1",
    "mountpoint": "/var/lib",
    "queue": "orders",
    "topic": "orders",
    "name": "orders",
}


@dataclass(frozen=True)
class StartedRunbook:
    """The id and the text of a new runbook."""

    id: str
    text: str


def started_runbook(alerts: Sequence[Alert], owner: str) -> StartedRunbook:
    """Return a draft for the alert whose rules are `alerts`, one at least; `owner` is empty where none is known."""
    name = alerts[0].name
    id = slug(_WORD_STARTS.sub("-", name), most=80)
    queries = _queries(alerts)
    labels = _labels(alerts, queries)
    texts = _texts(alerts)
    lines = (*_front(name, id, alerts, owner, labels, texts), *_body(name, queries, labels, texts))
    return StartedRunbook(id, "\n".join(lines) + "\n")


@dataclass(frozen=True)
class _Texts:
    """What the annotations say: a short text and a long one, each in one line; empty where they say nothing."""

    short: str
    long: str


def _texts(alerts: Sequence[Alert]) -> _Texts:
    said = [(readable(alert.annotations.get(key, "")), key) for alert in alerts for key in SUMMARIES]
    short = next((text for text, key in said if text and key == "summary"), "")
    long = next((text for text, key in said if text and key != "summary"), "")
    return _Texts(short, long)


def _queries(alerts: Sequence[Alert]) -> list[str]:
    """Return the expressions of the rules, each once; those of a template that is not rendered are left out."""
    texts = dict.fromkeys(alert.expression.strip() for alert in alerts)
    return [text for text in texts if not has_action(text)][:MOST_QUERIES]


def _labels(alerts: Sequence[Alert], queries: Sequence[str]) -> list[str]:
    """Return the labels by which the queries can be narrowed to what the alert is about."""
    told = [label for alert in alerts for text in alert.annotations.values() for label in _LABEL.findall(text)]
    return [
        label for label in common_labels(queries, told) if any(narrowed(query, [label]) != query for query in queries)
    ]


def _front(
    name: str, id: str, alerts: Sequence[Alert], owner: str, labels: Sequence[str], texts: _Texts
) -> Iterator[str]:
    plain = texts.short.rstrip(".")
    is_title = plain and "`" not in plain and len(plain) <= LONGEST_TITLE
    title = plain if is_title else _WORD_STARTS.sub(" ", name).strip().capitalize()
    summary = next((text for text in (texts.long, texts.short) if text and len(text) <= LONGEST_LINE), "")
    yield from ("---", f"id: {id}", f"title: {write_scalar(title)}", "status: draft")
    if summary:
        yield f"summary: {write_scalar(summary)}"
    yield from ("alerts:", f"  - {name}")
    if texts.short and texts.short not in (summary, f"{title}.", title) and len(texts.short) <= LONGEST_LINE:
        yield from ("symptoms:", f"  - {write_scalar(texts.short)}")
    if severity := _severity(alerts):
        yield f"severity: {severity}"
    if owner:
        yield f"owner: {owner}"
    if labels:
        yield "variables:"
    for label in labels:
        yield f"  - name: {variable_name(label)}"
        yield f"    description: The label {label} of the alert."
        yield f"    pattern: '{_NAMES if label in _OF_KUBERNETES else _VALUES}'"
        yield f"    example: {write_scalar(_EXAMPLES.get(label, 'example'))}"
        yield f"    from: {label}"
    yield from ("---", "")


def _severity(alerts: Sequence[Alert]) -> str:
    """Return the gravest severity that the rules have."""
    found = {severity_of(alert.severity or "") for alert in alerts}
    return next((each.value for each in AlertSeverity if each.value in found), "")


def _body(name: str, queries: Sequence[str], labels: Sequence[str], texts: _Texts) -> Iterator[str]:
    yield from ("## Meaning", "", texts.long or texts.short or "TODO", "", "## Impact", "", "TODO", "")
    yield from ("## Diagnosis", "", f"### 1. Ask what the alert {name} asks {{#query}}", "")
    for query in queries:
        yield from _block(narrowed(query, labels))
    if queries:
        yield from ("- a series is listed → [step 2](#mitigate)", "- nothing is listed → [step 3](#over)", "")
    else:
        yield from ("TODO", "")
    yield from ("## Mitigation", "", "### 2. Mitigate {#mitigate}", "", "TODO", "", "## Verify", "")
    yield from ("### 3. See that it is over {#over}", "")
    if queries:
        yield from _block(narrowed(queries[0], labels))
        yield from ("```output", "Empty query result", "```", "")
    else:
        yield from ("TODO", "")
    yield from ("## Escalation", "", "TODO")


def _block(query: str) -> Iterator[str]:
    language = "promql" if promql_error(query) is None else "text"
    yield from (f"```{language}", *(line.rstrip().expandtabs(2) for line in query.split("\n")), "```", "")
