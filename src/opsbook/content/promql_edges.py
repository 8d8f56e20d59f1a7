"""Hold the branches of a runbook's step to all that its query can give: nothing, zero, `NaN`, an infinite number.

Each query is run over made-up series. A value that no branch names is a problem, and so is one that two branches name
which lead to different places. Where a branch cannot be read, nothing is said of the step.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opsbook.content.branches import Decision, decisions
from opsbook.content.conditions import Value
from opsbook.content.expressions import read_expression
from opsbook.content.gaps import is_unnamed, kind_of, named_twice
from opsbook.content.metrics import fits_pattern
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.promtool_values import Trial, Values, tried_values
from opsbook.content.ranges import BITS
from opsbook.content.rewriting import with_prefix, with_short_times
from opsbook.content.scenarios import Scenario, scenarios
from opsbook.nouns.runbook.model import Command, ParsedRunbook
from opsbook.problems import Problem
from opsbook.shell.promql import promql_variables

_CAN_FALL = re.compile(r"\b(?:i?deriv|i?delta|predict_linear)\b")
_SAID = {
    "an empty result": re.compile(r"\b(?:empty|nothing|no (?:result|data|value|answer))\b"),
    "`NaN`": re.compile(r"\bnan\b"),
    "`+Inf`": re.compile(r"\binf"),
    "`-Inf`": re.compile(r"\binf"),
    "a negative number": re.compile(r"\bnegative|-\d"),
}
"""What the text beside the branches may say of a value."""
_NEVER = {"inf": math.inf, "-inf": -math.inf}


@dataclass(frozen=True)
class _Tried:
    """A query with its decision and one scenario, as it is given to promtool."""

    source: ParsedRunbook
    decision: Decision
    query: Command
    scenario: Scenario
    trial: Trial


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield what is wrong between the branches of each step and the values of its queries."""
    tried = [each for source in content.graph.all(ParsedRunbook) for each in _of_runbook(source)]
    values = tried_values([each.trial for each in tried])
    groups: dict[tuple[str, int], list[_Tried]] = {}
    for each in tried:
        groups.setdefault((each.source.page.path, each.query.line), []).append(each)
    for group in groups.values():
        yield from _problems(group, values)


def _of_runbook(source: ParsedRunbook) -> Iterator[_Tried]:
    examples = {name: variable.example for name, variable in source.runbook.variable.items()}
    for step in source.runbook.steps:
        for decision in decisions(step):
            for query in decision.queries:
                yield from _of_query(source, decision, query, examples)


def _of_query(
    source: ParsedRunbook, decision: Decision, query: Command, examples: Mapping[str, str]
) -> Iterator[_Tried]:
    plain = with_short_times(_filled(query.code, examples))
    node = read_expression(plain)
    for index, scenario in enumerate(scenarios(node, _numbers(decision)) if node is not None else ()):
        prefix = f"{source.runbook.id.replace('-', '_')}_{query.line}_{index}_"
        prefix = "".join(sign if sign.isascii() else "_" for sign in f"s_{prefix}")
        expression = with_prefix(plain, (each.metric for each, _ in scenario.series), prefix)
        yield _Tried(source, decision, query, scenario, Trial(expression, tuple(scenario.lines(prefix))))


def _filled(code: str, examples: Mapping[str, str]) -> str:
    """Return `code` with an example in place of each variable."""
    pieces, end = [], 0
    for name, start, stop in promql_variables(code):
        pieces += [code[end:start], json.dumps(examples.get(name, "a"), ensure_ascii=False)[1:-1]]
        end = stop
    return "".join([*pieces, code[end:]])


def _numbers(decision: Decision) -> Sequence[float]:
    """Return numbers at, between and beyond those of the branches."""
    readings = [each for branch in decision.branches for each in branch.condition.readings]
    numbers = sorted({number for each in readings for number in (each.number, each.other) if math.isfinite(number)})
    between = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
    return sorted({*numbers, *between, *(number * 2 for number in numbers), *(number / 2 for number in numbers)})


