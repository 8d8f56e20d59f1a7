"""Find shell text that is nested too deep for its parser.

ShellCheck reads the inside of a bracket again for each form that it may be, so that each level doubles its time, closed
or not: https://github.com/koalaman/shellcheck/blob/v0.11.0/src/ShellCheck/Parser.hs (`readDollarExpression`).
"""

from __future__ import annotations

import re

from opsbook.shell.shell import scan_shell
from opsbook.shell.shell_reading import DEEPEST

_BRACKET = re.compile(r"\\.|[(\[{]|[)\]}]", re.DOTALL)


def shell_too_deep(code: str) -> int | None:
    """Return where `code` is nested deeper than DEEPEST, its brackets closed or not; None where it is not."""
    text = scan_shell(code)
    opened = 0
    for found in _BRACKET.finditer(text.bare):
        sign = found.group()
        if sign in ("(", "[", "{"):
            opened += 1
            if opened > DEEPEST:
                return found.start() if text.deepest is None else min(found.start(), text.deepest)
        elif sign in (")", "]", "}"):
            opened = max(opened - 1, 0)
    return text.deepest
