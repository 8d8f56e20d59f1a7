"""Check the Prometheus rules and configurations in YAML documents with promtool.

Rules may stand at the top of a file, in a PrometheusRule or in the values of a chart: wherever a `groups:` holds
`rules:`. https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath

from opsbook.problems import Problem, Severity
from opsbook.snippets.excerpt import Excerpt, excerpt
from opsbook.snippets.prometheus_keys import YOUNGER, value_problems
from opsbook.snippets.tools import failure, program, run
from opsbook.snippets.yaml_tree import Path, SnippetDocument
from opsbook.source.promql import promql_error

_PLACED = re.compile(r"(?P<line>\d+):(?P<column>\d+): (?P<message>.*)", re.DOTALL)
_LINE = re.compile(r"(?:yaml: )?line (?P<line>\d+): (?P<message>.*)", re.DOTALL)
_YOUNG = re.compile(r"line (?P<line>\d+): field (?P<key>\S+) not found in type (?P<type>\S+)")
_ACTION = re.compile(r"\{\{")
_REFUSED = "not valid PromQL for promtool"
_RULE = re.compile(r'group "(?P<group>[^"]*)", rule (?P<rule>\d+)(?:, "[^"]*")?: (?P<message>.*)', re.DOTALL)


def holds_rules(document: SnippetDocument) -> bool:
    """Return whether the document holds rules anywhere."""
    return any(_is_rules(value) for _, value in document.walk())


def is_prometheus_config(document: SnippetDocument) -> bool:
    """Return whether the document is the configuration of Prometheus itself."""
    return isinstance(document.value, dict) and "scrape_configs" in document.value


def check_rules(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with the rules of all documents: by promtool, and by the parser that the runbooks have."""
    places = [(document, path) for document in documents for path, value in document.walk() if _is_rules(value)]
    found = list(_promtool(["check", "rules", "--lint=none"], places))
    for document, path in places:
        found += _expression_problems(document, path, found)
    yield from dict.fromkeys(found)


