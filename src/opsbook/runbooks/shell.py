"""Shell text in, the variables that it uses and assigns out. It reads quotes; it does not judge the syntax.

What is quoted decides where a variable is one: `"$POD"` is, `'$POD'` is not, a here-document's is unless its word
was quoted. Grammar: https://www.gnu.org/software/bash/manual/bash.html#Quoting
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from opsbook.runbooks.model import Quoting
from opsbook.runbooks.shell_commands import Span
from opsbook.runbooks.shell_places import Place, places_of
from opsbook.runbooks.shell_scanner import Scanner

_BUILTIN = re.compile(
    r"\b(?:read|mapfile|readarray|export|local|declare|readonly|typeset|getopts)\b(?P<words>[^;&|\n<]*)"
)
_LOOP = re.compile(r"\b(?:for|select)[ \t]+(?P<name>[A-Za-z_]\w*)|\bprintf[ \t]+-v[ \t]+(?P<target>[A-Za-z_]\w*)")
_NO_VALUE = frozenset({Place.BACKQUOTES, Place.EXPANSION, Place.COMPUTED, Place.COMMAND})


@dataclass(frozen=True)
class Reference:
    """A variable in shell text. `plain` is `$NAME` or `${NAME}`; else the shell computes with it.

    `reader` names the program that reads the value again, where `place` is `Place.PROGRAM`.
    """

    name: str
    start: int
    end: int
    quoting: Quoting
    plain: bool
    place: Place = Place.WORD
    reader: str = ""

    @property
    def writing(self) -> Quoting:
        """How a value is written in its place, by all that is known of it."""
        if not self.plain or self.place in _NO_VALUE:
            return Quoting.NONE
        return self.quoting if self.place is Place.WORD else Quoting.PLAIN


@dataclass(frozen=True)
class ShellText:
    """What was found. `bare` is the code with each quoted, commented or here-document character as NUL.

    `deepest` is where substitutions are too deep inside each other, or None.
    """

    references: tuple[Reference, ...]
    assigned: frozenset[str]
    single_quoted: tuple[Span, ...]
    bare: str
    deepest: int | None = None


@functools.lru_cache(maxsize=4096)
def scan_shell(code: str) -> ShellText:
    """The variables of `code`. Text whose quotes are not closed is read to its end."""
    scanner = Scanner(code, list(code))
    scanner.commands(0, "")
    bare = "".join(scanner.bare)
    places = places_of(scanner)
    references = tuple(
        Reference(found.name, found.start, found.end, found.quoting, found.plain, *place)
        for found, place in zip(scanner.found, places, strict=True)
    )
    assigned = frozenset(name for command in scanner.done for name, _ in command.assignments(code))
    return ShellText(references, assigned | _assigned(bare), tuple(scanner.single_quoted), bare, scanner.deepest)


def _assigned(bare: str) -> frozenset[str]:
    text = bare.replace("\\\n", "  ")
    names: set[str] = set()
    for match in _BUILTIN.finditer(text):
        names.update(re.findall(r"(?<![\w-])[A-Za-z_]\w*", match["words"]))
    for match in _LOOP.finditer(text):
        names.add(match["name"] or match["target"])
    return frozenset(names)
