"""Find where `((…))` ends, past the quotes, the substitutions and the brackets that it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SIGN = re.compile(r"\\.|\$?'|[\"`]|\$\{|\$?\(|[)}]|\#|\bcase[ \t]+\S+\s+in\b|\besac\b", re.DOTALL)
_SINGLE = re.compile(r"[^']*'?")
_ANSI = re.compile(r"(?:\\.|[^'\\])*'?", re.DOTALL)
_LINE = re.compile(r"[^\n]*")


@dataclass(frozen=True)
class _Open:
    """What is open: `(`, `"`, a backquote, `${` or `case`. In commands there are comments."""

    sign: str
    at: int
    is_command: bool


@dataclass
class Brackets:
    """The ends of round brackets in `code` by their beginnings, found when they are asked for.

    What was gone through once is known, so that the way through a text of many open brackets is short.
    """

    code: str
    ends: dict[int, int | None] = field(default_factory=dict)

    def end(self, at: int) -> int | None:
        """Return the offset after the bracket that closes the one at `at`; None where it is not closed."""
        if at not in self.ends:
            self._pair(at)
        return self.ends.get(at)

    def end_of_arithmetic(self, at: int) -> int:
        """Return the end of `((…))` at `at`; 0 where the brackets are those of commands."""
        end = self.end(at)
        if end is None:
            return len(self.code)
        return end if self.end(at + 1) == end - 1 else 0

    def _pair(self, start: int) -> None:
        opened = [_Open("(", start, is_command=False)]
        at = start + 1
        while opened and (sign := _SIGN.search(self.code, at)):
            at = self._next(sign, opened)
        self.ends.update({each.at: None for each in opened if each.sign == "("})

    def _next(self, sign: re.Match[str], opened: list[_Open]) -> int:
        """Read one sign; return the offset after it, or after the text that it begins."""
        what, at, top = sign.group(), sign.end(), opened[-1]
        is_quoted = top.sign == '"' or (top.sign == "${" and opened[-2].sign == '"')
        if what == top.sign and what in ('"', "`"):
            opened.pop()
        elif what in ('"', "`"):
            opened.append(_Open(what, at - 1, is_command=what == "`"))
        elif what == "${":
            opened.append(_Open(what, at, is_command=False))
        elif what == "}" and top.sign == "${":
            opened.pop()
        elif what == "$(" or (what == "(" and not is_quoted):
            opened.append(
                _Open("(", at - 1, is_command=top.is_command or (what == "$(" and self.code[at : at + 1] != "("))
            )
        elif what == ")" and top.sign == "(":
            self.ends[opened.pop().at] = at
        elif what in ("'", "$'") and not is_quoted:
            return (_SINGLE if what == "'" else _ANSI).match(self.code, at).end()  # type: ignore[union-attr]
        elif what == "#" and top.is_command and self.code[sign.start() - 1] in " \t\n;":
            return _LINE.match(self.code, at).end()  # type: ignore[union-attr]
        elif what.startswith("case") and top.is_command and not is_quoted:
            opened.append(_Open("case", at, is_command=True))
        elif what == "esac" and top.sign == "case":
            opened.pop()
        return at
