"""Write a script for psql as plain SQL of the same length, so that each character stays where it was.

What only psql reads becomes blanks: its commands (`\\d orders`), the data below `COPY … FROM stdin`. Its variables
(`:name`) become names or numbers. https://www.postgresql.org/docs/current/app-psql.html
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*)"
    r"|(?P<dollar>\$(?:[A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*)?\$)"
    r"|(?P<string>\b[eE]'(?:\\.|''|[^'\\])*'|'(?:''|[^'])*'|\"(?:\"\"|[^\"])*\")"
    r"|(?P<word>[\w\x80-\U0010ffff][\w$\x80-\U0010ffff]*)"
    r"|(?P<cast>::|:=)"
    r"|(?P<variable>:(?:[A-Za-z_0-9]+|'\w+'|\"\w+\"|\{\?\w+\}))"
    r"|(?P<command>\\(?P<name>;|!|\?|\.|\\|[A-Za-z_]*)\+?[A-Za-z]*)"
    r"|(?P<end>;)"
    r"|.",
    re.DOTALL | re.ASCII,
)
_COPY = re.compile(r"\s*copy\b.*\bfrom\s+stdin\b", re.IGNORECASE | re.DOTALL)
_DATA_END = re.compile(r"^\\\.[ \t]*$", re.MULTILINE)
_SENDS = frozenset({";", "crosstabview", "g", "gdesc", "gexec", "gset", "gx", "watch"})
"""The commands that end a statement, as a semicolon does."""
COMMANDS = frozenset(
    [
        "", "!", ".", ";", "?", "C", "H", "T", "\\", "a", "bind", "bind_named", "c", "cd", "close", "close_prepared",
        "connect", "conninfo", "copy", "copyright", "e", "echo", "edit", "ef", "elif", "else", "encoding", "endif",
        "endpipeline", "errverbose", "ev", "f", "flush", "flushrequest", "getenv", "getresults", "h", "help", "html",
        "i",
        "if", "include", "include_relative", "ir", "l", "list", "lo_export", "lo_import", "lo_list", "lo_unlink", "o",
        "out", "p", "parse", "password", "print", "prompt", "pset", "q", "qecho", "quit", "r", "reset", "restrict", "s",
        "sendpipeline", "set", "setenv", "sf", "startpipeline", "sv", "syncpipeline", "t", "timing", "unrestrict",
        "unset",
        "w", "warn", "write", "x", "z", *_SENDS,
    ]
)  # fmt: skip
_MANY = 5
"""With more variables than this, all are taken for names or all for numbers."""
_LISTS = re.compile(
    r"(?:d(?:|a|A[cfop]?|b|c|C|config|d|D|dp|e[stuw]|f[anptw]*|F[dpt]?|g|l|L|n|o|O|p|P[itn]*|rds|rg|R[ps]|[Eimstv]+|T|u|x"
    r"|X|y)|l|list|z|lo_list)[Sx]*"
)


@dataclass(frozen=True)
class PlainSql:
    """A script as SQL. `texts` are its readings, one by what its variables may be; `unknown` are odd commands."""

    texts: tuple[str, ...]
    ends: tuple[int, ...]
    """The offsets after the semicolons that end statements."""
    unknown: tuple[tuple[int, str], ...]


def plain_sql(code: str) -> PlainSql:
    """Return `code` as PostgreSQL itself reads it."""
    script = _Script(code, list(code), [], [], [])
    script.read()
    bare = "".join(script.text)
    variables = script.variables
    signs = (
        itertools.product("x1", repeat=len(variables))
        if len(variables) <= _MANY
        else [each * len(variables) for each in ("x", "1")]
    )
    filled = ["".join(_filled(bare, variables, each)) for each in signs] if variables else []
    return PlainSql((*filled, bare), tuple(script.ends), tuple(script.unknown))


@dataclass
class _Script:
    code: str
    text: list[str]
    variables: list[tuple[int, int]]
    ends: list[int]
    unknown: list[tuple[int, str]]

    def read(self) -> None:
        at = 0
        while token := _TOKEN.match(self.code, at):
            at = self.one(token)

    def one(self, token: re.Match[str]) -> int:
        """Read one token; return the offset after what it begins."""
        if token["comment"] == "/*":
            return self.comment(token.end())
        if token["dollar"]:
            end = self.code.find(token["dollar"], token.end())
            return len(self.code) if end < 0 else end + len(token["dollar"])
        if token["variable"]:
            self.variables.append(token.span())
        elif token["end"]:
            return self.ended(token.end())
        elif token["command"]:
            return self.command(token)
        return token.end()

    def comment(self, at: int) -> int:
        depth = 1
        for sign in re.compile(r"/\*|\*/").finditer(self.code, at):
            depth += 1 if sign.group() == "/*" else -1
            if not depth:
                return sign.end()
        return len(self.code)

    def ended(self, at: int) -> int:
        """End a statement at `at`; return the offset after the data that follows it."""
        start = self.ends[-1] if self.ends else 0
        self.ends.append(at)
        if not _COPY.match("".join(self.text[start:at])):
            return at
        line = self.code.find("\n", at)
        end = _DATA_END.search(self.code, line + 1) if line >= 0 else None
        return self.blank(at, end.end() if end else len(self.code)) if line >= 0 else at

    def command(self, token: re.Match[str]) -> int:
        """Blank out a command with its arguments, up to the next one on its line; return the offset after it."""
        name = token["name"]
        if name not in COMMANDS and not _LISTS.fullmatch(name):
            self.unknown.append((token.start(), name))
        if name == ";":
            self.text[token.start()] = " "
            return self.ended(token.end())
        next_one = re.compile(r"\\(?![;\\])[a-z]+|\n|\Z").search(self.code, token.end())
        end = next_one.start() if next_one and name not in ("!", "copy") else self.line_end(token.end())
        self.blank(token.start(), end)
        if name in _SENDS:
            self.text[token.start()] = ";"
            self.ends.append(token.start() + 1)
        return end

    def line_end(self, at: int) -> int:
        end = self.code.find("\n", at)
        return len(self.code) if end < 0 else end

    def blank(self, start: int, end: int) -> int:
        self.text[start:end] = [sign if sign == "\n" else " " for sign in self.text[start:end]]
        return end


def _filled(text: str, variables: Sequence[tuple[int, int]], signs: Sequence[str]) -> Iterator[str]:
    """Yield `text` with each variable as a string, a quoted name, a truth value, or made of its sign, `x` or `1`."""
    at = 0
    for (start, end), sign in zip(variables, signs, strict=True):
        yield text[at:start]
        inside = text[start + 1 : end]
        if inside[0] in "'\"":
            yield f" {inside}"
        elif inside[0] == "{":
            yield "true".ljust(end - start)
        else:
            yield " " + sign * len(inside)
        at = end
    yield text[at:]
