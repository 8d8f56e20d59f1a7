"""Turn the exception that ended a script into a `Fault`: its place, and a sentence that says what is allowed.

Where a node class was misspelt, the sentence names the nearest one.
"""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from opsbook.nouns.drawing.nodes import near_nodes, node_classes, node_modules
from opsbook.problems import did_you_mean


class Fault(TypedDict):
    """One mistake in one file, ready for JSON; `path` is relative to the root."""

    path: str
    line: int
    column: int
    message: str


class FaultError(Exception):
    """A mistake that the recorder found. Without a `line`, its place is where the script was running."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def misspelt_attribute(attrs: Iterable[str], allowed: Iterable[str]) -> str:
    """Return a sentence about the first attribute that is nearly one of `allowed`, or "" where there is none."""
    allowed = tuple(allowed)
    for name in attrs:
        if name not in allowed and difflib.get_close_matches(name, allowed, n=1, cutoff=0.72):
            return f"unknown attribute `{name}`; {did_you_mean(name, allowed)}"
    return ""


def script_fault(error: BaseException, script: Path, root: Path, source: str) -> Fault:
    """Return the fault that the exception of a running script stands for."""
    path, line, column = _place(error, script)
    message, word = _sentence(error, source)
    if word and path == script:
        line, column = _position(source, line, word)
    return Fault(path=path.relative_to(root).as_posix(), line=line, column=column, message=message)


def _place(error: BaseException, script: Path) -> tuple[Path, int, int]:
    """Return the last place in the script, or in a helper beside it, that was running."""
    if isinstance(error, SyntaxError) and error.filename:
        return Path(error.filename), error.lineno or 1, max(error.offset or 1, 1)
    if isinstance(error, FaultError) and error.line:
        return script, error.line, 1
    if isinstance(error, UnicodeDecodeError):
        return script, error.object[: error.start].count(b"\n") + 1, 1
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(script.parent):
            return Path(frame.filename), frame.lineno or 1, (frame.colno or 0) + 1
    return script, 0, 0


def _position(source: str, line: int, word: str) -> tuple[int, int]:
    """Return where `word` first stands from `line` on, else the start of `line`: an import may take several lines."""
    for number, text in enumerate(source.splitlines()[line - 1 :], line):
        found = re.search(rf"\b{re.escape(word)}\b", text)
        if found:
            return number, found.start() + 1
    return line, 1


def _sentence(error: BaseException, source: str) -> tuple[str, str]:
    """Return what is wrong, and the word of the source that it is about, if there is one."""
    if isinstance(error, FaultError):
        return str(error), ""
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8; save it as UTF-8", ""
    if isinstance(error, SyntaxError):
        return f"not valid Python: {error.msg}", ""
    if isinstance(error, SystemExit):
        return "the script calls sys.exit; a drawing runs to the end of its file", ""
    if isinstance(error, ModuleNotFoundError):
        return _missing_module(error.name or "")
    if isinstance(error, ImportError | AttributeError):
        return _missing_name(str(error))
    if isinstance(error, NameError):
        return _missing_variable(error.name or "", source)
    if isinstance(error, MemoryError):
        return "the script used up the memory that a drawing may have", ""
    if isinstance(error, OSError) and "Global diagrams context" in str(error):
        return "a node or cluster outside of `with Diagram(…):`; put it inside", ""
    return f"the script failed: {type(error).__name__}: {error}".rstrip(": "), ""


def _missing_module(name: str) -> tuple[str, str]:
    word = name.rpartition(".")[2]
    if name.startswith("diagrams."):
        return f"no module `{name}`; {did_you_mean(name, node_modules())}", word
    hint = "a drawing may use `diagrams`, the standard library and the helpers beside it"
    return f"no module `{name}`; {hint}", word


def _missing_variable(name: str, source: str) -> tuple[str, str]:
    """Return what to say of a name that is not defined: a class that was not imported, or a misspelling."""
    exact = [known for known in node_classes() if known.name == name]
    if exact:
        return f"`{name}` is not imported; add `{exact[0].statement}`", name
    bound = {found for found in re.findall(r"\b[A-Za-z_]\w*\b", source) if found != name}
    near = difflib.get_close_matches(name, sorted(bound), n=1, cutoff=0.7)
    proposal = f"did you mean `{near[0]}`?" if near else "import it or give it a value first"
    return f"`{name}` is not defined; {proposal}", name


def _missing_name(message: str) -> tuple[str, str]:
    found = re.search(r"import name '(\w+)' from '(diagrams[\w.]*)'", message)
    if found:
        return _missing_node(found[1], found[2])
    found = re.search(r"module '(diagrams[\w.]*)' has no attribute '(\w+)'", message)
    if found:
        return _missing_node(found[2], found[1])
    return f"the script failed: {message}", ""


def _missing_node(name: str, module: str) -> tuple[str, str]:
    """Return what to say of an unknown class: the nearest of its module, else the nearest of all with its import."""
    here = [known.name for known in node_classes() if known.module == module]
    proposal = did_you_mean(name, here) if here else ""
    if not proposal.startswith("did you mean"):
        near = near_nodes(name)
        proposal = f"did you mean `{near[0].statement}`?" if near else proposal or "see `opsbook diagram nodes`"
    return f"no node class `{name}` in {module}; {proposal}", name
