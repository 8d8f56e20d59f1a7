"""Move through HCL text: what may stand between two tokens, and what each token looks like.

https://github.com/hashicorp/hcl/blob/v2.24.0/hclsyntax/spec.md#lexical-elements
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_BLANK = re.compile(r"(?:[ \t\r]|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))++")
_CLOSED = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|(?P<open>\Z))")
_LINE_END = re.compile(r"(?:(?:\#|//)[^\n]*)?(?:\n|\Z)")
_COMMENT = re.compile(r"(?:\#|//)[^\n]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)
_WORD = re.compile(r"[\w-]+")


class HclError(ValueError):
    """The error of a text that is not HCL, with the offset where it stops being that."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


@dataclass
class HclText:
    """A text and a place in it. Where `breaks` ends with False, line ends are blanks, as between brackets."""

    code: str
    at: int = 0
    breaks: list[bool] = field(default_factory=lambda: [True])

    @contextmanager
    def lines(self, *, matter: bool) -> Iterator[None]:
        """Say for what is read inside whether line ends matter."""
        self.breaks.append(matter)
        yield
        self.breaks.pop()

    def skip(self) -> None:
        """Go over blanks and comments, and over line ends where they do not matter."""
        while True:
            if blank := _BLANK.match(self.code, self.at):
                if any(each["open"] is not None for each in _CLOSED.finditer(blank.group())):
                    raise self.error("this comment is not closed; end it with `*/`")
                self.at = blank.end()
            elif self.breaks[-1] or self.at == len(self.code):
                return
            elif self.code[self.at] == "\n" or _COMMENT.match(self.code, self.at):
                self.at = _LINE_END.match(self.code, self.at).end()  # type: ignore[union-attr]
            else:
                return

    def skip_lines(self) -> None:
        """Go over blanks, comments and line ends."""
        with self.lines(matter=False):
            self.skip()

    def line_ends(self) -> bool:
        """Return whether the line ends here, and go over its end."""
        with self.lines(matter=True):
            self.skip()
        if found := _LINE_END.match(self.code, self.at):
            self.at = found.end()
        return found is not None

    def sees(self, sign: str) -> bool:
        """Return whether `sign` comes next."""
        self.skip()
        return self.code.startswith(sign, self.at)

    def takes(self, sign: str) -> bool:
        """Return whether `sign` comes next, and go over it."""
        if not self.sees(sign):
            return False
        self.at += len(sign)
        return True

    def needs(self, sign: str, where: str) -> None:
        """Go over `sign`. Raise HclError where it does not come next."""
        if not self.takes(sign):
            raise self.error(f"a `{sign}` is missing {where}")

    def word(self) -> str:
        """Return the name that comes next, and go over it; nothing where there is none."""
        self.skip()
        found = _WORD.match(self.code, self.at)
        if not found or not (found.group()[0].isidentifier()):
            return ""
        self.at = found.end()
        return found.group()

    def next_word(self) -> str:
        """Return the name that comes next."""
        before = self.at
        found = self.word()
        self.at = before
        return found

    def number(self) -> bool:
        """Return whether a number comes next, and go over it."""
        self.skip()
        found = _NUMBER.match(self.code, self.at)
        self.at = found.end() if found else self.at
        return found is not None

    def error(self, message: str) -> HclError:
        """Return the error `message` about what comes next."""
        return HclError(self.at, message)

    def unexpected(self) -> HclError:
        """Return the error of a place where something else belongs than what comes next."""
        self.skip()
        found = re.compile(r"[\w-]+|[^\w\s]").match(self.code, self.at)
        if self.at >= len(self.code.rstrip()):
            return self.error("something is not closed before the end")
        return self.error(
            f"`{found.group()}` does not belong here" if found else "the end of the line does not belong here"
        )


def loop_names(text: HclText) -> None:
    """Read the one or two names of a `for`, and its `in`."""
    is_named = bool(text.word())
    if is_named and text.takes(","):
        is_named = bool(text.word())
    if not is_named or text.word() != "in":
        raise text.error("a `for` names one or two variables, then says `in`")
