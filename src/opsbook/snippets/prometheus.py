"""Check the Prometheus rules and configurations in YAML documents with promtool.

Rules may stand at the top of a file, in a PrometheusRule or in the values of a chart: wherever a `groups:` holds
`rules:`. https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from opsbook.problems import Problem
from opsbook.snippets.excerpt import Excerpt, excerpt
from opsbook.snippets.tools import failure, program, run
from opsbook.snippets.yaml_tree import SnippetDocument

_PLACED = re.compile(r"(?P<line>\d+):(?P<column>\d+): (?P<message>.*)", re.DOTALL)
_LINE = re.compile(r"(?:yaml: )?line (?P<line>\d+): (?P<message>.*)", re.DOTALL)
_RULE = re.compile(r'group "(?P<group>[^"]*)", rule (?P<rule>\d+)(?:, "[^"]*")?: (?P<message>.*)', re.DOTALL)


def holds_rules(document: SnippetDocument) -> bool:
    """Return whether the document holds rules anywhere."""
    return any(_is_rules(value) for _, value in document.walk())


def is_prometheus_config(document: SnippetDocument) -> bool:
    """Return whether the document is the configuration of Prometheus itself."""
    return isinstance(document.value, dict) and "scrape_configs" in document.value


def check_rules(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with the rules of all documents, found by one run of promtool."""
    parts = [excerpt(document, path) for document in documents for path, value in document.walk() if _is_rules(value)]
    yield from _promtool(["check", "rules", "--lint=none"], parts)


def check_prometheus_configs(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with configurations; the files that they name are not looked for."""
    for document in documents:
        yield from _promtool(["check", "config", "--syntax-only"], [excerpt(document, ())])


def _is_rules(value: Mapping[str, object]) -> bool:
    groups = value.get("groups")
    return isinstance(groups, list) and any(isinstance(each, dict) and "rules" in each for each in groups)


def _promtool(arguments: Sequence[str], parts: Sequence[Excerpt]) -> Iterator[Problem]:
    promtool = program("promtool")
    with tempfile.TemporaryDirectory() as folder:
        for index, part in enumerate(parts):
            (Path(folder) / f"{index}.yml").write_text(part.text, encoding="utf-8")
        names = [f"{index}.yml" for index in range(len(parts))]
        done = run([promtool, *arguments, *names], Path(folder))
    found = list(_said(done.stderr, parts))
    if done.returncode != 0 and not found:
        raise failure(done)
    yield from found


def _said(stderr: str, parts: Sequence[Excerpt]) -> Iterator[Problem]:
    """Yield each mistake in `0.yml: 7:15: group "a", rule 1, "Down": …`; `unmarshal errors:` has its lines below it."""
    part = parts[0]
    for line in stderr.splitlines():
        if named := re.match(r"(?:\s*FAILED: parsing YAML file )?(?P<file>\d+)\.yml: (?P<rest>.*)", line):
            part, said = parts[int(named["file"])], named["rest"]
        elif re.match(r"\s+line \d+:", line):
            said = line.strip()
        else:
            continue
        if not said.endswith("unmarshal errors:"):
            yield _problem(part, said)


def _problem(part: Excerpt, said: str) -> Problem:
    if placed := _PLACED.match(said):
        in_rule = _RULE.match(placed["message"])
        message = in_rule["message"] if in_rule else placed["message"]
        return part.problem(int(placed["line"]), int(placed["column"]), _plain(message))
    if in_line := _LINE.match(said):
        return part.at_line(int(in_line["line"]), _plain(in_line["message"]))
    if in_rule := _RULE.match(said):
        return part.document.problem(_place_of(part, in_rule), _plain(in_rule["message"]))
    return part.document.problem(part.path, _plain(said))


def _place_of(part: Excerpt, rule: re.Match[str]) -> tuple[str | int, ...]:
    groups = part.document.at((*part.path, "groups"))
    for index, group in enumerate(groups if isinstance(groups, list) else ()):
        if isinstance(group, dict) and group.get("name") == rule["group"]:
            return (*part.path, "groups", index, "rules", int(rule["rule"]) - 1)
    return part.path


def _plain(message: str) -> str:
    """Return `message` without the place inside of the expression, and without Go's names of types."""
    message = re.sub(r"^could not parse expression: \d+:\d+: parse error: ", "not valid PromQL: ", message)
    return re.sub(r"^field (\S+) not found in type \S+$", r"unknown key `\1`", message)
