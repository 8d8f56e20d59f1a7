"""Hold what a command prints against the output block of its page, by its form.

Numbers, addresses, times and the widths of columns differ from run to run; words, signs and the order of lines do not.
A page shows one or two rows of a table that may be longer, so lines of one form count once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEX = re.compile(r"\b(?=[0-9]{0,60}[a-f])(?=[a-f]{0,60}[0-9])[0-9a-f]{8,60}\b")
_LOGGED = re.compile(r'(\w+)=("(?:[^"\\]|\\.)*"|\S+)')
_OF_THE_LOGGER = {"caller", "component", "source", "time", "ts"}
"""What a line of a log says of itself; its names and their order change from one version of a logger to the next."""
_TIME = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
_NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*(?:e[+-]?[0-9]+)?")
_RULE = re.compile(r"-{2,}")
_SIZE = re.compile(r"#[KMGT]\b")
_BLANK = re.compile(r"[ \t]+")


def line_form(line: str) -> str:
    """The form of a line: `#` for each number, and one blank for many.

    >>> line_form(" restored | 10.20.80.52 | 48120334")
    'restored | # | #'
    >>> line_form("(2 rows)"), line_form("(1 row)")
    ('(# row)', '(# row)')
    >>> line_form("overlay          80G   31G   50G  39% /")
    'overlay # # # #% /'
    """
    text = _TIME.sub("#", _log_form(line) if line.startswith(("ts=", "time=")) else line)
    for pattern in (_HEX, _NUMBER, _SIZE):
        text = pattern.sub("#", text)
    return _BLANK.sub(" ", _RULE.sub("-", text)).strip().replace("(# rows)", "(# row)")


def _log_form(line: str) -> str:
    """A line of a log in one order of its keys.

    >>> _log_form('time=2026-11-23T02:53:10Z level=ERROR source=a.go:1 msg="Not loaded" err=b')
    'err=b level=error msg="Not loaded"'
    """
    pairs = {key: value for key, value in _LOGGED.findall(line) if key not in _OF_THE_LOGGER}
    if "level" in pairs:
        pairs["level"] = pairs["level"].lower()
    return " ".join(f"{key}={value}" for key, value in sorted(pairs.items()))


def text_form(text: str) -> list[str]:
    """The forms of the lines of a text, each once, in the order in which they come first; empty lines do not count.

    >>> text_form("a 1\\na 2\\n\\nb 3")
    ['a #', 'b #']
    """
    forms = [line_form(line) for line in text.splitlines()]
    return list(dict.fromkeys(form for form in forms if form))


def named_here(text: str, names: Mapping[str, str]) -> str:
    """A text of a page with the names of its examples put into those of the stand, the longest first.

    >>> named_here("orders-1 orders", {"orders": "shop", "orders-1": "pod"})
    'pod shop'
    """
    named = {old: new for old, new in names.items() if old != new}
    if not named:
        return text
    longest = sorted(named, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in longest))
    return pattern.sub(lambda found: named[found.group()], text)


def differences(expected: str, printed: str) -> list[str]:
    """What a text has that the page does not show, and the reverse; nothing where both are of one form.

    >>> differences("COPY 48120334", "COPY 12")
    []
    >>> differences(" damaged | 10.20.64.19", "psql: error: refused")
    ['printed, and not on the page: psql: error: refused', 'on the page, and not printed: damaged | #']
    """
    page, run = text_form(expected), text_form(printed)
    found = [f"printed, and not on the page: {form}" for form in run if form not in page]
    found += [f"on the page, and not printed: {form}" for form in page if form not in run]
    return found or ([] if page == run else ["the lines of the page come in another order"])
