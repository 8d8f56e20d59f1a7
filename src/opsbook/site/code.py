"""Write a block of code as HTML on one line, from which the text comes back unchanged.

Line ends and tabs are written as character references: Markdown turns tabs into spaces and reads fences, list marks
and indentation wherever it sees a line, so it is shown none. The text of `<code>` is the source, byte for byte.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from markupsafe import Markup
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Text, _TokenType
from pygments.util import ClassNotFound

from opsbook.shell.quoting import Use
from opsbook.site.render import macro

SESSIONS = frozenset(
    {
        *("console", "doscon", "dylan-console", "erl", "gap-console", "iex", "jlcon", "matlabsession", "nodejsrepl"),
        *("output", "psql", "psysh", "pwsh-session", "pycon", "rbcon", "rconsole", "sqlite3", "tcshcon"),
    }
)
"""The languages with prompts and output, by the first name that Pygments has for each."""

_TEMPLATE = "code.jinja"


def block_html(code: str, language: str, title: str = "") -> Markup:
    """Return any other block of code: a file to write, an example to look at.

    A session at a terminal, with prompts and output, is to be read: its frame gets no button that copies it.
    """
    code = highlighted(code, language)
    return macro(_TEMPLATE, "block")(title or language, language, code, not is_session(language))


def is_session(language: str) -> bool:
    """Return whether a block in `language`, by any of its names, holds prompts and output."""
    return _lexer(language).aliases[0] in SESSIONS


def highlighted(code: str, language: str, uses: Sequence[Use] = ()) -> Markup:
    """Return `code` with Pygments' classes, as the theme colours them, and each of `uses` in a mark of its own."""
    pieces = list(_pieces(code, language, sorted({edge for use in uses for edge in (use.start, use.end)})))
    starts = {use.start: use for use in uses}
    runs: list[tuple[Use | None, list[tuple[str, str]]]] = [(None, [])]
    end = 0
    for start, kind, text in pieces:
        if use := starts.get(start):
            runs.append((use, []))
            end = use.end
        elif runs[-1][0] and start >= end:
            runs.append((None, []))
        runs[-1][1].append((_class(kind, text), text))
    return macro(_TEMPLATE, "highlighted")(runs)


def _pieces(code: str, language: str, edges: Sequence[int]) -> Iterator[tuple[int, _TokenType, str]]:
    """Yield the tokens of `code` as offset, kind and text, cut at `edges`."""
    start = 0
    for kind, text in tokens(code, language):
        end = start + len(text)
        for first, last in itertools.pairwise([start, *(edge for edge in edges if start < edge < end), end]):
            yield first, kind, code[first:last]
        start = end


def tokens(code: str, language: str) -> Sequence[tuple[_TokenType, str]]:
    """Return the tokens of `code`, whose texts are `code` again; one plain token where those of Pygments are not."""
    # Lexers expect a line end at the end, and those that call another one give offsets that are not of `code`:
    # https://github.com/pygments/pygments/blob/2.21.0/pygments/lexer.py#L268
    found = [(kind, text) for _, kind, text in _lexer(language).get_tokens_unprocessed(f"{code}\n") if text]
    if "".join(text for _, text in found) != f"{code}\n":
        return [(Text, code)] if code else []
    kind, last = found.pop()
    return [*found, (kind, last[:-1])] if last != "\n" else found


@functools.cache
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return get_lexer_by_name("text")


def _class(kind: _TokenType, text: str) -> str:
    """Return the class that Pygments' style sheets have for a token; nothing where there is nothing to colour."""
    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    return "" if text.isspace() else STANDARD_TYPES.get(kind, "")