def check_prometheus_configs(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with configurations; the files that they name are not looked for."""
    for document in documents:
        yield from _promtool(["check", "config", "--syntax-only"], [(document, ())])


def _expression_problems(document: SnippetDocument, path: Path, found: list[Problem]) -> Iterator[Problem]:
    """Yield the expressions that only our parser refuses. What only promtool refuses is a warning with its version."""
    groups = document.at((*path, "groups"))
    for at in _rule_paths(groups if isinstance(groups, list) else [], (*path, "groups")):
        rule = document.at(at)
        expression = rule.get("expr") if isinstance(rule, dict) else None
        if not isinstance(expression, str) or _ACTION.search(expression):
            continue
        first, last = document.places[*at, "expr"][0], document.ends[*at, "expr"]
        lines = range(document.snippet.first + first - 1, document.snippet.first + max(last, first + 1) - 1)
        of_it = [
            each
            for each in found
            if each.path == document.snippet.path and each.line in lines and _REFUSED in each.message
        ]
        error = promql_error(expression)
        if error and not of_it:
            yield document.problem((*at, "expr"), f"not valid PromQL: {error}")
        for each in of_it if not error else ():
            found[found.index(each)] = replace(each, severity=Severity.WARNING)


def _rule_paths(groups: Sequence[object], path: Path) -> Iterator[Path]:
    """Yield the path of each rule of `groups`."""
    for index, group in enumerate(groups):
        rules = group.get("rules") if isinstance(group, dict) else None
        yield from ((*path, index, "rules", at) for at in range(len(rules) if isinstance(rules, list) else 0))


def _is_rules(value: Mapping[str, object]) -> bool:
    groups = value.get("groups")
    return isinstance(groups, list) and any(isinstance(each, dict) and "rules" in each for each in groups)


def _promtool(arguments: Sequence[str], places: Sequence[tuple[SnippetDocument, Path]]) -> Iterator[Problem]:
    """Yield what promtool says. It stops at keys that it does not know: those that are younger than it are left out."""
    promtool = program("promtool")
    version = _version(promtool)
    without: dict[int, set[Path]] = {}
    while True:
        parts = [excerpt(document, path, without.get(at, ())) for at, (document, path) in enumerate(places)]
        with tempfile.TemporaryDirectory() as folder:
            for index, part in enumerate(parts):
                (FilePath(folder) / f"{index}.yml").write_text(part.text, encoding="utf-8")
            names = [f"{index}.yml" for index in range(len(parts))]
            done = run([promtool, *arguments, *names], FilePath(folder))
        said = list(_said(done.stderr))
        before = sum(map(len, without.values()))
        for index, text in said:
            if key := _YOUNG.search(text):
                without.setdefault(index, set()).update(_paths_of(parts[index], key))
        if sum(map(len, without.values())) == before:
            break
    if done.returncode != 0 and not said:
        raise failure(done)
    yield from (_problem(parts[index], text, version) for index, text in said)
    for index, paths in without.items():
        yield from value_problems(parts[index].document, sorted(paths, key=str))


def _paths_of(part: Excerpt, unknown: re.Match[str]) -> Iterator[Path]:
    """Yield the paths of a key that is younger than promtool, or that only an operator's resource has."""
    key, is_of_group = unknown["key"], unknown["type"].endswith("RuleGroup")
    for path, (line, _) in part.document.keys.items():
        is_here = line == int(unknown["line"]) if part.is_placed else not is_of_group or path[-3:-2] == ("groups",)
        if key in YOUNGER and path[-1] == key and path[: len(part.path)] == part.path and is_here:
            yield path


@functools.cache
def _version(promtool: str) -> str:
    """Return how a message calls promtool: with its version, since what it knows depends on that."""
    done = run([promtool, "--version"], FilePath.cwd())
    found = re.search(r"version (\d+(?:\.\d+)+)", done.stdout + done.stderr)
    return f"promtool {found[1]}" if found else "promtool"


def _said(stderr: str) -> Iterator[tuple[int, str]]:
    """Yield each mistake in `0.yml: 7:15: group "a", rule 1, "Down": …`; `unmarshal errors:` has its lines below it."""
    index = 0
    for line in stderr.splitlines():
        if named := re.match(r"(?:\s*FAILED: parsing YAML file )?(?P<file>\d+)\.yml: (?P<rest>.*)", line):
            index, said = int(named["file"]), named["rest"]
        elif re.match(r"\s+line \d+:", line):
            said = line.strip()
        else:
            continue
        if not said.endswith("unmarshal errors:"):
            yield index, said


def _problem(part: Excerpt, said: str, tool: str) -> Problem:
    if placed := _PLACED.match(said):
        in_rule = _RULE.match(placed["message"])
        message = in_rule["message"] if in_rule else placed["message"]
        return part.problem(int(placed["line"]), int(placed["column"]), _plain(message, tool))
    if in_line := _LINE.match(said):
        return part.at_line(int(in_line["line"]), _plain(in_line["message"], tool))
    if in_rule := _RULE.match(said):
        return part.document.problem(_place_of(part, in_rule), _plain(in_rule["message"], tool))
    return part.document.problem(part.path, _plain(said, tool))


def _place_of(part: Excerpt, rule: re.Match[str]) -> tuple[str | int, ...]:
    groups = part.document.at((*part.path, "groups"))
    for index, group in enumerate(groups if isinstance(groups, list) else ()):
        if isinstance(group, dict) and group.get("name") == rule["group"]:
            return (*part.path, "groups", index, "rules", int(rule["rule"]) - 1)
    return part.path


def _plain(message: str, tool: str) -> str:
    """Return `message` without the place inside of the expression and Go's names of types.

    It says whose opinion it is where that depends on the version.
    """
    message = re.sub(r"^could not parse expression: \d+:\d+: parse error: ", f"not valid PromQL for {tool}: ", message)
    return re.sub(r"^field (\S+) not found in type \S+$", rf"unknown key `\1` for {tool}", message)
