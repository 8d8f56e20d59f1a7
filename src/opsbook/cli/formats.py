"""Write what a command found for other programs: as JSON, as SARIF, and as commands of a GitHub workflow."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from opsbook import __version__
from opsbook.cli.findings import Findings
from opsbook.problems import Problem, Severity

HOME = "https://github.com/opsbook/opsbook"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_RULE = re.compile(r" \((?P<rule>[a-z][a-z-]*|SC\d{4})\)$")


def from_here(findings: Findings, root: Path) -> Findings:
    """Return `findings` with the paths of files below `root` as they are from the current folder."""
    problems = (replace(each, path=Path(os.path.normpath(root / each.path)).as_posix()) for each in findings.problems)
    return replace(findings, problems=tuple(problems))


def json_text(findings: Findings) -> str:
    """Return every problem with its place as JSON."""
    problems = [
        {
            "path": problem.path,
            "line": problem.line or None,
            "column": problem.column or None,
            "severity": problem.severity.value,
            "rule": _rule(problem),
            "message": problem.message,
        }
        for problem in findings.problems
    ]
    errors = sum(problem.severity is Severity.ERROR for problem in findings.problems)
    notes = sum(problem.severity is Severity.NOTE for problem in findings.problems)
    summary = {"errors": errors, "warnings": len(problems) - errors - notes, "checked": findings.counts or None}
    tree = {"summary": summary, "problems": problems, "notes": list(findings.notes)}
    return _dumped({**tree, "reasons": dict(findings.reasons)} if findings.reasons else tree)


def sarif_text(findings: Findings) -> str:
    """Return every problem as a log in the form of SARIF 2.1.0.

    https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    rules = sorted({_rule(problem) for problem in findings.problems})
    driver = {
        "name": "opsbook",
        "version": __version__,
        "informationUri": HOME,
        "rules": [_sarif_rule(rule, findings.reasons) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, rules) for problem in findings.problems],
    }
    return _dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: str, reasons: Mapping[str, str]) -> Mapping[str, Any]:
    return {"id": rule, "shortDescription": {"text": reasons[rule]}} if rule in reasons else {"id": rule}


def _sarif_result(problem: Problem, rules: list[str]) -> Mapping[str, Any]:
    is_outside = problem.path.startswith(("/", "../"))
    file = (
        {"uri": Path(os.path.normpath(Path(problem.path).absolute())).as_uri()}
        if is_outside
        else {"uri": quote(problem.path)}
    )
    place: dict[str, Any] = {"artifactLocation": file if is_outside else {**file, "uriBaseId": "%SRCROOT%"}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": max(problem.column, 1)}
    return {
        "ruleId": _rule(problem),
        "ruleIndex": rules.index(_rule(problem)),
        "level": problem.severity.value,
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }


def github_text(findings: Findings) -> str:
    """Return every problem as a command that makes GitHub show it at its line.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
    """
    return "".join(f"{line}\n" for line in _github_lines(findings))


def _github_lines(findings: Findings) -> Iterator[str]:
    for problem in findings.problems:
        place = {"file": problem.path, "line": problem.line, "col": problem.column}
        named = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value)
        kind = "notice" if problem.severity is Severity.NOTE else problem.severity.value
        yield f"::{kind} {named}::{_data(problem.message)}"
    yield from (f"::notice ::{_data(note)}" for note in findings.notes)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _rule(problem: Problem) -> str:
    """Return the rule of a problem, also in parentheses at the end of a message, as those of runbooks have it.

    It is `opsbook` where there is none.
    """
    if problem.rule:
        return problem.rule
    found = _RULE.search(problem.message)
    return found["rule"] if found else "opsbook"


def _dumped(tree: Mapping[str, Any]) -> str:
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Callable[[Findings], str]] = {"json": json_text, "sarif": sarif_text, "github": github_text}
"""The formats by their names, except the text that people read."""
