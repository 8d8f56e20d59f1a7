"""Find out what happens to the value of each variable in shell text, such as that another program interprets it."""

from __future__ import annotations

import bisect
import functools
import re
from enum import Enum

from opsbook.shell.interpreters import INTERPRETERS, Programs, programs_of
from opsbook.shell.shell_commands import SimpleCommand, Span, words_of
from opsbook.shell.shell_reading import PRINTS_A_NUMBER, ScannedVariable, ShellReading
from opsbook.shell.shell_words import computed_words, first_run_by, named_words, subscripts


class ShellContext(Enum):
    """Where a variable stands, from the most harmless place to the worst. The value is what a message calls it."""

    WORD = "a word"
    UNSURE = "text that shells read in different ways"
    PROGRAM = "a program"
    COMMAND = "the name of a command"
    COMPUTED = "what the shell computes"
    EXPANSION = "`${…}`"
    BACKQUOTES = "backquotes"


_GRAVITY = list(ShellContext)
_WITHIN = {
    "`": ShellContext.BACKQUOTES,
    "${": ShellContext.EXPANSION,
    "((": ShellContext.COMPUTED,
    PRINTS_A_NUMBER: ShellContext.PROGRAM,
}
_ARITHMETIC = "the shell's arithmetic"
_SHELLS = words_of("ash bash dash eval fish ksh mksh rbash rsh sh ssh su runuser tcsh csh trap watch zsh")
# What stands before the name of a command in a program: its start, a separator, a keyword, an assignment.
_BEFORE_NAME = re.compile(
    r"(?:^|[;&|({\n`]|\b(?:then|do|else|elif|if|while|until|sudo|exec|command|nohup|time|env|xargs)\b)"
    r"[\s\\\"']*(?:\w+=[^\s;&|]*[ \t]+)*[^\s;&|(){}`=,]*$"
)
# The first of `name=(…)`, which is the command where all of them are run.
_ARRAY = re.compile(r"\b\w++(?P<more>\+?)=\(\s*+\S*+")
_AT_START = re.compile(r"(?:^|[;{\n])[\s\\\"']*$")
_SET_BY_BASH = words_of("BASH_REMATCH MAPFILE OPTARG REPLY COPROC")
_READ_BY_PROGRAMS = words_of(
    "BASH_ENV EDITOR ENV GIT_SSH_COMMAND LD_AUDIT LD_LIBRARY_PATH LD_PRELOAD LESSOPEN MANPAGER PAGER PATH PERL5OPT"
    " PROMPT_COMMAND PS1 PS4 PYTHONPATH RUBYOPT NODE_OPTIONS VISUAL"
)
# What is mostly given JSON that `jq --arg` printed, in which a value is data.
_OFTEN_PRINTED = frozenset({"aws"})
# Programs that write the files that they name.
_WRITE = words_of("cp curl dd install mv sponge tee wget")
_FAR = 200  # Characters before a variable that are looked at.


def places_of(reading: ShellReading, assigned: frozenset[str]) -> list[tuple[ShellContext, str]]:
    """Return the place of each variable that `reading` found, and the name of the program that interprets it again.

    `assigned` are the variables that the text assigns.
    """
    places = _Places(reading, assigned | _SET_BY_BASH)
    for command in reading.done:
        places.judge(command)
    places.follow()
    if places.runner:
        places.mark(
            (0, len(reading.code)), ShellContext.PROGRAM, f"{places.runner}, which runs what this block puts together"
        )
    return places.places


