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
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from opsbook.shell.quoting import Use
from opsbook.site.render import macro

_TEMPLATE = "code.jinja"


def block_html(code: str, language: str, title: str = "") -> Markup:
    """Return any other block of code: a file to write, an example to look at."""
    return macro(_TEMPLATE, "block")(title or language, language, highlighted(code, language))


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
    for start, kind, text in _lexer(language).get_tokens_unprocessed(code):
        cuts = [start, *(edge for edge in edges if start < edge < start + len(text)), start + len(text)]
        for first, last in itertools.pairwise(cuts):
            yield first, kind, code[first:last]


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
