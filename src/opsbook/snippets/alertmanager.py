"""Check the Alertmanager configurations in YAML documents with amtool.

A configuration may stand at the top of a file or under a key of chart values: wherever `route` and `receivers` are.
https://prometheus.io/docs/alerting/latest/configuration/
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

_CHECKING = re.compile(r"Checking '(?P<file>\d+)\.yml'  (?:SUCCESS|FAILED: (?P<said>.*))")
_LINE = re.compile(r"\s*(?:yaml: )?line (?P<line>\d+): (?P<message>.*)")
_FIELD = re.compile(r"field (\S+) not found in type \S+")


def holds_alertmanager(document: SnippetDocument) -> bool:
    """Return whether the document holds a configuration anywhere."""
    return any(_is_configuration(value) for _, value in document.walk())


def check_alertmanager(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with the configurations of all documents, found by one run of amtool."""
    amtool = program("amtool")
    parts = [excerpt(each, path) for each in documents for path, value in each.walk() if _is_configuration(value)]
    with tempfile.TemporaryDirectory() as folder:
        for index, part in enumerate(parts):
            (Path(folder) / f"{index}.yml").write_text(part.text, encoding="utf-8")
        done = run([amtool, "check-config", *(f"{index}.yml" for index in range(len(parts)))], Path(folder))
    found = list(_said(done.stdout, parts))
    if done.returncode != 0 and not found:
        raise failure(done)
    yield from found


def _is_configuration(value: Mapping[str, object]) -> bool:
    return isinstance(value.get("route"), dict) and isinstance(value.get("receivers"), list) and "kind" not in value


def _said(stdout: str, parts: Sequence[Excerpt]) -> Iterator[Problem]:
    part: Excerpt | None = None
    for line in stdout.splitlines():
        checking = _CHECKING.match(line)
        part = parts[int(checking["file"])] if checking else part
        said = checking["said"] if checking else line.strip() if _LINE.match(line) else None
        if part and said and not said.endswith("unmarshal errors:"):
            yield _problem(part, said)


def _problem(part: Excerpt, said: str) -> Problem:
    placed = _LINE.match(said)
    message = _FIELD.sub(r"unknown key `\1`", placed["message"] if placed else said)
    return part.at_line(int(placed["line"]), message) if placed else part.document.problem(part.path, message)
