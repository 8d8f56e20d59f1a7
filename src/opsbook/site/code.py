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
from opsbook.site.text import verbatim

_BLOCK = Markup(
    '<div class="ob-command ob-command--block no-copy" data-ob-command="">'
    '<div class="ob-command__bar"><span class="ob-command__kind">{kind}</span></div>'
    '<div class="highlight"><pre><code>{code}</code></pre></div></div>'
)
_VARIABLE = Markup('<span class="ob-var" data-ob-var="{}" data-ob-quoting="{}">{}</span>')


def block_html(code: str, language: str, title: str = "") -> Markup:
    """Return a block of code that is no command of a runbook, such as a file to write or an example, as HTML."""
    return _BLOCK.format(kind=title or language, code=highlighted(code, language))


def highlighted(code: str, language: str, uses: Sequence[Use] = ()) -> Markup:
    """Return `code` with Pygments' classes, as the theme colours them, and each of `uses` in an element of its own."""
    pieces = list(_pieces(code, language, sorted({edge for use in uses for edge in (use.start, use.end)})))
    starts = {use.start: use for use in uses}
    written: list[str] = []
    at = 0
    while at < len(pieces):
        use = starts.get(pieces[at][0])
        if use:
            inside = [piece for piece in pieces[at:] if piece[0] < use.end]
            text = Markup("".join(_token(kind, text) for _, kind, text in inside))  # noqa: S704 - escaped there
            written.append(_VARIABLE.format(use.name, use.quoting.value, text))
            at += len(inside)
        else:
            written.append(_token(*pieces[at][1:]))
            at += 1
    return Markup("".join(written))  # noqa: S704 - escaped there


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


def _token(kind: _TokenType, text: str) -> str:
    """Return one token as HTML in a plain `str`: there are tens of thousands, and `Markup` is slow for each of them."""
    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "")
    return f'<span class="{name}">{verbatim(text)}</span>' if name and not text.isspace() else verbatim(text)
