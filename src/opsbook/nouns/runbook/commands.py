"""A command, an output or another block of code in; its HTML on one line out, from which the text comes back unchanged.

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

from opsbook.nouns.runbook.model import Command, Language, Output, Risk, Use
from opsbook.site.text import verbatim

RISKS = {Risk.READ: "reads", Risk.CHANGE: "changes", Risk.DESTROY: "destroys"}
"""The word on the frame of a command. Its colour and shape come from the style sheet."""

_FRAME = Markup(
    '<div class="ob-command ob-command--{risk} no-copy" data-ob-command="{risk}">'
    '<div class="ob-command__bar"><span class="ob-risk ob-risk--{risk}">{word}</span>{kind}</div>'
    '<div class="highlight"><pre><code>{code}</code></pre></div></div>'
)
_BLOCK = Markup(
    '<div class="ob-command ob-command--block no-copy" data-ob-command="">'
    '<div class="ob-command__bar"><span class="ob-command__kind">{kind}</span></div>'
    '<div class="highlight"><pre><code>{code}</code></pre></div></div>'
)
_KIND = Markup('<span class="ob-command__kind">{}</span>')
_OUTPUT = Markup(
    '<div class="ob-output no-copy"><div class="ob-output__label">You should see</div><pre><code>{}</code></pre></div>'
)
_VARIABLE = Markup('<span class="ob-var" data-ob-var="{}" data-ob-quoting="{}">{}</span>')


def command_html(command: Command) -> Markup:
    """The frame of a command: what it does to the system, and the command with its variables marked."""
    is_query = command.language is Language.PROMQL
    return _FRAME.format(
        risk=command.risk.value,
        word=RISKS[command.risk],
        kind=_KIND.format("PromQL") if is_query else Markup(""),
        code=highlighted(command.code, command.language.value, command.uses),
    )


def output_html(output: Output) -> Markup:
    """What a command prints. It is not to be copied, so it has no button."""
    return _OUTPUT.format(verbatim(output.text))


def block_html(code: str, language: str, title: str = "") -> Markup:
    """Any other block of code: a file to write, an example to look at."""
    return _BLOCK.format(kind=title or language, code=highlighted(code, language))


def highlighted(code: str, language: str, uses: Sequence[Use] = ()) -> Markup:
    """`code` with Pygments' classes, as the theme colours them, and each of `uses` in a mark of its own."""
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
    """The tokens of `code` as offset, kind and text, cut at `edges`."""
    # https://github.com/pygments/pygments/blob/2.21.0/pygments/lexer.py#L277
    # `get_tokens` is documented for callers, and this one for writers of lexers: it alone gives offsets, and leaves
    # blank lines and the end of the text as they are. `_TokenType`, its kind of token, has no public name.
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
    """HTML, as text: there are tens of thousands of these, and `Markup` takes its time with each."""
    while kind not in STANDARD_TYPES and kind.parent:
        kind = kind.parent
    name = STANDARD_TYPES.get(kind, "")
    return f'<span class="{name}">{verbatim(text)}</span>' if name and not text.isspace() else verbatim(text)
