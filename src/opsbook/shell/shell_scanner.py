"""Read shell text character by character into its variables, with the quotes around them, and its simple commands.

Each character is read a fixed number of times, whatever the text holds, and substitutions to a fixed depth.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from opsbook.shell.quoting import Quoting
from opsbook.shell.shell_brackets import Brackets
from opsbook.shell.shell_levels import Level
from opsbook.shell.shell_reading import PRINTS_A_NUMBER, ShellReading

MAX_DEPTH = 40
"""Substitutions nested deeper than this are not read."""

_FAR = 1000  # Characters in which a bracket is looked for.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HEREDOC = re.compile(
    r"<<(?P<dash>-?)[ \t]*(?P<word>(?:\\.|'[^']*'|\"(?:\\.|[^\"\\])*\"|[^\s;&|<>()\\'\"])+)", re.DOTALL
)
_BRACES = re.compile(r"\$\{(?:\([^)\n]*\))?[#!]?([A-Za-z_]\w*)")
_ANSI = re.compile(r"'(?:\\.|[^'\\])*'?", re.DOTALL)
_NUMBER = re.compile(r"\d[\w#@]*+")
_FROM_CALLER = frozenset("123456789@*")
_SET_IN_ARITHMETIC = re.compile(
    r"(?<![\w$])(?P<before>[A-Za-z_]\w*+)\s*+(?:\+\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=))|(?:\+\+|--)(?P<after>[A-Za-z_]\w*+)"
)
# What makes an interactive zsh, which by default knows no comments, read on in another way than other shells.
_MISREAD = re.compile(r"['\"`]|<<|\$[({]|\\$")


@dataclass
class Scanner(ShellReading):
    """The reader of a text: each method takes an offset, and returns the one at which reading goes on."""

    def commands(self, at: int, end: str) -> int:
        """Read commands up to the character `end`; return the offset after it."""
        if self.depth == MAX_DEPTH:
            return len(self.code)
        self.deeper(at)
        at = Level(self, at, end).read()
        self.depth -= 1
        return at

    def inside(self, what: str, at: int, end: str) -> int:
        """Read commands inside of `what`, which becomes `within` unless that is set; return the offset after them."""
        before, self.within = self.within, self.within or what
        self.substitutions += 1
        at = self.commands(at, end)
        self.substitutions -= 1
        self.within = before
        return at

    def one(self, at: int, level: Level) -> int:
        """Read what starts at `at` outside of quotes; return the offset after it."""
        character = self.code[at]
        if character in "\\'\"":
            return self.quoted(at)
        if character == "`":
            return self.inside("`", at + 1, "`")
        if character == "$":
            return self.dollar(at, Quoting.BARE)
        if character == "#" and (at == 0 or self.code[at - 1] in " \t\n;&|()"):
            return self.comment(at)
        if character == "\n" and self.heredocs:
            return self.bodies(at + 1)
        if character in "<>" and self.code.startswith("(", at + 1):
            return self.inside("", at + 2, ")")
        if character == "<":
            return self.redirected(at, level)
        return at + 1

    def comment(self, at: int) -> int:
        """Skip a comment; return the offset after it."""
        end = self.code.find("\n", at)
        end = len(self.code) if end < 0 else end
        self.unsure = self.unsure or _MISREAD.search(self.code, at, end) is not None
        return self.hide(at, end)

    def redirected(self, at: int, level: Level) -> int:
        """Read the beginning of a here-document or a here-string, or one `<`; return the offset after it."""
        if self.code.startswith("<<<", at):
            return at + 3
        if not (heredoc := _HEREDOC.match(self.code, at)):
            return at + 1
        word = re.sub(r"[\"'\\]", "", heredoc["word"])
        self.heredocs.append((word, bool(heredoc["dash"]), word != heredoc["word"], level.command))
        return heredoc.end()

    def quoted(self, at: int) -> int:
        """Read a backslash with what it quotes, or text in quotes; return the offset after it."""
        if self.code[at] == "\\":
            return at + 2
        return self.single(at) if self.code[at] == "'" else self.double(at + 1, '"', Quoting.DOUBLE, at)

    def single(self, at: int) -> int:
        """Skip text in single quotes; return the offset after it."""
        end = self.code.find("'", at + 1)
        end = len(self.code) if end < 0 else end + 1
        self.single_quoted.append((at, end))
        return self.hide(at, end)

    def double(self, at: int, end: str, quoting: Quoting, start: int) -> int:
        """Read text in which only `$`, backquotes and backslashes are special; return the offset after its `end`."""
        while at < len(self.code) and self.code[at] != end:
            if self.code[at] == "\\":
                at += 2
            elif self.code[at] in "$`":
                at = self.substituted(at, quoting)
            elif end == "}" and self.code[at] == '"':
                at = self.nested(at, quoting)
            else:
                self.unsure = self.unsure or (end == "}" and self.code[at] == "'")
                self.hide(at, at + 1)
                at += 1
        self.hide(start, start + 1)
        return self.hide(at, at + 1)

    def nested(self, at: int, quoting: Quoting) -> int:
        """Read double quotes inside of `${…}`; return the offset after them."""
        if self.depth == MAX_DEPTH:
            return len(self.code)
        self.deeper(at)
        at = self.double(at + 1, '"', quoting, at)
        self.depth -= 1
        return at

    def substituted(self, at: int, quoting: Quoting) -> int:
        """Read a dollar sign or a backquote in quoted text; return the offset after what it begins."""
        return self.dollar(at, quoting) if self.code[at] == "$" else self.inside("`", at + 1, "`")

    def dollar(self, at: int, quoting: Quoting) -> int:
        """Read a variable, a substitution or a lone dollar sign; return the offset after it."""
        if self.code.startswith("$((", at) and (end := self.brackets.end_of_arithmetic(at + 1)):
            return self.arithmetic(at + 3, end, at)
        if self.code.startswith("$[", at):
            end = self.code.find("]", at)
            return self.arithmetic(at + 2, len(self.code) if end < 0 else end + 1, at)
        if self.code.startswith("$(", at):
            self.printed.append(at)
            return self.inside("", at + 2, ")")
        if self.code.startswith("$'", at) and quoting is Quoting.BARE:
            return self.ansi(at)
        if self.code.startswith("${", at):
            return self.braces(at, quoting)
        name = _NAME.match(self.code, at + 1)
        if not name:
            # `$$NAME` is the number of the process, then a word.
            is_special = re.compile(r"\$[$?!#*@\d-]").match(self.code, at)
            if self.code[at + 1 : at + 2] in _FROM_CALLER:
                self.positional.append((at, self.within == "(("))
            return self.hide(at + 1, at + 2) if is_special else at + 1
        self.note(name.group(), at, name.end(), quoting)
        if self.code.startswith("[", name.end()):
            closed = self.code.find("]", name.end(), name.end() + _FAR)
            self.subscript = max(self.subscript, closed if closed >= 0 else name.end() + _FAR)
        return self.hide(at, name.end())

    def ansi(self, at: int) -> int:
        """Skip `$'…'`; return the offset after it.

        dash does not know this form: for it, a quote with a backslash before it ends the text.
        """
        end = _ANSI.match(self.code, at + 1)
        stop = end.end() if end else at + 2
        self.unsure = self.unsure or "\\'" in self.code[at:stop]
        self.single_quoted.append((at, stop))
        return self.hide(at, stop)

    def braces(self, at: int, quoting: Quoting) -> int:
        """Read `${NAME}`, or a form that computes and may hold further variables; return the offset after it."""
        if self.depth == MAX_DEPTH:
            return len(self.code)
        name = _BRACES.match(self.code, at)
        inside = name.end() if name else at + 2
        if self.code[at + 2 : at + 3] in _FROM_CALLER:
            self.positional.append((at, self.within == "(("))
        mark = len(self.found)
        before, self.within = self.within, self.within or self.form(inside)
        self.deeper(at)
        end = self.double(inside, "}", quoting if quoting is not Quoting.BARE else Quoting.DOUBLE, at)
        self.depth -= 1
        self.within = before
        if name:
            if self.code.startswith(("=", ":="), inside):
                self.assigned.add(name[1])
            plain = self.code[at:end] == f"${{{name[1]}}}"
            self.note(name[1], at, end, quoting, plain=plain, index=mark)
        return self.hide(at, end)

    def form(self, at: int) -> str:
        """Return `((` where what follows the name in `${NAME` is a number to compute, else `${`."""
        is_offset = self.code.startswith(":", at) and self.code[at + 1 : at + 2] not in ("-", "=", "?", "+")
        return "((" if is_offset or self.code.startswith("[", at) else "${"

    @functools.cached_property
    def brackets(self) -> Brackets:
        """Return the round brackets of the text, paired as in arithmetic."""
        return Brackets(self.code)

    def arithmetic(self, at: int, end: int, start: int) -> int:
        """Read what the shell computes, where a bare name is a variable too; return the offset after it.

        A command in it is read as any other; what it prints is computed with.
        """
        if self.depth >= MAX_DEPTH:
            return end
        within, depth, own = self.within, self.depth, list(self.code[start:end])
        self.within = "((" if within in ("", PRINTS_A_NUMBER) else within
        for bracket in range(start, at):
            self.bracket(bracket)
        while at < end:
            self.bracket(at)
            after = min(self.one_of_arithmetic(at), end)
            if self.code[at] in "$\"'`\\":
                own[at - start : after - start] = "\0" * (after - at)
            at = after
        self.within, self.depth = within, depth
        for match in _SET_IN_ARITHMETIC.finditer("".join(own)):
            self.assigned.add(match["before"] or match["after"])
        for mark in re.finditer(r"[^\0]+", "".join(own)):
            self.hide(start + mark.start(), start + mark.end())
        return end

    def bracket(self, at: int) -> None:
        """Count the bracket at `at`, if one stands there, for how deep the text goes."""
        if self.code[at] in "([{":
            self.deeper(at)
        elif self.code[at] in ")]}":
            self.depth -= 1

    def one_of_arithmetic(self, at: int) -> int:
        """Read a character of what the shell computes, or what it begins; return the offset after it."""
        character = self.code[at]
        if character in "\\'\"":
            return self.quoted(at)
        if character == "`" or (character == "$" and self.code.startswith("(", at + 1)):
            return self.computed(at)
        if character == "$":
            return self.dollar(at, Quoting.DOUBLE)
        if number := _NUMBER.match(self.code, at):
            return number.end()
        if name := _NAME.match(self.code, at):
            self.note(name.group(), at, name.end(), Quoting.DOUBLE, plain=False)
            return name.end()
        return at + 1

    def computed(self, at: int) -> int:
        """Read a substitution in what the shell computes with; return the offset after it."""
        if self.code.startswith("$((", at) and self.brackets.end_of_arithmetic(at + 1):
            return self.dollar(at, Quoting.DOUBLE)
        before, self.within = self.within, PRINTS_A_NUMBER if self.within == "((" else self.within
        after = self.substituted(at, Quoting.DOUBLE)
        self.within = before
        return after

    def bodies(self, at: int) -> int:
        """Read the here-documents that the line before `at` announced; return the offset after them."""
        announced, self.heredocs = self.heredocs, []
        for word, dash, quoted, command in announced:
            indent = r"\t*" if dash else ""
            found = re.compile(rf"^{indent}{re.escape(word)}$", re.MULTILINE).search(self.code, at)
            end = found.start() if found else len(self.code)
            command.fed.append((at, end))
            if quoted:
                self.single_quoted.append((at, end))
            else:
                self.document(at, end)
            at = self.hide(at, found.end() if found else end)
        return at

    def document(self, at: int, end: int) -> None:
        """Read the body of one here-document whose variables the shell expands."""
        # Inside of `$(…)` shells do not agree on where a body ends, nor on what a quote in it is.
        before, self.unsure = self.unsure, self.unsure or self.substitutions > 0
        while at < end:
            if self.code[at] == "\\":
                at += 2
            elif self.code[at] in "$`":
                at = self.substituted(at, Quoting.HEREDOC)
            else:
                at += 1
        self.unsure = before
