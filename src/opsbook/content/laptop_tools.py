"""Find options and programs that Linux has and macOS does not, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from opsbook.content.shell_fault import ShellFault
from opsbook.problems import Severity
from opsbook.shell.shell_calls import ShellCall, shell_calls
from opsbook.source.built_in import package_yaml

_WITH_PROGRAM = {"grep": ("-e", "-f"), "sed": ("-e", "-f")}
"""The options whose value is a pattern or a program, which may begin with a hyphen."""


def _table() -> Any:
    return package_yaml("opsbook.content", "laptop_tools.yml").tree


def tool_faults(code: str, known: frozenset[str] = frozenset()) -> Iterator[ShellFault]:
    """Yield what is in `code` that not every laptop has. `known` are programs that the check before a shift finds."""
    asked = (call.words for call in shell_calls(code) if call.program in ("command", "which", "type"))
    looked_for = known.union(*asked)
    for call in shell_calls(code):
        for words in (*call.wrappers, call.words):
            each = replace(call, words=words)
            yield from _missing(each, looked_for)
            yield from _options(each)


def _missing(call: ShellCall, looked_for: frozenset[str]) -> Iterator[ShellFault]:
    entry = _table()["missing"].get(call.program)
    if not entry or call.program in looked_for:
        return
    message = f"`{call.program}` is {_home(entry)}; {_way(entry)}"
    yield ShellFault(call.line, call.column, message, _severity(entry))


def _options(call: ShellCall) -> Iterator[ShellFault]:
    """Yield the options of `call` that are known on one system alone, each once."""
    entry = _table()["programs"].get(call.program)
    if entry is None:
        return
    given = zip(call.words, call.words[1:], strict=False)
    words = [word for before, word in given if word != "--" and before not in _WITH_PROGRAM.get(call.program, ())]
    told: set[str] = set()
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        for option in entry.get("options", ()):
            name = next((name for name in option["is"].split() if _is_given(word, name, option, following, call)), None)
            if name and name not in told:
                told.add(name)
                yield _fault(call, name, option)
                break
        else:
            if word.startswith("--") and not _knows_long(word, entry) and "long" not in told:
                told.add("long")
                name = word.partition("=")[0]
                message = f"`{call.program} {name}` is GNU's, and macOS does not know it; write the short option"
                yield ShellFault(call.line, call.column, message)


def _knows_long(word: str, entry: Mapping[str, Any]) -> bool:
    known = entry.get("long")
    return known is None or "all" in known or any(word.partition("=")[0] == name for name in known)


def _is_given(word: str, name: str, option: Mapping[str, Any], following: str, call: ShellCall) -> bool:
    """Return whether `word` is the option `name`, alone, with its value, or among other letters as in `-rw`."""
    if call.program == "find":
        return word == name
    if name.startswith("--"):
        return word.partition("=")[0] == name
    if not word.startswith("-") or word.startswith("--"):
        return False
    letter = name[1]
    if option.get("joined"):  # `-i.bak` is everybody's; `-i` alone is GNU's, `-i ''` that of macOS.
        return word[-1:] == letter and word[1:].isalpha() and "e" not in word[1:-1]
    if option.get("negative"):
        return (word == name and following.startswith("-")) or word.startswith(f"{name}-")
    if form := option.get("form"):
        return word == name and re.match(str(form), following) is not None
    letters = word[1:]
    if option.get("takes"):  # The value may follow at once, so it is the first letter or the last one.
        return letters[:1] == letter or (letters.isalpha() and letters[-1:] == letter)
    return letters.isalpha() and letter in letters


def _fault(call: ShellCall, name: str, option: Mapping[str, Any]) -> ShellFault:
    message = f"`{call.program} {name}` is {_home(option)}; {_way(option)}"
    if option.get("joined"):
        message = f"`sed -i` has its ending right behind it on Linux, and as the next word on macOS; {_way(option)}"
    return ShellFault(call.line, call.column, message, _severity(option))


def _home(entry: Mapping[str, Any]) -> str:
    """Return whose something is, and who does not know it."""
    if entry.get("system") == "macOS":
        return "that of macOS, and Linux does not know it"
    if version := entry.get("before"):
        return f"GNU's, and macOS before {version} does not know it"
    return "GNU's, and macOS does not know it"


def _way(entry: Mapping[str, Any]) -> str:
    return f"write {entry['instead']}"


def _severity(entry: Mapping[str, Any]) -> Severity:
    return Severity.WARNING if entry.get("before") else Severity.ERROR
