"""Ask promtool what queries give over made-up series, many queries in one run.

promtool has no command that evaluates a query over given series but a test that expects nothing and says what it got:
https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opsbook.content.scenarios import MINUTES
from opsbook.snippets.tools import ToolError, failure, program, run

Values = frozenset[float | None]
"""What a query gives, one number for each series; None for an empty result."""

_COMMENT = re.compile(r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)|\#[^\n]*""")
_ASKED = re.compile(r'^\s+expr: "(?P<expression>.*)", time: (?P<rest>.*)$')
_GOT = re.compile(r"^\s+got: (?P<got>.*)$")
_LABELS = r"\{(?:[^\"{}]|\"(?:\\.|[^\"\\])*\")*\}"
_SAMPLE = re.compile(rf"(?:(?<![\w:])[A-Za-z_:][\w:]*)?{_LABELS} (?P<value>[^\s,]+)")


@dataclass(frozen=True)
class Trial:
    """An expression, and the series that it is tried on, each with its values in promtool's notation."""

    expression: str
    series: tuple[tuple[str, str], ...]


_KNOWN = Trial("vector(42)", ())


def tried_values(trials: Sequence[Trial]) -> Mapping[Trial, Values]:
    """Return what each trial gives; those that this promtool cannot evaluate are left out. Raise ToolError.

    One query whose value is known runs along: where that does not come back, this promtool answers in another form.
    """
    if not trials:
        return {}
    promtool = program("promtool")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "trials.yml").write_text(_test_file([_KNOWN, *trials]), encoding="utf-8")
        done = run([promtool, "test", "rules", "trials.yml"], Path(folder))
    said = dict(_said(f"{done.stdout}\n{done.stderr}"))
    if done.returncode not in (0, 1) or (done.returncode and not said):
        raise failure(done)
    if said.get(_KNOWN.expression) != frozenset[float | None]({42.0}):
        raise ToolError("its promtool answers in a form that is not known here; take another version")
    found = {}
    for trial in trials:
        values = said.get(_one_line(trial.expression), frozenset({None}))
        if values is not None:
            found[trial] = values
    return found


def _test_file(trials: Sequence[Trial]) -> str:
    """Return the test file, which is JSON, and so YAML too."""
    series = {name: values for trial in trials for name, values in trial.series}
    group = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {"expr": _one_line(trial.expression), "eval_time": f"{MINUTES}m", "exp_samples": []} for trial in trials
        ],
    }
    return json.dumps({"rule_files": [], "evaluation_interval": "1m", "tests": [group]})


def _one_line(expression: str) -> str:
    """Return `expression` without comments and line ends, which nothing in a string is taken for."""
    kept = _COMMENT.sub(lambda found: found["string"] or " ", expression)
    return " ".join(kept.split())


def _said(text: str) -> Iterator[tuple[str, Values | None]]:
    """Yield each expression that gave something, with the values; with None if it could not be evaluated."""
    expression = ""
    for line in text.splitlines():
        if asked := _ASKED.match(line):
            expression = _unquoted(asked["expression"])
            if "err:" in asked["rest"]:
                yield expression, None
        elif got := _GOT.match(line):
            yield expression, frozenset(float(each["value"].lower()) for each in _SAMPLE.finditer(got["got"]))


def _unquoted(text: str) -> str:
    """Return the text that Go has quoted; as it is where it holds an escape that JSON does not know."""
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text
