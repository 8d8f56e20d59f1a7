"""Shell text in, the variables that it uses and assigns out. It reads quotes; it does not judge the syntax.

What is quoted decides where a variable is one: `"$POD"` is, `'$POD'` is not, a here-document's is unless its word
was quoted. Grammar: https://www.gnu.org/software/bash/manual/bash.html#Quoting
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from opsbook.runbooks.model import Quoting

MAX_DEPTH = 40
"""Substitutions nested deeper than this are not read."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HEREDOC = re.compile(r"<<(?P<dash>-?)[ \t]*(?P<quote>[\"'\\]?)(?P<word>[A-Za-z_][\w.-]*)[\"']?")
_START = r"(?:^|[;&|({\n`]|\b(?:then|do|else|elif|if|while|until)\b)[ \t]*"
_ASSIGNMENT = re.compile(_START + r"(?P<names>(?:[A-Za-z_]\w*+\+?=\S{0,300}+[ \t]+)*[A-Za-z_]\w*+\+?=)")
_BUILTIN = re.compile(
    r"\b(?:read|mapfile|readarray|export|local|declare|readonly|typeset|getopts)\b(?P<words>[^;&|\n<]*)"
)
_LOOP = re.compile(r"\b(?:for|select)[ \t]+(?P<name>[A-Za-z_]\w*)|\bprintf[ \t]+-v[ \t]+(?P<target>[A-Za-z_]\w*)")


@dataclass(frozen=True)
class Reference:
    """A variable in shell text. `plain` is `$NAME` or `${NAME}`; else the shell computes with it."""

    name: str
    start: int
    end: int
    quoting: Quoting
    plain: bool


@dataclass(frozen=True)
class ShellText:
    """What was found. `bare` is the code with each quoted, commented or here-document character as NUL."""

    references: tuple[Reference, ...]
    assigned: frozenset[str]
    single_quoted: tuple[tuple[int, int], ...]
    bare: str


@functools.lru_cache(maxsize=4096)
def scan_shell(code: str) -> ShellText:
    """The variables of `code`. Text whose quotes are not closed is read to its end."""
    scanner = _Scanner(code, list(code))
    scanner.commands(0, "")
    bare = "".join(scanner.bare)
    return ShellText(tuple(scanner.references), _assigned(bare), tuple(scanner.single_quoted), bare)


def _assigned(bare: str) -> frozenset[str]:
    text = bare.replace("\\\n", "  ")
    names: set[str] = set()
    for match in _ASSIGNMENT.finditer(text):
        names.update(re.findall(r"\b([A-Za-z_]\w*+)\+?=", match["names"]))
    for match in _BUILTIN.finditer(text):
        names.update(re.findall(r"(?<![\w-])[A-Za-z_]\w*", match["words"]))
    for match in _LOOP.finditer(text):
        names.add(match["name"] or match["target"])
    return frozenset(names)


@dataclass
class _Scanner:
    code: str
    bare: list[str]
    references: list[Reference] = field(default_factory=list)
    single_quoted: list[tuple[int, int]] = field(default_factory=list)
    heredocs: list[tuple[str, bool, bool]] = field(default_factory=list)
    depth: int = 0

    def commands(self, at: int, end: str) -> int:
        """Read commands up to the character `end`; return the place after it."""
        if self.depth == MAX_DEPTH:
            return len(self.code)
        self.depth += 1
        brackets = 0
        while at < len(self.code):
            character = self.code[at]
            if character == end and brackets == 0:
                at += 1
                break
            brackets += {"(": 1, ")": -1}.get(character, 0) if end == ")" else 0
            at = self.one(at)
        self.depth -= 1
        return at

    def one(self, at: int) -> int:
        """Read what starts at `at` outside of quotes."""
        character = self.code[at]
        if character == "\\":
            return at + 2
        if character == "'":
            return self.single(at)
        if character == '"':
            return self.double(at + 1, '"', Quoting.DOUBLE, at)
        if character == "`":
            return self.commands(at + 1, "`")
        if character == "$":
            return self.dollar(at, Quoting.BARE)
        if character == "#" and (at == 0 or self.code[at - 1] in " \t\n;&|()"):
            end = self.code.find("\n", at)
            return self.hide(at, len(self.code) if end < 0 else end)
        if character == "\n" and self.heredocs:
            return self.bodies(at + 1)
        heredoc = _HEREDOC.match(self.code, at) if self.code[at - 1 : at] != "<" else None
        if heredoc and not self.code.startswith("<<<", at):
            self.heredocs.append((heredoc["word"], bool(heredoc["dash"]), bool(heredoc["quote"])))
            return heredoc.end()
        return at + 1

    def single(self, at: int) -> int:
        end = self.code.find("'", at + 1)
        end = len(self.code) if end < 0 else end + 1
        self.single_quoted.append((at, end))
        return self.hide(at, end)

    def double(self, at: int, end: str, quoting: Quoting, start: int) -> int:
        """Read text in which only `$`, backquotes and backslashes mean something, up to `end`."""
        while at < len(self.code) and self.code[at] != end:
            if self.code[at] == "\\":
                at += 2
            elif self.code[at] == "$":
                at = self.dollar(at, quoting)
            elif self.code[at] == "`":
                at = self.commands(at + 1, "`")
            else:
                self.hide(at, at + 1)
                at += 1
        self.hide(start, start + 1)
        return self.hide(at, at + 1)

    def dollar(self, at: int, quoting: Quoting) -> int:
        """Read a variable, a substitution or a lone dollar sign."""
        if self.code.startswith("$((", at):
            return self.arithmetic(at)
        if self.code.startswith("$(", at):
            return self.commands(at + 2, ")")
        if self.code.startswith("$'", at) and quoting is Quoting.BARE:
            end = re.compile(r"'(?:\\.|[^'\\])*'?", re.DOTALL).match(self.code, at + 1)
            return self.hide(at, end.end() if end else at + 2)
        if self.code.startswith("${", at):
            return self.braces(at, quoting)
        name = _NAME.match(self.code, at + 1)
        if not name:
            return at + 1
        self.references.append(Reference(name.group(), at, name.end(), quoting, plain=True))
        return self.hide(at, name.end())

    def braces(self, at: int, quoting: Quoting) -> int:
        """Read `${NAME}`, or one of the forms that compute, whose words may hold further variables."""
        if self.depth == MAX_DEPTH:
            return len(self.code)
        name = re.compile(r"\$\{[#!]?([A-Za-z_]\w*)").match(self.code, at)
        inside = name.end() if name else at + 2
        mark = len(self.references)
        self.depth += 1
        end = self.double(inside, "}", quoting if quoting is not Quoting.BARE else Quoting.DOUBLE, at)
        self.depth -= 1
        if name:
            plain = self.code[at:end] == f"${{{name[1]}}}"
            self.references.insert(mark, Reference(name[1], at, end, quoting, plain))
        return self.hide(at, end)

    def arithmetic(self, at: int) -> int:
        """Read `$((…))`, in which a name is a variable without a dollar sign too."""
        end = self.code.find("))", at)
        end = len(self.code) if end < 0 else end + 2
        for match in re.compile(r"(?P<sign>\$\{?)?(?P<name>[A-Za-z_]\w*)\}?").finditer(self.code, at + 3, end):
            reference = Reference(match["name"], match.start(), match.end(), Quoting.DOUBLE, plain=bool(match["sign"]))
            self.references.append(reference)
        return self.hide(at, end)

    def bodies(self, at: int) -> int:
        """Read the here-documents that the line before `at` announced."""
        for word, dash, quoted in self.heredocs:
            indent = r"\t*" if dash else ""
            found = re.compile(rf"^{indent}{re.escape(word)}$", re.MULTILINE).search(self.code, at)
            end = found.start() if found else len(self.code)
            if quoted:
                self.single_quoted.append((at, end))
            else:
                self.document(at, end)
            at = self.hide(at, found.end() if found else end)
        self.heredocs.clear()
        return at

    def document(self, at: int, end: int) -> None:
        """Read the body of one here-document whose variables the shell fills in."""
        while at < end:
            if self.code[at] == "\\":
                at += 2
            elif self.code[at] == "$":
                at = self.dollar(at, Quoting.HEREDOC)
            elif self.code[at] == "`":
                at = self.commands(at + 1, "`")
            else:
                at += 1

    def hide(self, start: int, end: int) -> int:
        """Take `start` to `end` out of the bare text, line ends kept; return `end`."""
        for at in range(start, min(end, len(self.code))):
            if self.bare[at] != "\n":
                self.bare[at] = "\0"
        return end
