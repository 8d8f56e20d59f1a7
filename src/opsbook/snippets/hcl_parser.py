"""Parse HCL as Terraform does, to find where a text is none.

python-hcl2 8.1, the parser that there is for Python, takes two arguments on a line, an argument that is set twice and a
line break in a string, and refuses `${~ x ~}` and comments inside of a line. This follows
https://github.com/hashicorp/hcl/blob/v2.24.0/hclsyntax/parser.go, and was tried beside Terraform 1.11.
"""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.snippets.hcl_template import heredoc_template, quoted_template
from opsbook.snippets.hcl_text import HclError, HclText, loop_names

_OPERATORS = ("||", "&&", "==", "!=", ">=", "<=", ">", "<", "+", "-", "*", "/", "%")


def hcl_problems(code: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the sentence of what is wrong: arguments that are set twice, then what ends the reading."""
    text = HclText(code, at=int(code.startswith("\ufeff")))
    twice: list[tuple[int, str]] = []
    try:
        _body(text, twice, is_block=False)
    except HclError as error:
        yield from (*twice, (error.at, str(error)))
    else:
        yield from twice


def _body(text: HclText, twice: list[tuple[int, str]], *, is_block: bool) -> None:
    """Read arguments and blocks, of a block up to its brace."""
    names: set[str] = set()
    while True:
        text.skip_lines()
        if text.at == len(text.code) and not is_block:
            return
        if is_block and text.takes("}"):
            return
        at = text.at
        name = text.word()
        if not name:
            raise text.unexpected()
        if text.takes("="):
            if name in names:
                twice.append((at, f"the argument `{name}` is set a second time"))
            names.add(name)
            _expression(text)
            if not text.line_ends():
                raise text.error(f"the argument `{name}` ends with its line; what follows stands on a line of its own")
        else:
            _block(text, twice)


def _block(text: HclText, twice: list[tuple[int, str]]) -> None:
    """Read a block behind its type: its labels, and what stands in its braces."""
    while not text.takes("{"):
        if text.sees('"'):
            quoted_template(text, None)
        elif not text.word():
            if text.line_ends():
                raise text.error("a block's `{` stands on the line of its type and labels")
            raise text.unexpected()
    if text.takes("}"):
        pass
    elif text.line_ends():
        _body(text, twice, is_block=True)
    else:
        at, name = text.at, text.word()
        if not name or not text.takes("="):
            raise HclError(at, "a block on one line holds one argument or nothing; put each on a line of its own")
        _expression(text)
        if not text.takes("}"):
            raise text.error("a block on one line holds one argument and ends on it; put each on a line of its own")
    if not text.line_ends():
        raise text.error("a block ends with its line; what follows stands on a line of its own")


def _expression(text: HclText) -> None:
    """Read an expression: terms with operators between them, and what a `?` decides."""
    _term(text)
    while not text.sees("//") and any(map(text.takes, _OPERATORS)):
        _term(text)
    if text.takes("?"):
        _expression(text)
        text.needs(":", "behind what holds where the condition is true")
        _expression(text)


def _term(text: HclText) -> None:
    """Read a term and the keys that follow it."""
    while text.takes("-") or text.takes("!"):
        pass
    if text.takes("("):
        with text.lines(matter=False):
            _expression(text)
            text.needs(")", "behind what the bracket holds")
    elif text.takes("["):
        _tuple(text)
    elif text.takes("{"):
        _object(text)
    elif text.sees('"'):
        quoted_template(text, _expression)
    elif text.sees("<<"):
        heredoc_template(text, _expression)
    elif text.word():
        _call(text)
    elif not text.number():
        raise text.unexpected()
    while _traversal(text):
        pass


def _call(text: HclText) -> None:
    """Read what makes a name the call of a function."""
    is_spaced = False
    while text.takes("::"):
        is_spaced = True
        if not text.word():
            raise text.unexpected()
    if not text.takes("("):
        if is_spaced:
            raise text.unexpected()
        return
    with text.lines(matter=False):
        while not text.takes(")"):
            _expression(text)
            if text.takes("..."):
                text.needs(")", "behind the `...` of a last argument")
                return
            if not text.takes(","):
                text.needs(")", "behind the arguments of a function")
                return


def _traversal(text: HclText) -> bool:
    """Return whether a `.name`, an index or a splat comes next, and go over it."""
    if not text.sees("...") and text.takes("."):
        if not (text.takes("*") or text.word() or text.number()):
            raise text.unexpected()
        return True
    if not text.takes("["):
        return False
    with text.lines(matter=False):
        if not text.takes("*"):
            _expression(text)
        text.needs("]", "behind an index")
    return True


def _tuple(text: HclText) -> None:
    """Read a list behind its bracket, or what a `for` makes."""
    with text.lines(matter=False):
        if text.next_word() == "for":
            _loop(text, "]")
            return
        while not text.takes("]"):
            _expression(text)
            if not text.takes(","):
                text.needs("]", "behind the entries of a list")
                return


def _object(text: HclText) -> None:
    """Read an object behind its brace, or what a `for` makes. Its entries end with a comma or with their lines."""
    before = text.at
    text.skip_lines()
    if text.next_word() == "for":
        with text.lines(matter=False):
            _loop(text, "}")
        return
    text.at = before
    with text.lines(matter=True):
        text.skip_lines()
        while not text.takes("}"):
            _expression(text)
            if not (text.takes("=") or text.takes(":")):
                raise text.error("a `=` is missing behind the key of an object")
            _expression(text)
            if text.takes("}"):
                return
            if not text.takes(",") and not text.line_ends():
                raise text.error("a comma or a line end is missing between two entries of an object")
            text.skip_lines()


def _loop(text: HclText, end: str) -> None:
    """Read a `for` up to the bracket `end`."""
    text.word()
    loop_names(text)
    _expression(text)
    text.needs(":", "behind what the `for` goes over")
    _expression(text)
    if end == "}":
        text.needs("=>", "between the key and the value of a `for`")
        _expression(text)
        text.takes("...")
    if text.next_word() == "if":
        text.word()
        _expression(text)
    text.needs(end, "behind a `for`")
