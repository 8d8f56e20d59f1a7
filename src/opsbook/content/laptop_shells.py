"""Find words that bash and an interactive zsh read in different ways.

By default zsh splits no variable into words, numbers arrays from 1, ends with an error where a pattern fits no file,
and has no comments at its prompt: https://zsh.sourceforge.io/Doc/Release/Options.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from opsbook.content.shell_fault import ShellFault, fault_at
from opsbook.shell.shell import scan_shell
from opsbook.shell.shell_calls import ShellCall, shell_calls
from opsbook.shell.shell_commands import words_of
from opsbook.shell.shell_scanner import Scanner

_LONE = re.compile(r"\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})")
_ARRAY = re.compile(r"(?<![\w$])(?P<name>[A-Za-z_]\w*)=\(")
_FIRST = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*)\[(?P<index>\d+)\]")
_READ = re.compile(r"-[a-zA-Z]*(?P<letter>[panNtdu])")
_OF_ZSH = words_of("argv cdpath commands fpath functions mailpath manpath module_path options path pipestatus status")
_NEW = re.compile(r"\$\{[A-Za-z_]\w*(?:,,?|\^\^?)\}")
_GLOB = re.compile(r"https?:(?:(?!https?:)[^\s?*\[])*+[?*\[]|\[[*\d:]*\]|\{\.[^}\s{\[]*\[")


def shell_faults(code: str) -> Iterator[ShellFault]:
    """Yield what bash and zsh read in different ways in `code`."""
    arrays = {found["name"] for found in _ARRAY.finditer(code)}
    for call in shell_calls(code):
        yield from _loop(call, arrays)
        yield from _read(call)
        yield from _conditions(call)
        yield from _patterns(call)
        yield from _names(call)
    yield from _indexes(code, arrays)
    yield from _comments(code)


def _loop(call: ShellCall, arrays: set[str]) -> Iterator[ShellFault]:
    if call.program != "for" or call.words[2:3] != ("in",):
        return
    for raw in call.raw[3:]:
        if _LONE.fullmatch(raw) and raw.strip("${}") not in arrays:
            message = (
                f"zsh takes `{raw}` for one word, however many are in it; write the words, read lines with "
                "`while read -r`, or make it an array"
            )
            yield ShellFault(call.line, call.column, message)


def _read(call: ShellCall) -> Iterator[ShellFault]:
    if call.program != "read":
        return
    for word in call.words[1:]:
        found = _READ.match(word)
        if found and found["letter"] == "p":
            message = "`read -p` reads from a coprocess in zsh; print the question with `printf`, then `read -r`"
            yield ShellFault(call.line, call.column, message)
        elif found and found["letter"] in "anN":
            message = f"`read -{found['letter']}` is bash's, and zsh has another letter for it; read whole lines"
            yield ShellFault(call.line, call.column, message)


def _conditions(call: ShellCall) -> Iterator[ShellFault]:
    if call.program in ("[", "test"):
        for raw in call.raw[1:]:
            if re.match(r"==|=[A-Za-z]", raw):
                message = f"zsh takes `{raw}` for the path of a program and ends; write `=`"
                yield ShellFault(call.line, call.column, message)
    elif call.program in ("mapfile", "readarray", "shopt", "compgen"):
        message = f"`{call.program}` is bash's, from version 4 on; zsh and the bash of macOS do not know it"
        yield ShellFault(call.line, call.column, f"{message}; read lines with `while read -r`")


def _patterns(call: ShellCall) -> Iterator[ShellFault]:
    """Yield words with signs of patterns that are meant as they are written, and for which zsh looks for files."""
    if call.program in ("for", "case", "[[", "let", "export", "declare", "local", "typeset", "unset", "alias"):
        return
    for raw in call.raw[1:]:
        bare = re.sub(r"'[^']*'|\"(?:\\.|[^\"\\])*\"|\\.|\$\{[^}]*\}|\$\([^)]*\)", "", raw, flags=re.DOTALL)
        if "$(" in raw or "`" in raw or raw.startswith("<("):
            continue
        if _GLOB.search(bare) or (bare.startswith("-") and re.search(r"=[^\s=*?\[]*[*?\[]", bare)):
            message = f"zsh looks for files of the name `{raw}` and ends where there are none; put it in quotes"
            yield ShellFault(call.line, call.column, message)


def _names(call: ShellCall) -> Iterator[ShellFault]:
    words = call.words
    set_here = [words[1]] if words[0] in ("for", "select") and len(words) > 1 else []
    set_here += [word for word in words[1:] if not word.startswith("-")] if words[0] == "read" else []
    for name in set_here:
        if name in _OF_ZSH:
            yield ShellFault(call.line, call.column, _own(name))


def _own(name: str) -> str:
    return f"`{name}` is a variable that zsh itself has, such as its search path; take another name"


def _indexes(code: str, arrays: set[str]) -> Iterator[ShellFault]:
    text = scan_shell(code)
    for found in _FIRST.finditer(code):
        if found["name"] in arrays:
            message = "arrays begin with 0 in bash and with 1 in zsh; go over all of it, or name the values"
            yield fault_at(code, found.start(), message)
    for found in _NEW.finditer(code):
        message = f"`{found.group()}` is bash's, from version 4 on; write `tr`"
        yield fault_at(code, found.start(), message)
    for name in sorted(text.assigned & _OF_ZSH):
        if assigned := re.search(rf"(?:^|[;&|\s(]){name}=", code):
            yield fault_at(code, assigned.end() - len(name) - 1, _own(name))


def _comments(code: str) -> Iterator[ShellFault]:
    """Yield the first comment that does harm at a prompt of zsh, which reads on behind its sign.

    A comment on a line of its own is an unknown program there, and no more, unless it opens a quote.
    """
    scanner = _CommentScanner(code, list(code))
    scanner.commands(0, "")
    for at in scanner.comments:
        line = code[code.rfind("\n", 0, at) + 1 :].partition("\n")[0]
        is_alone = line.lstrip().startswith("#")
        if not code.startswith("#!") and (not is_alone or re.search(r"[\"'`(]", line)):
            message = "zsh has no comments at its prompt and takes this for words; write it in the text"
            yield fault_at(code, at, message)
            return


@dataclass
class _CommentScanner(Scanner):
    """A scanner that remembers where comments begin."""

    comments: list[int] = field(default_factory=list)

    def comment(self, at: int) -> int:
        """Skip a comment, as every scanner does, and note it."""
        self.comments.append(at)
        return super().comment(at)
