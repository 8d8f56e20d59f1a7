"""Read files with alerting rules, and the alerts in them with their positions.

They may be Prometheus rule files, PrometheusRule manifests (several documents, lists of them), ConfigMaps that hold
rule files, or Helm templates of all of these. They are foreign files: anchors, merge keys and unknown tags are read,
and nothing is constructed from them. A file that cannot be read is a problem only where it seems to hold alerts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from opsbook.nouns.alert.helm import Masked, mask_actions
from opsbook.nouns.alert.rule_nodes import SEEMS_TO_HOLD_ALERTS, Alert, RuleReader
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_folder, regular_files
from opsbook.source.text import read_bytes, screen, utf8_text

__all__ = ["Alert", "RuleFile", "parse_rules", "read_rules", "rule_paths"]

MAX_BYTES = 1_048_576
ENDINGS = (".yml", ".yaml", ".rules", ".json", ".tpl")


@dataclass(frozen=True)
class RuleFile:
    """A file as it was read, and the alerts in it. `is_template` tells a Helm template."""

    path: str
    text: str
    is_template: bool
    alerts: tuple[Alert, ...]


def rule_paths(path: Path) -> Iterator[Path]:
    """Yield the files below a folder that may hold rules, or the file itself. Links that lead out are not followed."""
    if is_folder(path):
        yield from regular_files(path, *ENDINGS, deep=True, hidden=True)
    else:
        yield path


def read_rules(file: Path, name: str) -> RuleFile:
    """Return the rules in `file`, which messages call `name`. Raises ProblemsError where they cannot be read."""
    data = read_bytes(file, name, most=MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise ProblemsError([Problem(name, 0, 0, f"larger than {MAX_BYTES // 1024} KiB; split it")])
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""  # What is written back is the text as it was.
    return parse_rules(mark + utf8_text(data, name), name)


def parse_rules(text: str, name: str) -> RuleFile:
    """Return the rules in `text`. Raises ProblemsError where it seems to hold alerts and cannot be read."""
    if not SEEMS_TO_HOLD_ALERTS.search(text):
        return RuleFile(name, text, False, ())
    screen(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), name)
    try:
        return RuleFile(name, text, False, _alerts(name, text, Masked(text, ())))
    except yaml.YAMLError as error:
        if "{{" not in text:
            raise ProblemsError([_unreadable(name, error)]) from None
    try:
        return RuleFile(name, text, True, _alerts(name, text, mask_actions(text)))
    except yaml.YAMLError as error:
        raise ProblemsError([_unreadable(name, error)]) from None


def _unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, line, column, f"holds alerts, but is not valid YAML: {reason or 'unreadable'}")


def _alerts(path: str, text: str, masked: Masked) -> tuple[Alert, ...]:
    reader = RuleReader(path, text, masked)
    try:
        reader.documents(0, len(text))
    except RecursionError:
        raise ProblemsError([Problem(path, 1, 1, "is nested too deep to be read")]) from None
    if reader.problems:
        raise ProblemsError(reader.problems)
    return tuple(reader.alerts)
