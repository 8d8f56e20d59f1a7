"""Read files with alerting rules, and the alerts in them with their positions.

They may be rule files of Prometheus, Loki, Mimir or Thanos, PrometheusRule and VMRule manifests (several documents,
lists of them), rules of Grafana, ConfigMaps that hold rule files, or Helm templates of all of these. They are foreign
files: anchors, merge keys and unknown tags are read, and nothing is constructed from them. A file that cannot be read
is a problem only where it seems to hold alerts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from opsbook.nouns.alert.charts import ChartValues
from opsbook.nouns.alert.helm import Masked, mask_actions
from opsbook.nouns.alert.rule_nodes import Alert, RuleReader
from opsbook.nouns.alert.rule_shapes import seems_to_hold_alerts
from opsbook.nouns.alert.template_values import printed_texts
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_folder, regular_files
from opsbook.source.text import read_bytes, screen, utf8_text

__all__ = ["Alert", "RuleFile", "parse_rules", "read_rules", "rule_paths"]

MAX_BYTES = 1_048_576
_MOST_SEARCHED = 16 * MAX_BYTES
ENDINGS = (".yml", ".yaml", ".rules", ".json", ".tpl")
# YAML takes an action without quotes for a mapping, so a template may seem to be valid as it is.
_IS_HELM = re.compile(
    r"\.(?:Values|Release|Chart|Capabilities)\b|^[ \t]*(?:-[ \t]+)?(?:alert|runbook_url|runbook):[ \t]*\{\{",
    re.MULTILINE,
)


@dataclass(frozen=True)
class RuleFile:
    """A file as it was read, and the alerts in it. `is_template` tells a Helm template."""

    path: str
    text: str
    is_template: bool
    alerts: tuple[Alert, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with rule files inside this file."""


def rule_paths(path: Path) -> Iterator[Path]:
    """Yield the files below a folder that may hold rules, or the file itself. Links that lead out are not followed."""
    if is_folder(path):
        yield from regular_files(path, *ENDINGS, deep=True, hidden=True)
    else:
        yield path


def read_rules(file: Path, name: str, charts: ChartValues | None = None) -> RuleFile:
    """Return the rules in `file`, which messages call `name`. Raises ProblemsError where they cannot be read.

    Templates are read with the values of their chart, which `charts` keeps.
    """
    data = read_bytes(file, name, most=_MOST_SEARCHED)
    if len(data) > MAX_BYTES:
        if len(data) <= _MOST_SEARCHED and not seems_to_hold_alerts(data.decode("utf-8", "replace")):
            return RuleFile(name, "", False, ())
        raise ProblemsError([Problem(name, 0, 0, f"larger than {MAX_BYTES // 1024} KiB; split it")])
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""  # What is written back is the text as it was.
    text = mark + utf8_text(data, name)
    has_template = "{{" in text and seems_to_hold_alerts(text)
    return parse_rules(text, name, (charts or ChartValues()).beside(file, name) if has_template else None)


def parse_rules(text: str, name: str, values: yaml.Node | None = None) -> RuleFile:
    """Return the rules in `text`. Raises ProblemsError where it seems to hold alerts and cannot be read.

    The actions of a template are worked out from the text itself and from `values`, where they can be.
    """
    if not seems_to_hold_alerts(text):
        return RuleFile(name, text, False, ())
    screen(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), name)
    is_template = "{{" in text and _IS_HELM.search(text) is not None
    try:
        return _read(name, text, values, is_template=is_template, is_masked=is_template)
    except yaml.YAMLError as error:
        if "{{" not in text:
            raise ProblemsError([_unreadable(name, error)]) from None
    try:
        return _read(name, text, values, is_template=True, is_masked=not is_template)
    except yaml.YAMLError as error:
        raise ProblemsError([_unreadable(name, error)]) from None


def _unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, line, column, f"holds alerts, but is not valid YAML: {reason or 'unreadable'}")


def _read(path: str, text: str, values: yaml.Node | None, *, is_template: bool, is_masked: bool) -> RuleFile:
    masked = mask_actions(text) if is_masked else Masked(_json_as_yaml(text), ())
    reader = RuleReader(path, text, masked, printed_texts(masked.actions, values))
    try:
        reader.documents(0, len(text))
    except RecursionError:
        raise ProblemsError([Problem(path, 1, 1, "is nested too deep to be read")]) from None
    if reader.problems:
        raise ProblemsError(reader.problems)
    return RuleFile(path, text, is_template, tuple(reader.alerts), tuple(reader.inside))


def _json_as_yaml(text: str) -> str:
    """Return JSON without tabs, which YAML takes for a mistake between its signs; a string of JSON holds none."""
    return text.replace("\t", " ") if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else text
