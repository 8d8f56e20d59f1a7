"""Make the series that a query is tried on: absent, still, zero, full, rising, falling and reset.

Each scenario renames the metrics of the query, so that one test of promtool holds all of them without a mix-up.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import promql_parser

from opsbook.content.expressions import below, metric_of, selectors
from opsbook.content.matching import matching_text

MINUTES = 90
"""When a query is evaluated; the series have a sample each minute until then."""
MOST_SCENARIOS = 64
ABSENT = ""
OFFSET = "offset"

_COUNTERS = frozenset({"rate", "irate", "increase", "resets"})
_NEVER_ZERO = re.compile(
    r"capacity|limit|max|size|allocatable|desired|spec_|quota|hard|cores|MemTotal|objective|series|target"
)
_ZERO_IS_NO_LIMIT = frozenset({"redis_memory_max_bytes"})
_STILL = "1000x{n}"


@dataclass(frozen=True)
class TriedSeries:
    """One selector of a query: its metric, the labels that it asks for, and how its values are read."""

    metric: str
    labels: tuple[tuple[str, str], ...]
    functions: frozenset[str] = frozenset()
    is_compared: bool = False
    """Whether the query asks for its values at another time too, with `offset`."""

    @property
    def name(self) -> str:
        """Return the series as promtool writes it."""
        labels = ", ".join(f'{name}="{value}"' for name, value in self.labels)
        return f"{self.metric}{{{labels}}}" if labels else self.metric

    @property
    def is_counted(self) -> bool:
        """Return whether it is read as a counter."""
        return bool(self.functions & _COUNTERS)

    @property
    def usual(self) -> str:
        """Return the values of a system in which all is well."""
        return "0+60x{n}" if self.is_counted else "100x{n}"

    def values(self, numbers: Sequence[float]) -> Iterator[tuple[str, bool]]:
        """Yield the values that it may have in promtool's notation, and whether they are met in real systems."""
        yield self.usual, True
        yield ABSENT, True
        if self.is_compared:  # Between the two times it begins, and it ends.
            yield from ((each, True) for each in ("0x74 60+60x20", "0+60x74 4440x20")[: 2 if self.is_counted else 0])
            yield from ((each, True) for each in ("0x74 100x20", "100x74 0x20")[: 0 if self.is_counted else 2])
        if self.is_counted:
            yield from ((each, True) for each in (_STILL, "0+60x50 0+60x{n}"))
            return
        can_be_zero = self.metric in _ZERO_IS_NO_LIMIT or not _NEVER_ZERO.search(self.metric)
        yield "0x{n}", can_be_zero
        yield "1x{n}", True
        if self.functions:
            yield from ((each, True) for each in ("9000-60x{n}", "1000+60x{n}"))
        yield from ((f"{number:g}x{{n}}", True) for number in numbers)


