"""Damage a text as people, editors, merges and attackers do, the same way for the same seed.

Lines, tokens and YAML values are changed rather than single bytes, so that what comes out still looks like the kind of
file that it was, and gets past the first reader.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

TOKENS = (
    *("'", '"', " ", "\t", "\0", ": ", "- ", "[", "]", "{", "}", "#", "|", ">", "%", "@", "`", "? ", ",", "=", "~"),
    *("null", "---", "...", "&a ", "*a", "!!x ", "<<: ", "%YAML 1.1", "\\u202e", '"\\ud800"', '"\\UFFFFFFFF"'),
    *("\u2028", "\x85", "\ufeff", "\ufffe", "\u202e", "\u200b", "\U000e0041", "\U0001f510", "\ufdd0", "é", "e\u0301"),
    *(
        "**",
        "](",
        "![",
        "](b.md)",
        "<!--",
        "-->",
        "```",
        "~~~",
        "- [x] ",
        "### ",
        "{#a}",
        "{: #a .b c=d }",
        "> ",
        "    ",
    ),
    *("$NAME", "${A:-$B}", "$(a)", "$((", "<<EOF\n", "{{ x }}", "{%", "${{ y }}", "<i data-probe>", "</div>", "&#1;"),
    *(
        "[0, 1)",
        "(in progress)",
        "(waived until 2027-01-31: x)",
        "### Phase 3: x (Week 2-9)",
        "\\",
        "\\\\",
        "\r",
        "\r\n",
    ),
)
VALUES = (
    *("", "~", "[]", "{}", "[[]]", "[{}]", "{a: b}", "- x", "0", "-1", "1e400", "9999999999999999999999", "true", "no"),
    *(
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "22:30",
        "2026-11-30T25:61Z",
        "a" * 400,
        "../../x",
        "/",
        "a/b",
        ".",
        "..",
    ),
    *(
        "index",
        "actions",
        "https://e.example/",
        "javascript:x",
        "'{0}'",
        "a{4294967296}",
        "(a+)+",
        "[a--b]",
        "\\Q",
        "(?i)a",
    ),
    *(
        "'#/info'",
        "'#'",
        "'#/components/schemas/A'",
        "'other.yaml'",
        "é",
        "''",
        '"\\u202e"',
        "|\n  a\n\n  b",
        ">-\n  a",
    ),
)
_VALUE = re.compile(r"^(?P<before>\s*(?:- )*[\w.$/-]+:[ ]+)(?P<value>\S.*)$")

Change = Callable[[list[str], random.Random], None]


def mutated(base: str, others: Sequence[str], chance: random.Random) -> bytes:
    """Return `base` with one to eight changes; some take lines from `others`."""
    lines = base.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4, 8))):
        change = chance.choice(CHANGES)
        if change is _borrow:
            theirs = chance.choice(others).split("\n")
            first = chance.randrange(len(theirs))
            at = chance.randrange(len(lines) + 1)
            lines[at:at] = theirs[first : first + chance.choice((1, 3, 10))]
        elif lines:
            change(lines, chance)
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if chance.random() < 0.03 and data:
        at = chance.randrange(len(data))
        data = data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randrange(2) :]
    return data


def _insert(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    column = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:column] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 30)) + lines[at][column:]


def _cut(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    column = chance.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:column] + lines[at][column + chance.choice((1, 2, 5, 400)) :]


def _remove(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    del lines[at : at + chance.choice((1, 1, 2, 10))]


def _repeat(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.choice((1, 1, 3, 12))] * chance.choice((1, 1, 1, 2, 40))


def _swap(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[str], chance: random.Random) -> None:
    first = chance.randrange(len(lines))
    for at in range(first, min(first + chance.choice((1, 1, 4)), len(lines))):
        text = lines[at]
        lines[at] = (
            text.lstrip() if chance.random() < 0.3 else chance.choice((" ", "  ", "    ", "\t", "- ", "> ")) + text
        )


def _value(lines: list[str], chance: random.Random) -> None:
    """Replace the value of a key, which is what a model judges."""
    places = [at for at, line in enumerate(lines) if _VALUE.match(line)]
    if places:
        at = chance.choice(places)
        lines[at] = _VALUE.sub(lambda match: match["before"] + chance.choice(VALUES), lines[at])


def _end(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines)) :]


def _borrow(lines: list[str], chance: random.Random) -> None:
    raise AssertionError((lines, chance))  # Done by `mutated`, which knows the other texts.


CHANGES: tuple[Change, ...] = (
    *(_insert, _insert, _cut, _remove, _repeat, _swap, _indent, _value, _value, _value, _borrow, _end),
)
