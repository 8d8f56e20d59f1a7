"""Say which words of a simple command name what is run, and which ones the shell computes with.

`words` are the spans of a command's words in the text, `texts` the same words without their quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.shell.shell_commands import Span, words_of

_NUMBERS = words_of("-eq -ne -lt -le -gt -ge")
_DECLARES = words_of("declare export float integer local readonly typeset")
_NAMES = words_of("getopts let mapfile read readarray unset")
_READ_OPTIONS = words_of("-a -d -i -n -N -p -t -u")
_OF_SSH = "-B -D -E -F -I -J -L -O -Q -R -S -W -b -c -e -i -l -m -o -p -w"
# Programs whose first operand is a command to run, with those of their options that have an argument.
_TAKES_A_COMMAND = {
    "builtin": "",
    "command": "",
    "doas": "-C -u",
    "env": "-C -u",
    "exec": "-a",
    "ionice": "-c -n -p",
    "nice": "-n",
    "nohup": "",
    "nsenter": "-t -S -G",
    "setsid": "",
    "ssh": _OF_SSH,
    "stdbuf": "-e -i -o",
    "strace": "-e -o -p -s",
    "sudo": "-C -D -R -T -U -c -g -h -p -r -t -u",
    "time": "-f -o",
    "timeout": "-k -s",
    "xargs": "-E -I -L -P -a -d -n -s --delimiter --max-args --max-procs --replace",
}
_IN_CONTAINERS = words_of("crictl docker docker-compose kubectl nerdctl oc podman")
_OF_EXEC = words_of("-c -e -n -u -w --container --detach-keys --env --env-file --namespace --user --workdir")


def named_words(words: list[Span], texts: list[str]) -> Iterator[Span]:
    """Yield the words that name what is run."""
    if not words or texts[0] in ("for", "select", "case", "[[", "function", "in"):
        return
    yield words[0]
    first = texts[0].rsplit("/", 1)[-1]
    if first in (".", "source"):
        yield from words[1:2]
    if first in _TAKES_A_COMMAND and first != "ssh" and texts[1:2] not in (["-v"], ["-V"]):
        yield from words[_wrapped(first, texts) :][:1]
    runs = "exec" in texts
    if runs and "--" not in texts and (at := _in_container(texts)):
        yield from words[at : at + 1]
    for at in range(1, len(words)):
        if (runs and texts[at - 1] == "--") or texts[at - 1] in ("-exec", "-execdir", "-ok"):
            yield words[at]


def first_run_by(reader: str, texts: list[str]) -> int:
    """Return the index of the first word that `reader` runs: for `ssh`, the one after the host."""
    name = next((at for at, text in enumerate(texts) if text.rsplit("/", 1)[-1] == reader), 0)
    if reader in ("ssh", "mosh", "rsh"):
        return name + _wrapped("ssh", texts[name:]) + 1
    return name + 1


def computed_words(words: list[Span], texts: list[str], code: str) -> Iterator[Span]:
    """Yield the words that the shell reads as a number to compute or as a variable's name; both may hold `a[…]`."""
    name = texts[0] if texts else ""
    for at in range(1, len(words)):
        before, after = texts[at - 1], texts[at + 1] if at + 1 < len(words) else ""
        if name in _DECLARES and re.match(r"-\w*[in]", before):
            yield from words[at:]
            return
        is_number = name == "[[" and (before in _NUMBERS or after in _NUMBERS)
        is_name = before == "-v" and name in ("[[", "[", "test", "printf")
        is_target = name in _NAMES and not (name != "let" and before in _READ_OPTIONS)
        is_declared = name in _DECLARES and not re.match(r"\w+\+?=", code[slice(*words[at])])
        if is_number or is_name or is_target or is_declared:
            yield words[at]


def subscripts(words: list[Span], code: str) -> Iterator[Span]:
    """Yield the insides of the brackets in words such as `list[$at]=x`."""
    for start, end in words:
        if match := re.compile(r"\b\w++\[[^\]]{0,500}+\]?").match(code, start, end):
            yield match.span()


def _in_container(texts: list[str]) -> int:
    """Return the index of the command that `docker exec container command` runs; 0 where there is none."""
    exec_at = texts.index("exec")
    if not any(text.rsplit("/", 1)[-1] in _IN_CONTAINERS for text in texts[:exec_at]):
        return 0
    operands, at = 0, exec_at + 1
    while at < len(texts):
        if texts[at].startswith("-"):
            at += 2 if texts[at] in _OF_EXEC else 1
        elif operands:
            return at
        else:
            operands, at = 1, at + 1
    return 0


def _wrapped(first: str, texts: list[str]) -> int:
    """Return the index of the command that `first` runs, after its options and, for some programs, an operand."""
    operands = int(first == "timeout")
    at = 1
    while at < len(texts):
        if texts[at].startswith("-"):
            at += 2 if texts[at] in _TAKES_A_COMMAND[first].split() else 1
        elif re.match(r"\w+=", texts[at]):
            at += 1
        elif operands:
            operands -= 1
            at += 1
        else:
            break
    return at
