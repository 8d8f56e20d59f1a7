"""Narrow the expression of a rule to what one alert is about, by the labels that it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opsbook.nouns.runbook.lint_variables import PROVIDED
from opsbook.source.promql import promql_error

_TOKEN = re.compile(
    r"(?P<skip>#[^\n]*|\"(?:\\.|[^\"\\])*+\"|'(?:\\.|[^'\\])*+'|`[^`]*`|\[[^\[\]]*+\]|[0-9][\w.]*+"
    r"|\b(?:by|without|on|ignoring|group_left|group_right)\b[ \t\n]*(?:\([^()]*\))?)"
    r"|(?P<name>[A-Za-z_:][\w:]*)"
    r"(?P<braces>[ \t\n]*\{(?:\"(?:\\.|[^\"\\])*+\"|'(?:\\.|[^'\\])*+'|[^{}\"'])*+\})?"
    r"(?P<call>(?=[ \t\n]*(?:\(|(?:by|without)\b)))?",
)
_BY = re.compile(r"\bby[ \t\n]*\(([^()]*)\)")
_KEYWORDS = frozenset({"and", "or", "unless", "offset", "bool", "inf", "nan", "atan2", "start", "end"})
_MATCHED = re.compile(r"\b([a-zA-Z_]\w*+)[ \t]*+[=!]")
_LABEL = re.compile(r"[a-zA-Z_]\w*")


def common_labels(queries: Sequence[str], told: Sequence[str]) -> list[str]:
    """Return the labels that every series of `queries` has: those of every `by`, else those `told` of a lone metric."""
    lists = [_LABEL.findall(inside) for query in queries for inside in _BY.findall(query)]
    if lists:
        return [label for label in dict.fromkeys(lists[0]) if all(label in each for each in lists)]
    metrics = {found["name"] for query in queries for found in _selectors(query)}
    return list(dict.fromkeys(told)) if len(metrics) == 1 else []


def variable_name(label: str) -> str:
    """Return the name of the variable for `label`, which is none that every shell has.

    >>> variable_name("pod"), variable_name("path")
    ('POD', 'PATH_LABEL')
    """
    return f"{label.upper()}_LABEL" if label.upper() in PROVIDED else label.upper()


def narrowed(query: str, labels: Sequence[str]) -> str:
    """Return `query` with a matcher for each of `labels` in each selector that says nothing of it.

    >>> narrowed('sum by (pod) (rate(x_total{job="a"}[5m])) > 1', ["pod"])
    'sum by (pod) (rate(x_total{job="a", pod="$POD"}[5m])) > 1'
    """
    pieces: list[str] = []
    end = 0
    for found in _selectors(query):
        inside = (found["braces"] or "").strip().strip("{}").strip().rstrip(",")
        said = {each[1] for each in _MATCHED.finditer(inside)}
        new = [f'{label}="${variable_name(label)}"' for label in labels if label not in said]
        whole = ", ".join(filter(None, (inside, *new)))
        pieces += [query[end : found.start()], f"{found['name']}{{{whole}}}" if new else found.group()]
        end = found.end()
    text = "".join([*pieces, query[end:]])
    return text if promql_error(text) is None else query


def _selectors(query: str) -> Iterator[re.Match[str]]:
    """Yield the selectors of `query`: names of metrics, with their matchers."""
    for found in _TOKEN.finditer(query):
        name = found["name"]
        if name and found["call"] is None and name.lower() not in _KEYWORDS:
            yield found
