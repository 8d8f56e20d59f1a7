"""Tell which component exports a metric and which type it has, by what the engine and the handbook know."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import promql_parser

from opsbook.content.expressions import metric_of, read_expression, without_parens
from opsbook.content.model import HandbookContent
from opsbook.content.queries import rule_queries
from opsbook.content.settings import Component, KnownComponents
from opsbook.source.built_in import package_yaml
from opsbook.source.validate import validate

COUNTER = "counter"
GAUGE = "gauge"
CODE = frozenset(
    {"javascript", "js", "typescript", "ts", "python", "py", "go", "java", "kotlin", "ruby", "rust", "csharp"}
)
PARTS = ("_bucket", "_count", "_sum", "_total", "_created")
"""What a client library adds to the name in the code."""

_BY_NAME = (
    (COUNTER, ("_total", "_bucket")),
    (GAUGE, ("_bytes", "_info", "_percent", "_ratio", "_celsius", "_timestamp_seconds", "_up")),
)
_DECLARED = re.compile(
    r"\b(?:new_?)?(?:client\.|prom\w*\.)?(?:New)?(?P<type>Counter|Gauge|Histogram|Summary)(?:Vec|Opts)?\b"
)
_NAME = re.compile(r"""["'`](?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)["'`]""")
_EXPOSED = re.compile(r"^# TYPE (?P<name>\S+) (?P<type>counter|gauge|histogram|summary)\s*$", re.MULTILINE)
KEEPS_VALUES = frozenset({"sum", "max", "min", "avg", "topk", "bottomk"})
"""The aggregations that give what they take: of counters a counter, of gauges a gauge."""
_KEEPS_TYPE = frozenset({"last_over_time", "max_over_time", "min_over_time", "label_replace", "label_join", "sort"})
_PACES = frozenset({"rate", "irate", "increase", "delta", "idelta", "deriv", "histogram_quantile", "avg_over_time"})
_NEAR = 200


@functools.cache
def known_components() -> tuple[Component, ...]:
    """Return the components that the engine knows."""
    return validate(KnownComponents, package_yaml("opsbook.content", "components.yml")).components


@dataclass(frozen=True)
class MetricCatalog:
    """Every component, the types that the handbook declares, and what its rules record."""

    components: tuple[Component, ...]
    declared: Mapping[str, str] = field(default_factory=dict)
    """The type of each metric that the code or the output of a page declares, by its name without what is added."""
    recorded: Mapping[str, str] = field(default_factory=dict)
    """The expression of each series that a rule records."""

    def component_of(self, metric: str) -> Component | None:
        """Return the component with the most specific pattern for `metric`; None where none is known."""
        found = [
            (pattern, each) for each in self.components for pattern in each.metrics if fits_pattern(metric, pattern)
        ]
        return max(found, key=lambda pair: len(pair[0]))[1] if found else None

    def values_of(self, metric: str, label: str) -> tuple[str, ...]:
        """Return the only values that `label` of `metric` can have; none where that is not known."""
        component = self.component_of(metric)
        known = component.labels if component else ()
        return next((each.values for each in known if each.label == label and fits_pattern(metric, each.metrics)), ())

    def is_declared(self, metric: str) -> bool:
        """Return whether the code of a page declares `metric`."""
        return metric in self.declared or _without_part(metric) in self.declared

    def type_of(self, metric: str) -> str:
        """Return `counter` or `gauge`; an empty text where that is not known."""
        if metric in self.recorded:
            return self._type_of_record(metric)
        if self.is_declared(metric):
            return self._type_of_declared(metric)
        component = self.component_of(metric)
        if component:
            named = [(pattern, COUNTER) for pattern in component.counters if fits_pattern(metric, pattern)]
            named += [(pattern, GAUGE) for pattern in component.gauges if fits_pattern(metric, pattern)]
            if named:
                return max(named, key=lambda pair: (len(pair[0].replace("*", "")), pair[1] == COUNTER))[1]
        return next((kind for kind, endings in _BY_NAME if metric.endswith(endings)), "")

    def _type_of_declared(self, metric: str) -> str:
        kind = self.declared.get(metric) or self.declared[_without_part(metric)]
        if kind in ("histogram", "summary"):
            return COUNTER if metric.endswith(("_bucket", "_count", "_sum")) else ""
        return kind

    def _type_of_record(self, metric: str) -> str:
        """Return the type of a recorded series, which is that of what it keeps; a pace is a gauge."""
        node = read_expression(self.recorded[metric])
        while node is not None:
            node = without_parens(node)
            if isinstance(node, promql_parser.MatrixSelector):
                node = node.vector_selector
            if isinstance(node, promql_parser.VectorSelector):
                inside = metric_of(node)
                return self.type_of(inside) if inside and inside not in self.recorded else ""
            if isinstance(node, promql_parser.AggregateExpr) and str(node.op) in KEEPS_VALUES:
                node = node.expr
            elif isinstance(node, promql_parser.Call) and str(node.func.name) in _KEEPS_TYPE:
                node = node.args[0]
            else:
                is_pace = isinstance(node, promql_parser.Call) and str(node.func.name) in _PACES
                return GAUGE if is_pace else ""
        return ""


def metric_catalog(content: HandbookContent) -> MetricCatalog:
    """Return what the engine, the settings and the pages of a handbook say of metrics."""
    own = {each.id: each for each in content.settings.components}
    components = (*own.values(), *(each for each in known_components() if each.id not in own))
    recorded = {str(rule.rule["record"]): rule.expression for rule in rule_queries(content) if rule.rule.get("record")}
    return MetricCatalog(components, dict(_declared(content)), recorded)


def _declared(content: HandbookContent) -> Iterable[tuple[str, str]]:
    for fence in (fence for page in content.pages for fence in page.fences):
        for exposed in _EXPOSED.finditer(fence.content):
            yield _without_part(exposed["name"]), exposed["type"]
    for block in content.blocks:
        if block.language not in CODE:
            continue
        for found in _DECLARED.finditer(block.code):
            near = _NAME.search(block.code, found.end(), found.end() + _NEAR)
            if near:
                yield _without_part(near["name"]), found["type"].lower()


def _without_part(metric: str) -> str:
    return next((metric.removesuffix(part) for part in PARTS if metric.endswith(part)), metric)


@functools.lru_cache(maxsize=10_000)
def fits_pattern(metric: str, pattern: str) -> bool:
    """Return whether `pattern`, in which `*` stands for any letters, is for `metric`."""
    return fnmatch.fnmatchcase(metric, pattern)