def _problems(group: Sequence[_Tried], values: Mapping[Trial, Values]) -> Iterator[Problem]:
    """Yield what is wrong between the values of one query in all scenarios, and its branches."""
    seen = [(value, each) for each in group for value in sorted(values.get(each.trial, ()), key=str)]
    if not seen:
        return
    yield from _gaps(seen)
    decision, path = group[0].decision, group[0].source.page.path
    if len(decision.queries) == 1:
        yield from _overlaps(seen)
    given = {value for value, _ in seen}
    for branch in decision.branches if len(decision.queries) == 1 or _are_alike(decision) else ():
        for reading in branch.condition.readings:
            if reading.kind in _NEVER and _NEVER[reading.kind] not in given:
                sign = f"`{'+' if reading.kind == 'inf' else '-'}Inf`"
                message = f"this branch is for {sign}, which the query never gives; name what it gives in that case"
                yield Problem(path, branch.line, 1, message)


def _gaps(seen: Sequence[tuple[Value, _Tried]]) -> Iterator[Problem]:
    """Yield each kind of value that no branch names, with the smallest series that give it."""
    told: set[str] = set()
    for value, each in seen:
        decision, kind = each.decision, kind_of(value)
        if not each.scenario.is_real or kind in told or (kind == "a negative number" and not _can_fall(each.query)):
            continue
        of_one = len(decision.queries) == 1
        if _is_said(kind, decision.text) or not is_unnamed(
            value, decision.branches, of_one=of_one, is_bit=_is_bit(each)
        ):
            continue
        told.add(kind)
        what = kind or f"{value:g}"
        message = f"no branch names {what}, which this query gives for {each.scenario.shown}; add a branch for it"
        yield Problem(each.source.page.path, each.query.line, 1, message)


def _is_bit(tried: _Tried) -> bool:
    """Return whether all series of the query are 0 or 1, as `up` is, and nothing computes with them."""
    names = [series.metric for series, _ in tried.scenario.series]
    is_plain = not re.search(r"[-+*/%<>=!]=?\s|\b(?:sum|count|avg|rate|increase)\b", tried.query.code)
    return is_plain and all(any(fits_pattern(name, pattern) for pattern in BITS) for name in names)


def _can_fall(query: Command) -> bool:
    return bool(_CAN_FALL.search(query.code))


def _is_said(kind: str, text: str) -> bool:
    return kind in _SAID and bool(_SAID[kind].search(text.lower()))


def _overlaps(seen: Sequence[tuple[Value, _Tried]]) -> Iterator[Problem]:
    """Yield each pair of branches that are for the same value and lead to different places."""
    told: set[tuple[int, str]] = set()
    for value, each in seen:
        pair = named_twice(value, each.decision.branches)
        if pair is None or (pair[1].line, pair[1].condition.text) in told:
            continue
        told.add((pair[1].line, pair[1].condition.text))
        what = kind_of(value) or f"{value:g}"
        message = (
            f"`{pair[0].condition.text}` and `{pair[1].condition.text}` are both for {what}, which the query gives for "
            f"{each.scenario.shown}, and lead to different places; let one of them name it"
        )
        yield Problem(each.source.page.path, pair[1].line, 1, message)


def _are_alike(decision: Decision) -> bool:
    """Return whether the queries of a decision differ in names alone, so that the branches are for each of them."""
    return len({re.sub(r"\b[a-z_]{4,}\b", "_", query.code) for query in decision.queries}) == 1


CHECK = ContentCheck(
    name="promql-edges",
    looks_at=(
        "Each query of a runbook's step with the branches after it: what it gives where series are absent, still, "
        "zero, full, rising, falling or reset, as `promtool` computes it."
    ),
    reason="At night nobody can tell what `NaN` or an empty result means; a branch for each says where to go.",
    find=_find,
)
