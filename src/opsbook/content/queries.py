"""Find the PromQL of a handbook: in runbooks and pages, in rules, dashboards, autoscalers and shell commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from opsbook.content.model import HandbookContent
from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.yaml_tree import SnippetDocument
from opsbook.source.text import end_position

SHELLS = frozenset({"bash", "sh", "shell"})
_DURATIONS = re.compile(r"\$(?:__(?:rate_)?interval|__range|\{__(?:rate_)?interval\}|\{__range\})")
_SHELL = re.compile(
    r"promtool query (?:instant|range)(?: -\S+)* \S+ '(?P<asked>[^'\n]+)'|--data-urlencode 'query=(?P<given>[^'\n]+)'"
)


@dataclass(frozen=True)
class FoundQuery:
    """An expression, and how to report what is wrong with it. `rule` is the alerting or recording rule around it."""

    expression: str
    problem: Callable[[str], Problem] = field(compare=False)
    rule: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def alert(self) -> str:
        """Return the name of the alert; empty where it is none."""
        return str(self.rule.get("alert", ""))


def queries(content: HandbookContent) -> Iterator[FoundQuery]:
    """Yield every expression of `content`, in the order of the pages, then of the files."""
    for block in content.blocks:
        if block.is_unchecked:
            continue
        if block.language == "promql":
            yield FoundQuery(plain_query(block.code), block.at_fence)
        elif block.language in SHELLS:
            yield from _in_shell(block)
    for document in content.documents:
        if not document.snippet.is_unchecked:
            yield from _of_rules(document)
            yield from _of_panels(document)


def rule_queries(content: HandbookContent) -> Iterator[FoundQuery]:
    """Yield the expression of every alerting and recording rule, wherever it stands in YAML."""
    for document in content.documents:
        if not document.snippet.is_unchecked:
            yield from _of_rules(document)


def plain_query(code: str) -> str:
    """Return `code` with a duration in place of each of Grafana's variables that stands for one."""
    return _DURATIONS.sub("5m", code)


def _in_shell(block: Snippet) -> Iterator[FoundQuery]:
    for found in _SHELL.finditer(block.code):
        group = "given" if found["given"] else "asked"
        line, column = end_position(block.code[: found.start(group)])
        yield FoundQuery(found[group], partial(block.problem, line, column))


def _of_rules(document: SnippetDocument) -> Iterator[FoundQuery]:
    for path, value in document.walk():
        expression = value.get("expr")
        if isinstance(expression, (str, int, float)) and (value.get("alert") or value.get("record")):
            yield FoundQuery(str(expression), partial(document.problem, (*path, "expr")), value)


def _of_panels(document: SnippetDocument) -> Iterator[FoundQuery]:
    """Yield the queries of dashboards, and of what asks Prometheus by itself, such as an autoscaler or an analysis."""
    for path, value in document.walk():
        if isinstance(text := value.get("expr"), str) and "refId" in value:
            yield FoundQuery(plain_query(text), partial(document.problem, (*path, "expr")))
        asks = path[-1:] == ("prometheus",) or "serverAddress" in value
        if asks and isinstance(text := value.get("query"), str):
            yield FoundQuery(text, partial(document.problem, (*path, "query")))
