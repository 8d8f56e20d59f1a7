"""Find the variables that shell text uses and assigns. It reads quotes; it does not judge the syntax.

Whether `$NAME` is a variable depends on its quotes: in `"$POD"` it is, in `'$POD'` it is not, and in a here-document
it is unless the word that ends it was quoted. Grammar: https://www.gnu.org/software/bash/manual/bash.html#Quoting
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from opsbook.shell.quoting import Quoting
from opsbook.shell.shell_commands import Span, words_of
from opsbook.shell.shell_places import ShellContext, places_of
from opsbook.shell.shell_scanner import Scanner

_LOOP = re.compile(r"\b(?:for|select)[ \t]+(?P<name>[A-Za-z_]\w*)|\bprintf[ \t]+-v[ \t]+(?P<target>[A-Za-z_]\w*)")
_OTHER = re.compile(
    r"\bcoproc[ \t]+(?P<co>[A-Za-z_]\w*)\s*[{(]|\{(?P<file>[A-Za-z_]\w*)\}[<>]"
    r"|\bwait\b[^;&|\n]*[ \t]-p[ \t]+(?P<process>[A-Za-z_]\w*)"
)
_SETS = words_of("declare export getopts let local mapfile read readarray readonly typeset")
_NO_VALUE = frozenset({ShellContext.BACKQUOTES, ShellContext.EXPANSION, ShellContext.COMPUTED, ShellContext.COMMAND})


@dataclass(frozen=True)
class Reference:
    """A variable in shell text. `plain` says that it is `$NAME` or `${NAME}`; else the shell computes with it.

    `reader` names the program that interprets the value again, where `place` is `ShellContext.PROGRAM`.
    """

    name: str
    start: int
    end: int
    quoting: Quoting
    plain: bool
    place: ShellContext = ShellContext.WORD
    reader: str = ""

    @property
    def writing(self) -> Quoting:
        """Return how a value must be written in this place, by all that is known of it."""
        if not self.plain or self.place in _NO_VALUE:
            return Quoting.NONE
        return self.quoting if self.place is ShellContext.WORD else Quoting.PLAIN


@dataclass(frozen=True)
class ShellText:
    """The findings in a text. `bare` is the code with each quoted, commented or here-document character as NUL.

    `deepest` is the offset at which substitutions are nested too deep, or None.
    """

    references: tuple[Reference, ...]
    assigned: frozenset[str]
    single_quoted: tuple[Span, ...]
    bare: str
    deepest: int | None = None


@functools.lru_cache(maxsize=4096)
def scan_shell(code: str) -> ShellText:
    """Return the variables that `code` uses and assigns. A quote that is not closed reaches to the end of the text."""
    scanner = Scanner(code, list(code))
    scanner.commands(0, "")
    bare = "".join(scanner.bare)
    assigned = frozenset(scanner.assigned) | _assigned(bare)
    for command in scanner.done:
        assigned |= {name for name, _ in command.assignments(code)}
        assigned |= _assigned_by(command.texts(code)[command.first(code) :])
    references = tuple(
        Reference(found.name, found.start, found.end, found.quoting, found.plain, *place)
        for found, place in zip(scanner.found, places_of(scanner, assigned), strict=True)
    )
    return ShellText(references, assigned, tuple(scanner.single_quoted), bare, scanner.deepest)


def _assigned_by(words: Sequence[str]) -> frozenset[str]:
    """Return the names that `words` assign where the command takes names as words, as `read` and `export` do."""
    at = next((at for at, word in enumerate(words) if word in _SETS), len(words))
    if words[:2] == ["printf", "-v"]:
        return frozenset(words[2:3])
    names = words[at + 1 :] if words[at : at + 1] != ["getopts"] else words[at + 2 : at + 3]
    is_let = words[at : at + 1] == ["let"]
    found = [re.match(r"([A-Za-z_]\w*)(\[|\+?=|$)?", word) for word in names]
    return frozenset(match[1] for match in found if match and (is_let or match[2] is not None))


def _assigned(bare: str) -> frozenset[str]:
    text = bare.replace("\\\n", "  ")
    names: set[str] = set()
    for match in _OTHER.finditer(text):
        names.add(match["co"] or match["file"] or match["process"])
    for match in _LOOP.finditer(text):
        names.add(match["name"] or match["target"])
    return frozenset(names)
