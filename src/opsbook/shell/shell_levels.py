"""Cut one level of shell text, such as the inside of `$(…)`, into simple commands and their words."""

from __future__ import annotations

import re
from typing import Protocol

from opsbook.shell.shell_brackets import Brackets
from opsbook.shell.shell_commands import SimpleCommand, Span, words_of

_ENDS = ";&|\n"
_INDEX = re.compile(r"\[[^\]]{0,500}+\]\+?=")
_GROUPS = words_of("! { do else elif if then time until while")


class Reader(Protocol):
    """A reader of the characters inside of words."""

    code: str
    done: list[SimpleCommand]
    unsure: bool
    substitutions: int

    def one(self, at: int, level: Level) -> int:
        """Read what starts at `at`; return the offset after it."""
        ...

    def arithmetic(self, at: int, end: int, start: int) -> int:
        """Read what the shell computes between `at` and `end`; return the offset after it."""
        ...

    @property
    def brackets(self) -> Brackets:
        """Return the round brackets of the text, paired as in arithmetic."""
        ...


class Level:
    """The commands from `at` up to the character `end`, which is `)`, a backquote or nothing."""

    def __init__(self, reader: Reader, at: int, end: str) -> None:
        self.reader = reader
        self.code = reader.code
        self.at = at
        self.start = at
        self.end = end
        self.command = SimpleCommand(at)
        self.pipeline = at
        self.begin: int | None = None
        self.redirects = ""
        self.brackets = 0
        self.arrays = 0
        self.array: int | None = None
        """Where the word began that an array is written in: `name=(…)`."""
        self.cases: list[bool] = []  # One for each open `case`: whether a pattern is read.

    def read(self) -> int:
        """Read the level; return the offset after its end."""
        while self.at < len(self.code):
            character = self.code[self.at]
            if self.is_condition and character in ";&|()<>`" and self.code[self.begin or 0 : self.at] == "]]":
                self.close_word()  # `]];` ends the condition as `]] ;` does.
            if character == self.end and not self.is_condition:
                self.close_word()
            if character == self.end and not self.brackets and not self.arrays and not self.is_pattern:
                self.close_command()
                return self.at + 1
            self.next(character)
        self.close_command()
        return self.at

    @property
    def is_pattern(self) -> bool:
        """Return whether a pattern of `case` is read."""
        return bool(self.cases) and self.cases[-1]

    @property
    def is_condition(self) -> bool:
        """Return whether the inside of `[[ … ]]` is read."""
        return bool(self.command.words) and self.code[slice(*self.command.words[0])] == "[["

    def next(self, character: str) -> None:
        """Read one character, or the construct that it begins."""
        before = self.at
        if character in " \t" or self.code.startswith("\\\n", self.at):
            self.close_word()
            self.at += 1 if character in " \t" else 2
        elif character in "()" and not self.is_condition:
            self.bracket(character)
        elif character in _ENDS and not self.is_condition and not self.is_duplicate(before):
            self.separator(character)
        elif character in "<>" and not self.is_condition:
            self.redirect()
        else:
            if character == "\n":
                self.close_word()
            after = self.reader.one(before, self)
            if not self.is_comment(before, after):
                self.begin = before if self.begin is None else self.begin
            if character == "\n":
                self.begin = None
            self.at = after

    def is_comment(self, before: int, after: int) -> bool:
        """Return whether what was read is a comment."""
        return self.code[before] == "#" and (after > before + 1 or self.code[before + 1 : before + 2] in ("", "\n"))

    def is_duplicate(self, at: int) -> bool:
        """Return whether the character at `at` belongs to `>&` or `&>`, and so ends no command."""
        return (self.code[at] == "&" and self.code[at - 1 : at] in ("<", ">")) or self.code.startswith("&>", at)

    def bracket(self, character: str) -> None:
        """Read a bracket: of a subshell, of an array, of `((…))`, or after a pattern of `case`."""
        at = self.at
        if self.arrays or (character == "(" and self.code[at - 1 : at] == "=" and self.begin is not None):
            self.array_bracket(character)
        elif self.is_pattern:
            self.begin = None
            if character == ")":
                self.cases[-1] = False
            self.at += 1
            self.command = SimpleCommand(self.start)
        elif self.code.startswith("((", at) and (end := self.reader.brackets.end_of_arithmetic(at)):
            self.close_word()
            self.at = self.reader.arithmetic(at + 2, end, at)
        else:
            self.close_command()
            self.brackets += 1 if character == "(" else -1
            self.brackets = max(self.brackets, 0)
            self.at += 1

    def array_bracket(self, character: str) -> None:
        """Read a bracket of `name=(…)`, which is one word of the command, however many words it holds."""
        if not self.arrays:
            self.array = self.begin
        else:
            self.close_word()
        self.arrays += 1 if character == "(" else -1
        self.begin = None if self.arrays else self.array
        self.at += 1

    def separator(self, character: str) -> None:
        """Read the end of a command: `;`, `&`, `|` or the end of a line."""
        at = self.at
        is_case_end = character == ";" and self.code[at + 1 : at + 2] in (";", "&", "|") and bool(self.cases)
        if self.is_pattern or self.arrays:
            self.close_word()
            if self.is_pattern and not self.command.words:
                self.command = SimpleCommand(self.start)
            self.at = self.reader.one(at, self) if character == "\n" else at + 1
            return
        last = self.command
        is_pipe = character == "|" and not self.code.startswith("||", at)
        self.close_command()
        self.at = self.reader.one(at, self) if character == "\n" else at + 1
        if is_pipe:
            self.command.piped = self.start if last.ends_a_compound(self.code) else self.pipeline
            self.at += int(self.code.startswith("|&", at))
        elif character == "|" or self.code.startswith("&&", at):
            self.at = at + 2
            self.pipeline = self.at
        else:
            self.pipeline = self.at
        if is_case_end:
            self.cases[-1] = True

    def redirect(self) -> None:
        """Read `<` or `>` and what directly follows it; the next word does not belong to the words of the command."""
        at = self.at
        if self.code.startswith("(", at + 1):
            self.at = self.reader.one(at, self)
            self.begin = at if self.begin is None else self.begin
            return
        if self.begin is not None and self.code[self.begin : at].isdigit():
            self.begin = None
        self.close_word()
        self.at = self.reader.one(at, self)
        is_string = self.code.startswith("<<<", at)
        is_document = self.at > at + 1 and not is_string
        self.redirects = "" if is_document else ("<<<" if is_string else self.code[at])
        if not is_string and not is_document:
            self.at = re.compile(r"[<>]?[|&>]?").match(self.code, at + 1).end()  # type: ignore[union-attr]

    def close_word(self) -> None:
        """End the current word, if there is one."""
        if self.begin is None:
            return
        span, self.begin = (self.begin, self.at), None
        if self.redirects:
            if self.redirects == "<<<":
                self.command.fed.append(span)
            elif self.redirects == "<":
                self.command.is_redirected = True
            else:
                self.command.written.append(span)
            self.redirects = ""
            return
        word = self.code[slice(*span)]
        if self.is_pattern and word == "esac":
            self.cases.pop()
            self.command = SimpleCommand(self.start)
        if self.arrays and word.startswith("["):
            self.command.indexes.append(self.index_of(span))
        if self.is_pattern or self.arrays:
            return
        self.command.words.append(span)
        texts = [self.code[slice(*each)] for each in self.command.words[:3]]
        if word == "]]" and self.is_condition:
            self.close_command()
        elif len(texts) == 3 and texts[0] == "case" and texts[2] == "in":
            self.close_command()
            self.cases.append(True)
            # What fills in `!` in an interactive bash takes the bracket of a pattern for the end of `$(…)`.
            self.reader.unsure = self.reader.unsure or self.end == ")"
        elif word == "esac" and self.cases and len(texts) == 1:
            self.cases.pop()
        elif word in _GROUPS and (len(texts) == 1 or (word == "{" and texts[0] == "function")):
            self.close_command()

    def index_of(self, span: Span) -> Span:
        """Return the brackets of `[index]=value` at the start of `span`; an empty span where there are none."""
        found = _INDEX.match(self.code, span[0])
        return found.span() if found else (span[0], span[0])

    def close_command(self) -> None:
        """End the current word and the current command, and begin the next one."""
        self.close_word()
        if self.command.words or self.command.fed:
            self.command.depth = self.reader.substitutions
            self.reader.done.append(self.command)
            self.command = SimpleCommand(self.start)
        self.redirects = ""
