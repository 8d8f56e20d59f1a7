"""Texts that make a regular expression slow, made from its own parts, and a stopwatch that counts processor time."""

from __future__ import annotations

import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import signal
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

SHORT, GROWTH = 3_000, 4
"""How long a text is at first, and how many times as long it is to see how the time grows."""
WORTH_A_LOOK = 0.004
"""Seconds; a linear expression reads SHORT characters in a tenth of it."""
_LIMIT = 0.5
_LIKELY = "a 0A\t_-.\n`\"'[](){}<>#*=:/$&!|\\~@,;%^+?\0é"
_MOST = 150
_ENDS = ("", "\0", "a!\n")
Node = tuple[Any, Any]


class TooSlowError(Exception):
    """The stopwatch ran out."""


@dataclass(frozen=True)
class Slow:
    """How long a text keeps an expression busy, and how much longer one that is GROWTH times as long does."""

    text: str
    seconds: float
    growth: float


def slow_texts(pattern: re.Pattern[str], uses: Collection[str]) -> Iterator[Slow]:
    """Yield the texts for which the time of `pattern` grows faster than the text, by the methods `uses`."""
    for start, piece, end in _attacks(pattern):
        work = _work(pattern, uses)
        text = _text(start, piece, end, SHORT)
        seconds = seconds_of(lambda work=work, text=text: work(text))  # type: ignore[misc]
        if seconds < WORTH_A_LOOK:
            continue
        longer = _text(start, piece, end, GROWTH * SHORT)
        growth = seconds_of(lambda work=work, longer=longer: work(longer)) / seconds  # type: ignore[misc]
        if growth > 1.5 * GROWTH or max(seconds, growth * seconds) >= 0.8 * _LIMIT:
            yield Slow(f"{start!r} + {piece!r} * n + {end!r}", seconds, growth)


def seconds_of(work: Callable[[], object]) -> float:
    """Return the processor seconds that `work` takes; it is stopped at a limit."""

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
    begun = time.process_time()
    try:
        work()
    except TooSlowError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begun


def _work(pattern: re.Pattern[str], uses: Collection[str]) -> Callable[[str], object]:
    def work(text: str) -> None:
        if "match" in uses:
            pattern.match(text)
        if "fullmatch" in uses:
            pattern.fullmatch(text)
        if not {"match", "fullmatch"}.issuperset(uses):
            for _ in pattern.finditer(text):
                pass

    return work


def _text(start: str, piece: str, end: str, length: int) -> str:
    return start + piece * (length // len(piece)) + end


def _attacks(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    tree = list(parser.parse(pattern.pattern, pattern.flags))
    found = [(before, piece) for before, piece in _pieces(tree, "") if piece and len(piece) < 60]
    texts = dict.fromkeys(each for before, piece in found for each in (("", piece), (before, piece)))
    return [(start, piece, end) for start, piece in [*texts][:_MOST] for end in _ENDS]


def _pieces(sequence: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """Yield what one may write many times over, and what stands before it.

    That are characters of each class, and what neighbours match together.
    """
    words = _words(sequence)
    starts = [before + _sample(list(chain(*words[:at]))) for at in range(len(words))]
    for start, word in zip(starts, words, strict=True):
        for node in word:
            if node[0] in (codes.IN, codes.NOT_LITERAL, codes.ANY):
                yield from ((start, each) for each in _characters(node, most=2))
            for below in _below(node):
                yield from _pieces(below, start)
    for first, start in enumerate(starts):
        for last in range(first + 1, min(len(words), first + 5) + 1):
            yield start, _sample(list(chain(*words[first:last])))


def _words(sequence: Sequence[Node]) -> list[list[Node]]:
    """Return `sequence` with the characters that stand side by side as one."""
    rows = groupby(sequence, key=lambda node: node[0] is codes.LITERAL)
    return [part for literal, row in rows for part in ([list(row)] if literal else [[node] for node in row])]


def _below(node: Node) -> list[list[Node]]:
    code, given = node
    if code is codes.BRANCH:
        return [list(each) for each in given[1]]
    if code is codes.SUBPATTERN:
        return [list(given[3])]
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [list(given[2])]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(given[1])]
    return [list(given)] if code is codes.ATOMIC_GROUP else []


def _sample(sequence: Sequence[Node], *, captured: dict[int, str] | None = None) -> str:
    """Return a short text that `sequence` matches, or nearly: what looks around it is not asked."""
    captured = {} if captured is None else captured
    return "".join(_one(node, captured) for node in sequence)


def _one(node: Node, captured: dict[int, str]) -> str:
    code, given = node
    if code is codes.SUBPATTERN:
        text = _sample(list(given[3]), captured=captured)
        captured[given[0]] = text
        return text
    if code is codes.GROUPREF:
        return captured.get(given, "")
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return _sample(list(given[2]), captured=captured) * max(min(int(given[0]), 20), 1)
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
        return ""
    if below := _below(node):
        return _sample(below[0], captured=captured)
    return next(chain(_characters(node, most=1), [""]))


def _characters(node: Node, *, most: int) -> Iterator[str]:
    """Yield characters that a class matches, those first that tell things apart in the texts that people write."""
    code, given = node
    if code is codes.LITERAL:
        yield chr(given)
        return
    one = re.compile(_source(code, given), re.DOTALL)
    candidates = [*_LIKELY, *(chr(number) for number in range(33, 300)), "\u2020", "\ue000", "\U0001f600"]
    for _, character in zip(range(most), filter(one.fullmatch, candidates), strict=False):
        yield character


def _source(code: Any, given: Any) -> str:
    if code is codes.ANY:
        return "."
    if code is codes.NOT_LITERAL:
        return f"[^{re.escape(chr(given))}]"
    inside = "".join(
        "^"
        if kind is codes.NEGATE
        else re.escape(chr(what))
        if kind is codes.LITERAL
        else f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
        if kind is codes.RANGE
        else _CATEGORIES[what]
        for kind, what in given
    )
    return f"[{inside}]"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}
