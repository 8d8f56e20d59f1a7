"""Hold every metric that a handbook asks for to what the handbook installs and lets Prometheus read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from opsbook.content.expressions import is_equal, metric_of, read_expression, selectors
from opsbook.content.installations import Installations, installations
from opsbook.content.matching import matching_text
from opsbook.content.metrics import MetricCatalog, fits_pattern, metric_catalog
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import FoundQuery, queries
from opsbook.content.scrapes import Scrapes, scrapes
from opsbook.content.settings import FILE, Component
from opsbook.problems import Problem, Severity

_HOW = f"declare it under `components` in {FILE}"


@dataclass(frozen=True)
class _Sources:
    """All that a handbook says of where metrics come from."""

    catalog: MetricCatalog
    installed: Installations
    scrapes: Scrapes

    def fault(self, metric: str, component: Component) -> str:
        """Return why nothing gives `metric` of `component`, and what to do; an empty text where something does."""
        title = component.title
        if component.elsewhere:
            return ""
        if not self.installed.holds(component.installed_by):
            names = ", ".join(f"`{name}`" for name in component.installed_by[:3])
            return f"{title}, which exports it, is installed nowhere here; show its installation ({names}), or {_HOW}"
        if not self.scrapes.reads(component, self.installed):
            return (
                f"Prometheus does not read {title}; show a monitor, a scrape job or the switch of its chart, or {_HOW}"
            )
        for each in component.configured:
            if fits_pattern(metric, each.metrics) and not self.scrapes.says(each.says):
                wanted = " or ".join(f"`{text}`" for text in each.says)
                return (
                    f"the configuration of {title} never says {wanted}, without which there is no such metric; add it"
                )
        return ""


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each metric without a source: in a rule at each rule, elsewhere once on a page."""
    installed = installations(content)
    found = scrapes(content, installed)
    if not installed.names and not found.found and not content.settings.components:
        return  # Its monitoring is described elsewhere.
    sources = _Sources(metric_catalog(content), installed, found)
    told: set[tuple[str, str]] = set()
    for query in queries(content):
        for metric, labels in _metrics(query, sources.catalog):
            problem = _problem(query, metric, labels, sources)
            if problem is None:
                continue
            key = (problem.path, f"{problem.line if query.rule else ''}{metric if query.rule else problem.message}")
            if key not in told:
                told.add(key)
                yield problem


def _metrics(query: FoundQuery, catalog: MetricCatalog) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each metric of a query with the values that its labels must have."""
    node = read_expression(query.expression)
    for selector in selectors(node) if node is not None else ():
        named = [each for each in selector.matchers.matchers if each.name == "__name__"]
        metric, sample = metric_of(selector), matching_text(named) if named else None
        if metric is None and sample and catalog.component_of(sample):
            metric = sample  # A pattern such as `otelcol_.+` asks for any of them; one of no known component is let be.
        labels = {each.name: each.value for each in selector.matchers.matchers if is_equal(each)}
        if metric:
            yield metric, labels


def _problem(query: FoundQuery, metric: str, labels: Mapping[str, str], sources: _Sources) -> Problem | None:
    who = f"`{query.alert}` asks for `{metric}`" if query.alert else f"`{metric}`"
    if metric in sources.catalog.recorded:
        return None
    if sources.catalog.is_declared(metric):
        own = sources.scrapes.reads_own(sources.catalog.components)
        message = f"{who}: code of this handbook makes it, and no monitor or scrape job reads such a program; show one"
        return None if own else query.problem(message)
    component = sources.catalog.component_of(metric)
    if component is None:
        message = f"{who}: nothing here is known to export it; show the code that does, or {_HOW}"
        return replace(query.problem(message), severity=Severity.WARNING)
    if fault := sources.fault(metric, component):
        return query.problem(f"{who}: {fault}")
    value = labels.get(component.targets or "", "")
    if value and "$" not in value and not component.elsewhere and not sources.scrapes.asks(value):
        return query.problem(f"{who} of `{value}`: no monitor of {component.title} has it among its targets; add it")
    return None


CHECK = ContentCheck(
    name="metric-source",
    looks_at=(
        "Each metric of a rule, a runbook, a dashboard or a guide: whether the handbook installs what exports it, and "
        "lets Prometheus read that. Where the handbook installs nothing at all, nothing is said."
    ),
    reason="A rule over a metric that nobody exports never fires, and a runbook that asks for it shows nothing.",
    find=_find,
)
