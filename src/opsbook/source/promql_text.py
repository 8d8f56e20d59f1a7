"""Write PromQL in a form that promql-parser reads as Prometheus does, and judge what it does not judge.

promql-parser 0.12 looks for escapes between backticks, reads no `1_000`, and takes a regular expression for one of
Rust's: https://github.com/GreptimeTeam/promql-parser/blob/v0.12.0/src/parser/token.rs and `label.rs` beside it. Rules:
https://prometheus.io/docs/prometheus/latest/querying/basics/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from opsbook.source.re2 import matches_empty, re2_error
from opsbook.source.tree import short

_TOKEN = re.compile(
    r"(?P<space>\s+|\#[^\n]*)"
    r"""|(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`)"""
    r"|(?P<matches>[=!]~)"
    r"|(?P<name>[A-Za-z_:][\w:]*)"
    r"|(?P<number>\d[\w.]*|\.\d\w*)"
    r"|(?P<other>.)",
    re.ASCII | re.DOTALL,
)
_SEPARATED = re.compile(r"(?:0[xX]_?[0-9A-Fa-f]+|\d+|\.\d+|\d+\.\d*)(?:_[0-9A-Fa-f]+)*(?:\.\d*(?:_\d+)*)?(?:[eE]\d+)?")
_DURATION = re.compile(r"(?:\d+(?:ms|[ywdhms]))+")
_PART = re.compile(r"(?<!\d)(\d++)(ms|[ywdhms])")
_NANOSECONDS = {
    "y": 365 * 86_400 * 10**9,
    "w": 7 * 86_400 * 10**9,
    "d": 86_400 * 10**9,
    "h": 3_600 * 10**9,
    "m": 60 * 10**9,
    "s": 10**9,
    "ms": 10**6,
}
_ESCAPE = re.compile(r"\\(?:(?P<octal>[0-7]{3})|x(?P<byte>[0-9a-fA-F]{2})|u(?P<four>[0-9a-fA-F]{4})"
                     r"|U(?P<eight>[0-9a-fA-F]{8})|(?P<sign>.))", re.DOTALL)  # fmt: skip
_BYTES = ("utf-8", "surrogateescape")
_SIGNS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def plain_promql(expression: str) -> str:
    """Return `expression` without backticks and separators in numbers, and with a simple one for each regular one.

    Raise ValueError where a regular expression is none of RE2, or a duration is longer than Prometheus can count.

    >>> plain_promql(r"rate(errors{pod=~`orders-\\d+`}[5m]) > 1_000")
    'rate(errors{pod=~".+"}[5m]) > 1000'
    """
    return "".join(_plain(expression))


def _plain(expression: str) -> Iterator[str]:
    is_pattern = False
    for token in _TOKEN.finditer(expression):
        text = token.group()
        if token["string"] and is_pattern:
            yield _pattern(text)
        elif token["string"]:
            yield json.dumps(_unquoted(text)) if text.startswith("`") else text
        elif token["number"]:
            yield _number(text)
        else:
            yield text
        is_pattern = bool(token["matches"]) or (is_pattern and bool(token["space"]))


def _pattern(string: str) -> str:
    """Return a string with an expression that matches the empty text as the one in `string` does, or not."""
    pattern = _unquoted(string)
    if pattern is None:
        raise ValueError(f"an escape in {short(string, 60)} is unknown, or stands for no character")
    if error := re2_error(pattern):
        raise ValueError(f"the regular expression {short(string, 60)} is not one of RE2's: {error}")
    return '".*"' if matches_empty(pattern) else '".+"'


def _number(text: str) -> str:
    if _DURATION.fullmatch(text):
        if sum(int(many) * _NANOSECONDS[unit] for many, unit in _PART.findall(text)) >= 2**63:
            raise ValueError(f"the duration {short(text)} is longer than 292 years")
        return text
    return text.replace("_", "") if _SEPARATED.fullmatch(text) else text


def _unquoted(string: str) -> str | None:
    """Return the text that a string stands for; None where an escape in it is unknown, or makes no character."""
    if string.startswith("`"):
        return string[1:-1].replace("\r", "")
    try:
        return _ESCAPE.sub(lambda escape: _escaped(escape, string[0]), string[1:-1]).encode(*_BYTES).decode()
    except ValueError:
        return None


def _escaped(escape: re.Match[str], quote: str) -> str:
    """Return what one escape stands for. A byte that is no character of its own is a surrogate, as in `_BYTES`."""
    if number := escape["octal"] or escape["byte"]:
        return bytes([int(number, 8 if escape["octal"] else 16)]).decode(*_BYTES)
    if number := escape["four"] or escape["eight"]:
        return chr(int(number, 16)).encode().decode()
    if escape["sign"] in ("\\", quote):
        return escape["sign"]
    if escape["sign"] not in _SIGNS:
        raise ValueError(escape.group())
    return _SIGNS[escape["sign"]]