class _Places:
    """The places found so far. A worse one replaces a better one."""

    def __init__(self, reading: ShellReading, assigned: frozenset[str]) -> None:
        self.assigned = assigned
        self.positional = sorted(at for at, _ in reading.positional)
        self.printed = sorted(reading.printed)
        self.runner = _ARITHMETIC if any(is_computed for _, is_computed in reading.positional) else ""
        """What runs a text whose parts may come from anywhere in the block. No path of a value to it is followed."""
        self.code = reading.code
        self.found = reading.found
        self.commands = reading.done
        self.starts = [each.start for each in self.found]
        self.places = [(_start(each), _ARITHMETIC if each.within == PRINTS_A_NUMBER else "") for each in self.found]
        self.piped: dict[int, int] = {}

    def inside(self, span: Span) -> range:
        """Return the indexes of the variables that begin inside of `span`."""
        return range(bisect.bisect_left(self.starts, span[0]), bisect.bisect_left(self.starts, span[1]))

    def mark(self, span: Span, place: ShellContext, reader: str = "") -> list[int]:
        """Record `place` for the variables inside of `span` for which it is worse; return the indexes of those."""
        news = [at for at in self.inside(span) if _GRAVITY.index(place) > _GRAVITY.index(self.places[at][0])]
        for at in news:
            self.places[at] = (place, reader)
        return news

    def judge(self, command: SimpleCommand) -> None:
        """Record what `command` does with its words."""
        first = command.first(self.code)
        words = command.words[first:]
        texts = command.texts(self.code)[first:]
        for span in named_words(words, texts):
            self.mark(span, ShellContext.COMMAND)
        for span in (*computed_words(words, texts, self.code), *subscripts(command.words, self.code), *command.indexes):
            self.mark(span, ShellContext.COMPUTED)
        for name, span in command.settings(self.code):
            if name in _READ_BY_PROGRAMS:
                self.mark(span, ShellContext.PROGRAM, f"programs that look at `{name}`")
        programs = programs_of(texts)
        self.find_runner(command, words, texts, programs)
        for at, reader in programs.words.items():
            is_one_of_many = INTERPRETERS[reader].is_all if reader in INTERPRETERS else False
            self.program(words[at], reader, is_begun=is_one_of_many and at != first_run_by(reader, texts))
            for span in self.direct(words[at], command.depth) if reader in _OFTEN_PRINTED else [words[at]]:
                self.mark(span, ShellContext.PROGRAM, reader)
        if programs.input:
            piped = [self.upstream(command.piped, words[0][0])] if command.piped is not None else []
            for span in (*command.fed, *piped):
                self.mark(span, ShellContext.PROGRAM, programs.input)

    def find_runner(self, command: SimpleCommand, words: list[Span], texts: list[str], programs: Programs) -> None:
        """Record whether `command` runs a file, or a text that the block composes or feeds to it."""
        if programs.file:
            self.runner = f"`{programs.file}`"
        elif texts and (texts[0] in (".", "source") or texts[0].removeprefix("./") in self.written):
            self.runner = f"`{texts[0]}`"
        for at, reader in programs.words.items():
            if self.is_put_together(words[at], command.depth if reader in _OFTEN_PRINTED else None):
                self.runner = f"`{reader}`"
        is_fed = command.piped is not None or command.is_redirected or any(map(self.is_put_together, command.fed))
        if programs.input and is_fed:
            self.runner = f"`{programs.input}`"
        if words and self.is_put_together(words[0]) and re.fullmatch(r"\$\{?\w+\}?", texts[0]):
            self.runner = "the shell"

    @functools.cached_property
    def written(self) -> frozenset[str]:
        """Return the names of the files that the text writes."""
        spans = [span for command in self.commands for span in command.written]
        for command in self.commands:
            if _WRITE.intersection(command.texts(self.code)):
                spans += command.words
        return frozenset(re.sub(r"[\"'\\]", "", self.code[slice(*span)]).removeprefix("./") for span in spans)

    def direct(self, span: Span, depth: int) -> list[Span]:
        """Return the spans of the variables in `span` that are not inside a substitution of it."""
        return [(self.starts[at], self.starts[at] + 1) for at in self.inside(span) if self.found[at].depth == depth]

    def is_put_together(self, span: Span, depth: int | None = None) -> bool:
        """Return whether `span` holds a part that the block sets, that a caller gives or that a command prints."""
        if depth is not None:
            named = [at for each in self.direct(span, depth) for at in self.inside(each)]
            return _is_any(self.positional, span) or any(self.found[at].name in self.assigned for at in named)
        is_given = _is_any(self.positional, span) or _is_any(self.printed, span)
        return is_given or any(self.found[at].name in self.assigned for at in self.inside(span))

    def upstream(self, start: int, end: int) -> Span:
        """Return the span of what comes before a pipe, less what an earlier pipe of the same pipeline has taken."""
        begin = self.piped.get(start, start)
        self.piped[start] = end
        return begin, end

    def program(self, span: Span, reader: str, *, is_begun: bool) -> None:
        """Record which variables of `span` name what a program runs; `is_begun` says that other words began it."""
        pattern = _BEFORE_NAME if reader in _SHELLS else _AT_START
        for at in self.inside(span):
            start = max(span[0], self.starts[at] - _FAR)
            before = ("- " if is_begun or start > span[0] else "") + self.code[start : self.starts[at]]
            if pattern.search(before):
                self.mark((self.starts[at], self.starts[at] + 1), ShellContext.COMMAND)

    def follow(self) -> None:
        """Carry the places of variables that the block assigns back to the variables that their values come from."""
        spans: dict[str, list[Span]] = {}
        for command in self.commands:
            for name, span in command.settings(self.code):
                spans.setdefault(name, []).append(span)
        if re.search(r"\b(?:declare|typeset|local)[ \t]+-\w*i|\b(?:integer|float)[ \t]", self.code):
            for span in [span for each in spans.values() for span in each]:
                self.mark(span, ShellContext.PROGRAM, _ARITHMETIC)
        todo = [at for at in range(len(self.found)) if self.found[at].name in spans]
        seen: set[object] = set()
        while todo:
            at = todo.pop()
            onward = self.onward(at)
            known = (self.found[at].name, self.found[at].depth, onward)
            if known in seen:
                continue
            seen.add(known)
            for span in spans.get(self.found[at].name, []) if onward else []:
                todo += self.carry(at, span, *onward)

    def carry(self, sink: int, span: Span, place: ShellContext, reader: str) -> list[int]:
        """Record `place` for the variables in `span`, where `sink` gets its value; return those for which it is worse.

        Where `sink` names a command, a text that a command in `span` prints is judged as a program.
        """
        if place is not ShellContext.COMMAND:
            return self.mark(span, place, reader)
        if array := _ARRAY.match(self.code, *span):
            span = (span[0], span[0] if array["more"] else array.end())
        news: list[int] = []
        for at in self.inside(span):
            is_value = self.found[at].depth <= self.found[sink].depth
            one = (self.starts[at], self.starts[at] + 1)
            news += self.mark(one, ShellContext.COMMAND if is_value else ShellContext.PROGRAM, reader or "the shell")
        return news

    def onward(self, at: int) -> tuple[ShellContext, str] | tuple[()]:
        """Return what the place of a variable means for the value assigned to it; nothing where it is harmless."""
        found, (place, reader) = self.found[at], self.places[at]
        if place in (ShellContext.PROGRAM, ShellContext.COMMAND):
            return place, reader
        written = self.code[found.start : found.end]
        is_evaluated = written.startswith(("${!", "${(")) or written.endswith(("@P}", "@E}"))
        if place is ShellContext.COMPUTED or is_evaluated:
            return ShellContext.PROGRAM, _ARITHMETIC if place is ShellContext.COMPUTED else f"`{written}`"
        return ()


def _start(found: ScannedVariable) -> ShellContext:
    return _WITHIN.get(found.within, ShellContext.UNSURE if found.unsure else ShellContext.WORD)


def _is_any(places: list[int], span: Span) -> bool:
    """Return whether one of `places`, which are sorted, lies in `span`."""
    first = bisect.bisect_left(places, span[0])
    return first < len(places) and places[first] < span[1]
