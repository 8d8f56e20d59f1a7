"""List the programs that shell text runs: their words without quotes, what was set for them, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opsbook.shell.shell_commands import SimpleCommand, words_of
from opsbook.shell.shell_scanner import Scanner

_VARIABLE = re.compile(r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braces>[A-Za-z_]\w*)\})")
_QUOTED = re.compile(
    r"'(?P<single>[^']*)'?|\"(?P<double>(?:\\.|[^\"\\])*)\"?|\\(?P<escaped>.)|(?P<bare>[^'\"\\]+)", re.DOTALL
)
# Programs that run another one, with those of their options that have an argument.
_WRAPPERS = {
    "builtin": "",
    "command": "",
    "env": "-u -C -S --unset --chdir",
    "exec": "-a",
    "nice": "-n",
    "nohup": "",
    "sudo": "-u -g -h -p -C -D -R -T",
    "time": "",
    "timeout": "-k -s --kill-after --signal",
    "gtimeout": "-k -s --kill-after --signal",
    "watch": "-n -d --interval",
    "xargs": "-E -I -L -P -n -s -J -R -d -a --max-args --max-procs --replace --delimiter",
}
_WITH_OPERAND = words_of("timeout gtimeout")


@dataclass(frozen=True)
class ShellCall:
    """A program with its arguments. `words` are without quotes, `raw` as they are written; `line` counts from 1.

    `values` are the variables that have a known text there, `own` those that are set for this call alone. `fed` is the
    text of its here-documents. `is_piped` says that it reads what the call before it prints. `wrappers` are the
    programs that run it, such as `timeout 5`, each with its own words.
    """

    words: tuple[str, ...]
    raw: tuple[str, ...]
    line: int
    column: int
    is_piped: bool
    values: Mapping[str, str]
    own: Mapping[str, str]
    fed: str = ""
    wrappers: tuple[tuple[str, ...], ...] = ()

    @property
    def program(self) -> str:
        """Return the name of the program, without its folder."""
        return self.words[0].rpartition("/")[2]

    def resolved(self, word: str) -> str:
        """Return `word` with the text of each variable that is known."""
        return _VARIABLE.sub(lambda found: self.values.get(found["plain"] or found["braces"], found[0]), word)


def shell_calls(code: str, values: Mapping[str, str] | None = None) -> Iterator[ShellCall]:
    """Yield each program that `code` runs, in order. `values` are the texts of variables that are known before it."""
    scanner = Scanner(code, list(code))
    scanner.commands(0, "")
    known = dict(values or {})
    for command in sorted(scanner.done, key=lambda each: each.words[0][0] if each.words else 0):
        assigned = dict(_assigned(command, code))
        spans = command.words[command.first(code) :]
        if not spans:
            known = _with(known, assigned)
            continue
        raw = [code[start:end] for start, end in spans]
        words = [unquoted_word(text) for text in raw]
        if words[0] in ("export", "declare", "local", "readonly", "typeset"):
            known = _with(known, dict(_pairs(raw[1:])))
        if words[0] in ("for", "select", "read", "mapfile", "readarray"):
            known = {name: text for name, text in known.items() if name not in words[1:]}
        at, own, wrappers = _unwrapped(words, raw)
        before = code[: spans[at][0]]
        yield ShellCall(
            words=tuple(words[at:]),
            raw=tuple(raw[at:]),
            line=before.count("\n") + 1,
            column=len(before) - (before.rfind("\n") + 1) + 1,
            is_piped=command.piped is not None,
            values=known,
            own={**assigned, **own},
            fed="".join(code[start:end] for start, end in command.fed),
            wrappers=wrappers,
        )


def unquoted_word(raw: str) -> str:
    """Return a word of the shell without its quotes.

    >>> unquoted_word('--field="$NAME"'), unquoted_word("'{.items}'"), unquoted_word("a\\\\ b")
    ('--field=$NAME', '{.items}', 'a b')
    """
    return "".join(
        re.sub(r"\\([$`\"\\\n])", r"\1", found["double"]) if found["double"] is not None
        else found["single"] or found["escaped"] or found["bare"] or ""
        for found in _QUOTED.finditer(raw)
    )  # fmt: skip


def _assigned(command: SimpleCommand, code: str) -> Iterator[tuple[str, str]]:
    yield from _pairs([code[start:end] for _, (start, end) in command.assignments(code)])


def _pairs(raw: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in raw:
        name, sign, value = text.partition("=")
        if sign and re.fullmatch(r"[A-Za-z_]\w*", name):
            yield name, unquoted_word(value)


def _with(known: Mapping[str, str], assigned: Mapping[str, str]) -> dict[str, str]:
    """Return `known` with what is assigned: a text that the shell computes makes the variable unknown."""
    found = dict(known)
    for name, text in assigned.items():
        found[name] = _VARIABLE.sub(lambda each: known.get(each["plain"] or each["braces"], each[0]), text)
        if re.search(r"[$`(]", found[name]):
            del found[name]
    return found


def _unwrapped(words: Sequence[str], raw: Sequence[str]) -> tuple[int, dict[str, str], tuple[tuple[str, ...], ...]]:
    """Return where the program stands that the wrappers at the start of `words` run, what they set, and which."""
    at, own, wrappers = 0, dict[str, str](), list[tuple[str, ...]]()
    while at < len(words) and (name := words[at].rpartition("/")[2]) in _WRAPPERS:
        if name == "command" and words[at + 1 : at + 2] in (["-v"], ["-V"]):
            break
        start, at = at, at + 1
        while at < len(words) and (words[at].startswith("-") or (name in ("env", "sudo") and "=" in words[at])):
            own |= dict(_pairs(raw[at : at + 1]))
            at += 2 if words[at] in _WRAPPERS[name].split() else 1
        at += name in _WITH_OPERAND
        if at >= len(words):  # It runs nothing.
            return start, own, tuple(wrappers)
        wrappers.append(tuple(words[start:at]))
    return at, own, tuple(wrappers)
