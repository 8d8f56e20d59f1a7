"""Find programs that runbooks call and that the check before a shift does not look for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.queries import SHELLS
from opsbook.problems import Problem
from opsbook.shell.shell_calls import ShellCall, shell_calls
from opsbook.shell.shell_commands import words_of
from opsbook.snippets.model import Snippet

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*")
_LOOKS = words_of("command which type hash where whence")
_FUNCTION = re.compile(r"^[ \t]*(?:function[ \t]+)?(?P<name>[A-Za-z_][\w-]*)[ \t]*\(\)", re.MULTILINE)
# What every Linux and macOS has, and what the shell itself is: the utilities of POSIX, mostly.
_EVERYWHERE = words_of(
    ". : [ [[ alias awk base64 basename bash bg break builtin case cat cd chgrp chmod chown clear cmp comm command "
    "continue cp cut date dd declare df diff dirname disown du echo egrep env eval exec exit export expr false "
    "fg fgrep file find fold for function getconf grep gunzip gzip hash head history hostname id if jobs join "
    "kill less let ln local logger ls mapfile mkdir mkfifo mktemp more mv nice nl nohup "
    "od paste perl ping popd printf ps pushd pwd read "
    "readarray readonly realpath return rm rmdir scp sed select seq set sh shift sleep sort source split ssh stat "
    "stty su sudo sum tail tar tee test time timeout times touch tr trap true tty type "
    "typeset ulimit umask unalias uname uniq unset until uptime vi wait watch wc where which while who whoami "
    "xargs yes zcat zsh"
)


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each program of a runbook that the page `tools_page` does not look for, once in each runbook."""
    page = content.settings.tools_page
    if page is None:
        return
    blocks = [block for block in content.blocks if block.language in SHELLS]
    if page not in {each.path for each in content.pages}:
        message = f"there is no page `{page}`; name the one with the check before a shift, from the root"
        yield content.settings_file.problem(("tools_page",), message)
        return
    known = checked_tools(content)
    told = {(block.path, found["name"]) for block in blocks for found in _FUNCTION.finditer(block.code)}
    for block in blocks:
        if block.runbook is None:
            continue
        for call in shell_calls(block.code):
            name = call.program
            if _is_program(call) and name not in known | _EVERYWHERE and (block.path, name) not in told:
                told.add((block.path, name))
                message = f"`{name}` is needed here, and {page} does not look for it; add it there"
                yield block.problem(call.line, call.column, message)


def checked_tools(content: HandbookContent) -> set[str]:
    """Return the programs that the page of the check before a shift looks for."""
    page = content.settings.tools_page
    blocks = (block for block in content.blocks if block.language in SHELLS and block.path == page)
    return {name for block in blocks for name in _looked_for(block)}


def _is_program(call: ShellCall) -> bool:
    """Return whether the first word of `call` is the name of a program: no path, variable or function."""
    return _NAME.fullmatch(call.words[0]) is not None and not call.raw[0].endswith("()")


def _looked_for(block: Snippet) -> Iterator[str]:
    """Yield the programs that a block looks for: `command -v jq`, `jq --version`, or the list of a loop."""
    for call in shell_calls(block.code):
        if call.program == "for":
            yield from call.words[3:]
        elif call.program in _LOOKS:
            yield from call.words[1:]
        else:
            yield call.program


CHECK = ContentCheck(
    name="tools-checked",
    looks_at=(
        "Each program that a runbook calls: whether the page that `tools_page` of `.content.yml` names looks for it, "
        "as with `command -v`. Without that key, nothing is said."
    ),
    reason="A tool that is missing is found by day, and not at three in the morning in the middle of a step.",
    find=_find,
)
