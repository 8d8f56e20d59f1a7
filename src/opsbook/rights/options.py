"""Read the options of a command line in the style of kubectl, helm and aws."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CommandLine:
    """What a program was called with: `operands` in order, each option with its values, and what stands after `--`."""

    operands: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    rest: tuple[str, ...] = ()

    def value(self, *names: str) -> str | None:
        """Return the value of the last of the options `names`; None without one."""
        return next((value for name, value in reversed(self.options) if name in names), None)

    def has(self, *names: str) -> bool:
        """Return whether one of the options `names` is given, other than as `=false`."""
        return any(name in names and value != "false" for name, value in self.options)


def read_options(words: Sequence[str], with_value: Collection[str]) -> CommandLine:
    """Return the options and operands of `words`. `with_value` are the options that take the next word as their value.

    >>> line = read_options(["-n", "shop", "get", "pods", "--output=json", "-it", "--", "sh", "-c"], {"-n"})
    >>> line.operands, line.options, line.rest
    (('get', 'pods'), (('-n', 'shop'), ('--output', 'json'), ('-i', ''), ('-t', '')), ('sh', '-c'))
    """
    words = list(words)
    at = words.index("--") if "--" in words else len(words)
    operands: list[str] = []
    options: list[tuple[str, str]] = []
    left = iter(words[:at])
    for word in left:
        if not word.startswith("-") or word == "-":
            operands.append(word)
        elif word.startswith("--"):
            name, sign, value = word.partition("=")
            options.append((name, value if sign else next(left, "") if name in with_value else ""))
        else:
            options += _short(word, left, with_value)
    return CommandLine(tuple(operands), tuple(options), tuple(words[at + 1 :]))


def _short(word: str, left: Iterator[str], with_value: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the short options of `word`, such as `-it` or `-nshop`; the last one may take the next word."""
    for at, letter in enumerate(word[1:], start=1):
        name = f"-{letter}"
        if name in with_value:
            yield name, word[at + 1 :].removeprefix("=") or next(left, "")
            return
        yield name, ""
