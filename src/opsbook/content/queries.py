"""Find the PromQL of a handbook: in the commands of runbooks, in blocks of pages and in rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from opsbook.content.model import HandbookContent
from opsbook.problems import Problem
from opsbook.snippets.yaml_tree import SnippetDocument


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
        if block.language == "promql" and not block.is_unchecked:
            yield FoundQuery(block.code, block.at_fence)
    yield from rule_queries(content)


def rule_queries(content: HandbookContent) -> Iterator[FoundQuery]:
    """Yield the expression of every alerting and recording rule, wherever it stands in YAML."""
    for document in content.documents:
        if not document.snippet.is_unchecked:
            yield from _of_rules(document)


def _of_rules(document: SnippetDocument) -> Iterator[FoundQuery]:
    for path, value in document.walk():
        expression = value.get("expr")
        if isinstance(expression, (str, int, float)) and (value.get("alert") or value.get("record")):
            yield FoundQuery(str(expression), partial(document.problem, (*path, "expr")), value)
