"""Files with alert rules in, their alerts with positions out.

Read are Prometheus rule files, PrometheusRule manifests (several documents, lists of them), ConfigMaps that hold rule
files, and Helm templates of all of these. They are foreign files: anchors, merge keys and unknown tags are read, and
nothing is constructed from them. What cannot be read is a problem only where it seems to hold alerts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from opsbook.problems import Problem, ProblemsError
from opsbook.runbooks.helm import Masked, mask
from opsbook.runbooks.rule_nodes import SEEMS_TO_HOLD_ALERTS, Alert, RuleReader

__all__ = ["Alert", "RuleFile", "parse_rules", "read_rules", "rule_paths"]

MAX_BYTES = 8 * 1_048_576
_SUFFIXES = (".yml", ".yaml", ".rules", ".json", ".tpl")


@dataclass(frozen=True)
class RuleFile:
    """A file as it was read, and the alerts in it. `is_template` says that it is a Helm template."""

    path: str
    text: str
    is_template: bool
    alerts: tuple[Alert, ...]


def rule_paths(path: Path) -> Iterator[Path]:
    """The files below a folder that may hold rules, or the file itself. Links that lead out are not followed."""
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix in _SUFFIXES and file.resolve().is_relative_to(path.resolve()):
                yield file
    else:
        yield path


def read_rules(file: Path, name: str) -> RuleFile:
    """The rules in `file`, which messages call `name`. Raises ProblemsError where they cannot be read."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        text = data.decode("utf-8")
    except OSError as error:
        raise ProblemsError([Problem(name, 0, 0, f"cannot be read: {error.strerror or 'no such file'}")]) from None
    except UnicodeDecodeError:
        raise ProblemsError([Problem(name, 0, 0, "is not UTF-8; save the file as UTF-8")]) from None
    if len(data) > MAX_BYTES:
        raise ProblemsError([Problem(name, 0, 0, f"larger than {MAX_BYTES // 1_048_576} MiB")])
    return parse_rules(text, name)


def parse_rules(text: str, name: str) -> RuleFile:
    """The rules in `text`. Raises ProblemsError where it seems to hold alerts and cannot be read."""
    if not SEEMS_TO_HOLD_ALERTS.search(text):
        return RuleFile(name, text, False, ())
    try:
        return RuleFile(name, text, False, _alerts(name, text, Masked(text, ())))
    except yaml.YAMLError as error:
        if "{{" not in text:
            raise ProblemsError([_unreadable(name, error)]) from None
    try:
        return RuleFile(name, text, True, _alerts(name, text, mask(text)))
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
    return tuple(reader.alerts)
