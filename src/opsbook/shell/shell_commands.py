"""Describe the simple commands of shell text: their words, what they assign and what they are fed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]


def words_of(text: str) -> frozenset[str]:
    """Return the words of `text`.

    >>> sorted(words_of("fi if"))
    ['fi', 'if']
    """
    return frozenset(text.split())


_ASSIGNMENT = re.compile(r"\b([A-Za-z_]\w*+)(?:\[[^\]=]{0,200}+\])?\+?=")
_KEYWORDS = words_of("! { } coproc do done elif else esac fi if then time until while")
_COMPOUND_ENDS = words_of("done esac fi }")


@dataclass
class SimpleCommand:
    """A simple command. `words` leave redirections out; `fed` is the content of its here-documents and here-strings.

    `depth` is the number of substitutions around it.
    `is_redirected` says that it reads a file, and `written` are the names of the files that it writes.
    `indexes` are the indexes in its arrays: `list=([index]=value)`.
    `level` is the offset at which the commands around it begin, `piped` that of the pipeline whose output it reads.
    """

    level: int
    words: list[Span] = field(default_factory=list)
    fed: list[Span] = field(default_factory=list)
    depth: int = 0
    is_redirected: bool = False
    written: list[Span] = field(default_factory=list)
    indexes: list[Span] = field(default_factory=list)
    piped: int | None = None

    def texts(self, code: str) -> list[str]:
        """Return the words without their quotes."""
        return [re.sub(r"[\"'\\]", "", code[start:end]) for start, end in self.words]

    def first(self, code: str) -> int:
        """Return the index of the word that names the program: the first one behind keywords and assignments."""
        for at, (start, end) in enumerate(self.words):
            if code[start:end] not in _KEYWORDS and not _ASSIGNMENT.match(code, start, end):
                return at
        return len(self.words)

    def assignments(self, code: str) -> Iterator[tuple[str, Span]]:
        """Yield the names that the command assigns before its own name, each with the span of the word."""
        for start, end in self.words[: self.first(code)]:
            if match := _ASSIGNMENT.match(code, start, end):
                yield match[1], (start, end)

    def settings(self, code: str) -> Iterator[tuple[str, Span]]:
        """Yield each name that gets a value, by an assignment, a loop or `read`, with the span that holds the value."""
        for start, end in self.words:
            if match := _ASSIGNMENT.match(code, start, end):
                yield match[1], (start, end)
        texts = self.texts(code)[self.first(code) :]
        if len(texts) > 1 and texts[0] in ("for", "select"):
            yield texts[1], (self.words[1][1], self.words[-1][1])
        if texts and texts[0] in ("read", "mapfile", "readarray"):
            yield from ((name, span) for name in texts[1:] for span in self.fed)

    def ends_a_compound(self, code: str) -> bool:
        """Return whether this ends a loop, a group or a subshell; what ends a subshell has no words."""
        return not self.words or code[slice(*self.words[0])] in _COMPOUND_ENDS
