"""Write the `runbook_url` that an alert should carry into the file of its rule.

The labels of the alert go into the query of the address, so that the page fills them in. `urlquery` is a function of
every Go template (https://pkg.go.dev/text/template#hdr-Functions), in Prometheus too. A label that an alert does not
have is empty there, and the page takes an empty value for none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

import yaml

from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rule_nodes import Alert
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.runbook.model import Variable
from opsbook.source.promql import promql_labels

KEY = "runbook_url"


@dataclass(frozen=True)
class Edit:
    """A replacement of `text[start:end]`."""

    start: int
    end: int
    text: str


def annotation_url(alert: Alert, variables: Sequence[Variable], address: str) -> str:
    """Return `address`, a page for the alert, with the labels that fill the variables of its runbook.

    Where the expression shows which labels its series have, no other label is used. A label that the rule itself adds
    is not among `$labels` of its annotations, so its text is written.
    """
    has = promql_labels(alert.expression)
    labels = dict.fromkeys(label for variable in variables for label in variable.labels)
    query = [f"{label}={quote_plus(alert.labels[label])}" for label in labels if _is_text(alert.labels.get(label))]
    query += [
        f"{label}={{{{ $labels.{label} | urlquery }}}}"
        for label in labels
        if label not in alert.labels and (has is None or label in has)
    ]
    return f"{address}?{'&'.join(query)}" if query else address


def _is_text(value: str | None) -> bool:
    return value is not None and not has_action(value)


def write_annotations(file: RuleFile, urls: Mapping[Alert, str]) -> tuple[str, tuple[Alert, ...]]:
    """Return the text of `file` with the annotations `urls`, every other byte unchanged, and the alerts not written.

    An annotation is not written where that would change more than one alert, or where it would need a line of its own
    and there is no place for one.
    """
    text = file.text
    edits: list[Edit] = []
    left: list[Alert] = []
    shared = _shared(alert for alert in file.alerts)
    for alert, url in urls.items():
        if alert.url == url:
            continue
        edit = _edit(file, alert, _quoted(url, file.is_template), shared)
        if edit:
            edits.append(edit)
        else:
            left.append(alert)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, tuple(left)


def why_not_written(file: RuleFile, alert: Alert) -> str:
    """Return why `write_annotations` leaves `alert` out."""
    if file.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return f"JSON is not changed; set the link of `{alert.name}` where the file comes from"
    if alert.is_quoted:
        return f"the rule of `{alert.name}` stands inside a quoted text"
    return f"the annotations of `{alert.name}` are shared or on one line"


def _quoted(url: str, is_template: bool) -> str:
    """Return the address as a YAML scalar. Helm outputs what stands between `{{` and a backquote unchanged."""
    return "'" + (url.replace("{{ ", "{{`{{ ").replace(" }}", " }}`}}") if is_template else url) + "'"


def _shared(alerts: Iterator[Alert]) -> frozenset[int]:
    """Return the ids of the annotation nodes that several alerts share through an anchor."""
    seen: set[int] = set()
    twice: set[int] = set()
    for alert in alerts:
        node = id(alert.shape.annotations)
        (twice if node in seen else seen).add(node)
    return frozenset(twice)


def _edit(file: RuleFile, alert: Alert, value: str, shared: frozenset[int]) -> Edit | None:
    annotations = alert.shape.annotations
    if alert.is_quoted or not _is_within(alert.node, alert.shape.name) or alert.node.flow_style:
        return None
    if annotations is None:
        return _new_mapping(file, alert, alert.shape.name, value)
    if id(annotations) in shared or not isinstance(annotations, yaml.MappingNode):
        return None
    if not _is_within(alert.node, annotations):
        return None
    present = next((node for key, node in annotations.value if key.value == KEY), None)
    if present is None:
        return _new_key(file, alert, annotations, value)
    return _replaced(file, alert, annotations, present, value)


def _replaced(
    file: RuleFile, alert: Alert, annotations: yaml.MappingNode, present: yaml.Node, value: str
) -> Edit | None:
    start, end = alert.base + present.start_mark.index, alert.base + present.end_mark.index
    written = file.text[start:end]
    if (
        not _is_within(annotations, present)
        or written[:1] in ("&", "!", "*")
        or not isinstance(present, yaml.ScalarNode)
    ):
        return None
    # A block scalar ends where the next node starts; the line ends before that are not part of the value.
    return Edit(start, start + len(written.rstrip()), value if written.strip() else f" {value}")


def _new_key(file: RuleFile, alert: Alert, annotations: yaml.MappingNode, value: str) -> Edit | None:
    start = alert.base + annotations.start_mark.index
    if annotations.flow_style:
        comma = ", " if annotations.value else ""
        return Edit(start + 1, start + 1, f"{KEY}: {value}{comma}")
    if not annotations.value:
        return None
    first = alert.base + annotations.value[0][0].start_mark.index
    key = _key(alert.node, "annotations")
    line_end = file.text.find("\n", alert.base + key.end_mark.index) if key else -1
    if not 0 <= line_end < first:
        return None
    indent = file.text[file.text.rfind("\n", 0, first) + 1 : first]
    return None if indent.strip() else _line_after(file, line_end, f"{indent}{KEY}: {value}")


def _new_mapping(file: RuleFile, alert: Alert, name: yaml.Node, value: str) -> Edit | None:
    key = next((key for key, node in alert.node.value if node is name), None)
    line_end = file.text.find("\n", alert.base + name.end_mark.index)
    if key is None or line_end < 0:
        return None
    indent = " " * key.start_mark.column
    newline = "\r\n" if file.text[:line_end].endswith("\r") else "\n"
    return _line_after(file, line_end, f"{indent}annotations:{newline}{indent}  {KEY}: {value}")


def _line_after(file: RuleFile, line_end: int, line: str) -> Edit:
    newline = "\r\n" if file.text[:line_end].endswith("\r") else "\n"
    return Edit(line_end + 1, line_end + 1, f"{line}{newline}")


def _key(node: yaml.MappingNode, name: str) -> yaml.Node | None:
    return next((key for key, _ in node.value if key.value == name), None)


def _is_within(outer: yaml.Node, inner: yaml.Node) -> bool:
    """Return whether `inner` is written inside `outer`, rather than elsewhere under an anchor."""
    return bool(outer.start_mark.index <= inner.start_mark.index and inner.end_mark.index <= outer.end_mark.index)
