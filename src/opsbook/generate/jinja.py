"""Find what the templates of a site ask of Jinja and Python, which Zensical does not have.

Its templates are run by MiniJinja, whose values have no methods and which lacks some filters: `page.meta.items()` ends
the build there, and `page.meta | items` works in both. Only what ends a build wherever it is reached is told.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from opsbook.problems import Problem, Severity

SUFFIXES = (".html", ".xml")
METHODS = frozenset(name for kind in (dict, list, str) for name in dir(kind) if not name.startswith("_"))
"""What a value of a template can be asked for in Python. A macro that is imported may have the same name."""
# Those of Jinja 3.1 that Zensical 0.0.73 does not know; the tests run each of them there.
FILTERS = frozenset(
    {"center", "filesizeformat", "forceescape", "random", "truncate", "urlize", "wordcount", "wordwrap", "xmlattr"}
)
TESTS = frozenset({"callable"})
FUNCTIONS = frozenset({"_", "cycler", "gettext", "joiner", "lipsum", "ngettext"})
ADVICE = {
    "items": "; write `| items`",
    "get": "; write the key, as in `page.meta.owner | default(none)`",
    "%": "; write `| format`",
}
_OF_TRANS = frozenset({"gettext", "ngettext"})
_TRANS = r"n?gettext\s*\(|\btrans\b"
_PERCENT = r"""(?:"[^"\n]*"|'[^'\n]*')\s*%(?!\})"""
_ENVIRONMENT = Environment(  # noqa: S701 - templates are read here and never rendered.
    extensions=["jinja2.ext.do", "jinja2.ext.i18n", "jinja2.ext.loopcontrols"]
)


@dataclass(frozen=True)
class _Found:
    line: int
    pattern: str
    """A regular expression for the place in the text, from `line` on."""
    shown: str
    name: str


def jinja_problems(names: Iterable[str], theme: Any, root: Path) -> Iterator[Problem]:
    """Yield a warning for all that Zensical does not have in those templates `names` that are in the `custom_dir`.

    A template that Jinja cannot read, or that is no text, is left to the build.
    """
    folder = theme.get("custom_dir") if isinstance(theme, dict) else None
    if not folder:
        return
    for name in names:
        file = root / folder / name
        if name.endswith(SUFFIXES) and file.is_file():
            yield from _problems(f"{folder}/{name}", file.read_bytes().decode("utf-8", "replace"))


def _problems(path: str, text: str) -> Iterator[Problem]:
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError:
        return
    before: Counter[_Found] = Counter()
    for found in (*_methods(tree), *_names(tree)):
        line, column = _place(text, found, before[found])
        before[found] += 1
        message = f"Zensical has no {found.shown}, and its build ends there{ADVICE.get(found.name, '')}"
        yield Problem(path, line, column, message, severity=Severity.WARNING)


def _methods(tree: nodes.Template) -> Iterator[_Found]:
    modules = {node.target for node in tree.find_all(nodes.Import)}
    for call in tree.find_all(nodes.Call):
        at = call.node
        if isinstance(at, nodes.Getattr) and at.attr in METHODS and getattr(at.node, "name", "") not in modules:
            yield _Found(at.lineno, rf"\.\s*{at.attr}\s*\(", f"method `.{at.attr}()`", at.attr)
    for node in tree.find_all(nodes.Mod):
        if isinstance(node.left, nodes.Const) and isinstance(node.left.value, str):
            yield _Found(node.left.lineno, _PERCENT, "`%` for a text", "%")


def _names(tree: nodes.Template) -> Iterator[_Found]:
    for node in tree.find_all(nodes.Filter):
        if node.name in FILTERS:
            yield _Found(node.lineno, rf"(?<=\|)\s*{node.name}\b", f"filter `{node.name}`", node.name)
    for test in tree.find_all(nodes.Test):
        if test.name in TESTS:
            yield _Found(test.lineno, rf"\b{test.name}\b", f"test `{test.name}`", test.name)
    own = _own_names(tree)
    for call in tree.find_all(nodes.Call):
        at = call.node
        if isinstance(at, nodes.Name) and at.name in FUNCTIONS - own:
            pattern = _TRANS if at.name in _OF_TRANS else rf"(?<!\w){at.name}\s*\("
            yield _Found(at.lineno, pattern, f"function `{at.name}`", at.name)


def _own_names(tree: nodes.Template) -> set[str]:
    """Return the names that the template defines or imports itself."""
    imported = (name for node in tree.find_all(nodes.FromImport) for name in node.names)
    return {
        *(name if isinstance(name, str) else name[1] for name in imported),
        *(node.name for node in tree.find_all(nodes.Macro)),
        *(node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"),
    }


def _place(text: str, found: _Found, before: int) -> tuple[int, int]:
    """Return the line and the column of what was found; the beginning of its line where that is not seen.

    `before` says how many of the same stand before it in the same line.
    """
    start = sum(len(line) for line in re.split(r"(?<=\n)", text)[: found.line - 1])
    match = next(itertools.islice(re.compile(found.pattern).finditer(text, start), before, None), None)
    at = match.start() if match else start
    at += len(text[at:]) - len(text[at:].lstrip())
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
