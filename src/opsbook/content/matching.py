"""Find a text that label matchers accept, for a series that a query is tried on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import promql_parser

_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_TOKEN = re.compile(
    r"\\(?P<escape>.)|\[\^?(?P<first>\\?.)(?:\\.|[^\[\]\\])*\]|(?P<open>\((?:\?[:=!]|\?i\))?)|(?P<close>\))|(?P<or>\|)"
    r"|(?P<times>\{(?P<least>\d+)(?:,\d*)?\}\??|[*+?]\??)|(?P<edge>[\^$])|(?P<any>\.)|(?P<letter>.)",
    re.DOTALL,
)


def matching_text(matchers: Sequence[promql_parser.Matcher]) -> str | None:
    """Return a value of a label that all `matchers` accept; an empty one where the label has to be absent.

    Return None where no such text is found.
    """
    named = [each.value for each in matchers if each.op == promql_parser.MatchOp.Equal]
    patterns = [each.value for each in matchers if each.op == promql_parser.MatchOp.Re]
    candidates = [*named, *(text for pattern in patterns for text in sample_texts(pattern)), "a", "b", ""]
    return next((text for text in candidates if all(accepts(each, text) for each in matchers)), None)


def accepts(matcher: promql_parser.Matcher, text: str) -> bool:
    """Return whether `matcher` accepts the value `text`."""
    is_plain = matcher.op in (promql_parser.MatchOp.Equal, promql_parser.MatchOp.NotEqual)
    wants = matcher.op in (promql_parser.MatchOp.Equal, promql_parser.MatchOp.Re)
    if is_plain:
        return bool((text == matcher.value) == wants)
    try:
        return (re.fullmatch(matcher.value, text, re.DOTALL) is not None) == wants
    except re.error:
        return False


def sample_texts(pattern: str) -> Iterator[str]:
    """Yield short texts that a simple regular expression may match, one for each of its outermost choices.

    >>> list(sample_texts("cart(-canary|-stable)?|.+-db[0-9]{2}"))
    ['cart-canary', '0-db00']
    """
    choices: list[list[str]] = [[]]
    open_groups: list[list[list[str]]] = []
    for token in _TOKEN.finditer(pattern):
        if token["open"]:
            open_groups.append(choices)
            choices = [[]]
        elif token["close"] and open_groups:
            inner = "".join(choices[0])
            choices = open_groups.pop()
            choices[-1].append(inner)
        elif token["or"]:
            choices.append([])
        elif token["least"] and choices[-1]:
            choices[-1][-1] *= min(int(token["least"]), 20) or 1
        elif not token["times"] and not token["edge"]:
            choices[-1].append(_letter(token))
    yield from ("".join(choice) for choice in (open_groups[0] if open_groups else choices))


def _letter(token: re.Match[str]) -> str:
    if token["escape"]:
        return _CLASSES.get(token["escape"], token["escape"])
    if token["first"]:
        return token["first"][-1:]
    return "0" if token["any"] else token.group()
