"""Read the templates of HCL: text in quotes and here-documents, with `${…}` and `%{…}` in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from opsbook.snippets.hcl_text import HclError, HclText, loop_names

_ESCAPE = re.compile(r"\\(?:[nrt\"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
_HEREDOC = re.compile(r"<<-?(?P<word>[^\W\d][\w-]*)\r?\n")

Expression = Callable[[HclText], None]
"""What reads an expression."""


def quoted_template(text: HclText, expression: Expression | None) -> None:
    """Read text in quotes; without `expression` that of a label, which is no template."""
    start = text.at
    text.needs('"', "here")
    opened: list[str] = []
    while not text.code.startswith('"', text.at):
        sign = text.code[text.at : text.at + 1]
        if sign in ("", "\n"):
            at = text.at if sign else start
            raise HclError(at, "a string in quotes ends on its line; write `\\n`, or `<<-EOT` for more lines")
        if sign == "\\":
            found = _ESCAPE.match(text.code, text.at)
            if not found:
                raise text.error(f"`{text.code[text.at : text.at + 2]}` is no escape")
            text.at = found.end()
        elif text.code.startswith(("${", "%{"), text.at) and expression is None:
            raise text.error("a label is plain text, without `${` and `%{`")
        else:
            _part(text, expression, opened)
    _closed(text, opened)
    text.at += 1


def heredoc_template(text: HclText, expression: Expression) -> None:
    """Read a here-document."""
    found = _HEREDOC.match(text.code, text.at)
    if not found:
        raise text.error("a here-document begins with `<<` or `<<-`, a name, and the end of the line")
    start, text.at = text.at, found.end()
    end = re.compile(rf"^[ \t]*{re.escape(found['word'])}[ \t]*\r?$", re.MULTILINE).search(text.code, text.at)
    if not end:
        raise HclError(start, f"this here-document is not closed; end it with `{found['word']}` on a line of its own")
    inside, opened = HclText(text.code[: end.start()], text.at), list[str]()
    while inside.at < len(inside.code):
        _part(inside, expression, opened)
    _closed(inside, opened)
    text.at = end.end()


def _part(text: HclText, expression: Expression | None, opened: list[str]) -> None:
    """Read a character of a template, or what stands in its braces."""
    sign = text.code[text.at : text.at + 2]
    if expression is None or sign not in ("${", "%{"):
        text.at += 3 if text.code.startswith(("$${", "%%{"), text.at) else 1
        return
    text.at += 2 + text.code.startswith("~", text.at + 2)
    with text.lines(matter=False):
        if sign == "${":
            expression(text)
        else:
            _directive(text, expression, opened)
        text.takes("~")
        text.needs("}", f"behind what stands in `{sign}`")


def _directive(text: HclText, expression: Expression, opened: list[str]) -> None:
    """Read what `%{…}` says. `opened` are the directives that are open, the innermost last."""
    at, word = text.at, text.word()
    if word == "if":
        expression(text)
        opened.append("if")
    elif word == "for":
        loop_names(text)
        expression(text)
        opened.append("for")
    elif word == "else" and opened[-1:] == ["if"]:
        opened[-1] = "else"
    elif (word == "endif" and opened[-1:] in (["if"], ["else"])) or (word == "endfor" and opened[-1:] == ["for"]):
        opened.pop()
    else:
        raise HclError(
            at, f"`%{{ {word} }}` does not belong here; allowed: if, else, endif, for, endfor, each in its turn"
        )


def _closed(text: HclText, opened: list[str]) -> None:
    if opened:
        word = "endfor" if opened[-1] == "for" else "endif"
        raise text.error(f"a `%{{ {word} }}` is missing before the end of this text")
