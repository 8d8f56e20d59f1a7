"""Find the line and column of a word in the text of a template, since Jinja only tells the line."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import jinja2

from opsbook.mkdocs.compat.jinja import quoted_words
from opsbook.problems import Problem


@dataclass(frozen=True)
class TemplateText:
    """The text of a template, the name of its file in messages, and the line of the file that the text starts on."""

    path: str
    text: str
    first_line: int = 1

    def problem(self, line: int, column: int, message: str) -> Problem:
        """Return the problem `message` at a line and column of the text."""
        return Problem(self.path, line + self.first_line - 1, column, message)

    def place(self, environment: jinja2.Environment, line: int, words: Sequence[object]) -> tuple[int, int]:
        """Return the line and column of the first of `words` in the calls that begin on `line`, else of the first call.

        Without a call, it is the start of the line.
        """
        tokens = _calls(environment, self.text).get(line, ())
        for word in words:
            for token in tokens:
                if token.says(word):
                    return token.line, token.column
        return (tokens[0].line, tokens[0].column) if tokens else (line, 1)

    def column_of_error(self, error: jinja2.TemplateSyntaxError) -> int:
        """Return the likely column of a syntax error: the last text that its message quotes, else the first brace."""
        lines = self.text.split("\n")
        line = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
        candidates = [line.find(word) for word in reversed(quoted_words(error))]
        candidates += [line.find("{{"), line.find("{%"), line.find("{#"), 0]
        return next(found for found in candidates if found >= 0) + 1


@dataclass(frozen=True)
class _Token:
    line: int
    column: int
    kind: str
    text: str

    def says(self, word: object) -> bool:
        if self.kind == "string":
            return isinstance(word, str) and self.text[1:-1] == word
        return self.kind in ("name", "integer", "float") and self.text == str(word)


@functools.lru_cache(maxsize=8)
def _calls(environment: jinja2.Environment, text: str) -> Mapping[int, Sequence[_Token]]:
    """Return the tokens of all expressions and statements by the line on which they begin.

    They are kept, since a page may have many mistakes, and each of them asks for its line.
    """
    found: dict[int, list[_Token]] = {}
    line = 0
    for token in _tokens(environment, text):
        if token.kind in ("variable_begin", "block_begin"):
            line = token.line
        if line:
            found.setdefault(line, []).append(token)
        if token.kind in ("variable_end", "block_end"):
            line = 0
    return found


def _tokens(environment: jinja2.Environment, text: str) -> Iterator[_Token]:
    """Yield the tokens that Jinja reads, with columns. Text that it removes because of `-%}` is skipped."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    offset = 0
    for _line, kind, value in environment.lex(text):
        found = text.find(value, offset)
        if found < 0:
            continue
        offset = found + len(value)
        line = bisect.bisect_right(starts, found)
        yield _Token(line, found - starts[line - 1] + 1, kind, value)
