"""The variables of shell text as shfmt reads them, a second opinion on what `scan_shell` finds."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from external_programs import program
from opsbook.shell.shell import scan_shell

_NAME = re.compile(r"[A-Za-z_]\w*")
_COMMANDS = frozenset({"CmdSubst", "ProcSubst"})


def read_by_shfmt(code: str) -> set[tuple[str, int]]:
    """The name and offset of each variable in `code`."""
    command = [program("shfmt"), "--to-json", "--language-dialect", "bash"]
    done = subprocess.run(command, input=code, capture_output=True, text=True, encoding="utf-8", check=True)
    raw = code.encode()
    return {(name, len(raw[:at].decode())) for name, at in _variables(json.loads(done.stdout), is_computed=False)}


def read_by_us(code: str) -> set[tuple[str, int]]:
    """The same from `scan_shell`."""
    return {(reference.name, reference.start) for reference in scan_shell(code).references}


def _variables(node: Any, *, is_computed: bool) -> Iterator[tuple[str, int]]:
    """Yield variables with their offsets in bytes. What is computed may name them without a dollar sign.

    https://pkg.go.dev/mvdan.cc/sh/v3@v3.12.0/syntax#Node
    """
    if isinstance(node, list):
        for each in node:
            yield from _variables(each, is_computed=is_computed)
    if not isinstance(node, dict):
        return
    kind = node.get("Type")
    if kind == "ParamExp" and _NAME.fullmatch(node["Param"]["Value"]):
        yield node["Param"]["Value"], node["Pos"]["Offset"]
    if is_computed and kind == "Word":
        for part in node["Parts"]:
            if part.get("Type") == "Lit" and _NAME.fullmatch(part["Value"]):
                yield part["Value"], part["Pos"]["Offset"]
    for key, value in node.items():
        inside = (is_computed and kind not in _COMMANDS) or kind in ("ArithmExp", "ArithmCmd")
        if key not in ("Pos", "End", "Param"):
            # What stands in `${NAME…}` is not read again by us: it is never filled in.
            inside = (inside and key not in ("Index", "Slice", "Repl", "Exp", "Do")) or (
                key == "Loop" and value.get("Type") == "CStyleLoop"
            )
            yield from _variables(value, is_computed=inside)