@dataclass(frozen=True)
class Scenario:
    """The values of each series of a query, in the order of its selectors, and whether they are met in real systems."""

    series: tuple[tuple[TriedSeries, str], ...]
    is_real: bool = True

    @property
    def shown(self) -> str:
        """Return the series as a test of promtool would have them; those that are absent are named as such."""
        there = [f"{each.name} {values.format(n=MINUTES)}" for each, values in self.series if values != ABSENT]
        gone = [each.name for each, values in self.series if values == ABSENT]
        told = [f"`{each}`" for each in there] + [f"no `{each}`" for each in gone]
        return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else told[0]

    def lines(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Yield each series with its values, its metric renamed with `prefix`."""
        for each, values in self.series:
            if values == ABSENT:
                continue
            text = values.format(n=MINUTES + 5)
            if each.metric.endswith("_bucket"):
                for le in ("0.1", "1", "+Inf"):
                    yield _named(each, prefix, le), text
            else:
                yield _named(each, prefix), text


def _named(series: TriedSeries, prefix: str, le: str = "") -> str:
    labels = dict(series.labels)
    if le:
        labels.setdefault("le", le)
    inside = ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in labels.items())
    return f"{prefix}{series.metric}{{{inside}}}"


def scenarios(node: object, numbers: Sequence[float]) -> tuple[Scenario, ...]:
    """Return the scenarios for the query `node`, the simplest first; none where its series cannot be told.

    `numbers` are tried as values too, such as those that its branches compare with.
    """
    series = tried_series(node)
    if not series:
        return ()
    tried = numbers if len(series) == 1 else ()
    choices = [list(each.values(tried)) for each in series]
    most = len(series) if len(series) < 3 else 2
    found = [Scenario(tuple((each, ABSENT) for each in series))]
    for picked in itertools.chain.from_iterable(_deviating(choices, count) for count in range(most + 1)):
        pairs = tuple((each, value) for each, (value, _) in zip(series, picked, strict=True))
        found.append(Scenario(pairs, all(is_real for _, is_real in picked)))
    return tuple(dict.fromkeys(found))[:MOST_SCENARIOS]


def _deviating(choices: Sequence[Sequence[tuple[str, bool]]], count: int) -> Iterator[Sequence[tuple[str, bool]]]:
    """Yield each pick in which `count` series are not as usual."""
    for places in itertools.combinations(range(len(choices)), count):
        others = [choice[1:] if at in places else choice[:1] for at, choice in enumerate(choices)]
        yield from itertools.product(*others)


def tried_series(node: object) -> tuple[TriedSeries, ...]:
    """Return the distinct selectors of a query with labels that match; none where a name or a label cannot be told."""
    shared = dict.fromkeys(_grouped(node), "a")
    found: dict[tuple[str, tuple[tuple[str, str], ...]], set[str]] = {}
    for selector, function in _with_function(node, ""):
        metric = metric_of(selector)
        labels = _labels(selector)
        if metric is None or labels is None:
            return ()
        key = (metric, tuple(sorted({**shared, **labels}.items())))
        found.setdefault(key, set()).update({function, OFFSET if selector.offset else ""} - {""})
    return tuple(
        TriedSeries(metric, labels, frozenset(uses - {OFFSET}), OFFSET in uses)
        for (metric, labels), uses in found.items()
    )


def _with_function(node: object, function: str) -> Iterator[tuple[promql_parser.VectorSelector, str]]:
    """Yield each selector, and the function that reads a range of it."""
    if isinstance(node, (promql_parser.MatrixSelector, promql_parser.SubqueryExpr)):
        yield from ((selector, function) for selector in selectors(node))
        return
    if isinstance(node, promql_parser.VectorSelector):
        yield node, ""
        return
    name = str(node.func.name) if isinstance(node, promql_parser.Call) else function
    for part in below(node):
        yield from _with_function(part, name)


def _labels(selector: promql_parser.VectorSelector) -> dict[str, str] | None:
    """Return labels that fit all matchers of a selector; None where none is found."""
    wanted: dict[str, list[promql_parser.Matcher]] = {}
    for matcher in selector.matchers.matchers:
        if matcher.name != "__name__":
            wanted.setdefault(matcher.name, []).append(matcher)
    found = {name: matching_text(matchers) for name, matchers in wanted.items()}
    if any(value is None for value in found.values()):
        return None
    return {name: value for name, value in found.items() if value}


def _grouped(node: object) -> Iterator[str]:
    """Yield the labels by which the query groups and joins, which all its series need."""
    modifier = getattr(node, "modifier", None)
    if isinstance(node, promql_parser.AggregateExpr) and modifier:
        yield from modifier.labels if modifier.type == promql_parser.AggModifierType.By else ()
    elif isinstance(node, promql_parser.BinaryExpr) and modifier and modifier.matching:
        yield from modifier.matching.labels
    for part in below(node):
        yield from (label for label in _grouped(part) if label not in ("le", "__name__"))
