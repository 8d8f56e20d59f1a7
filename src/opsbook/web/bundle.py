"""Join the modules of the page's scripts into one classic script.

Browsers refuse modules in a page that is opened as a file, so the site ships none. The sources stay modules: editors,
the type checker and the tests read each by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_IMPORT = re.compile(r"""^import \{([\w\s,]+)\} from "\./([\w-]+)\.js";\n""", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport(?:\(|\.meta\b)", re.MULTILINE)


def bundled(entry: str, read: Callable[[str], str]) -> str:
    """Return the module `entry` and all that it imports as one script that adds no name to the page.

    `read` returns the text of a module by its name. Each module becomes a function, and runs once, after those that it
    imports. Raises ValueError for a form of import or export that is not known here, and for modules in a circle.
    """
    found: dict[str, str | None] = {}
    _add(entry, read, found)
    return "\n".join(['(() => {\n"use strict";', *map(str, found.values()), "})();\n"])


def _add(name: str, read: Callable[[str], str], found: dict[str, str | None]) -> None:
    """Add the module `name` to `found`, after the modules that it imports."""
    if name in found:
        if found[name] is None:
            raise ValueError(f"{name}.js imports itself by way of others")
        return
    found[name] = None
    text = read(name)
    for _, other in _IMPORT.findall(text):
        _add(other, read, found)
    del found[name]  # So that it stands after them.
    found[name] = _as_function(name, text)


def _as_function(name: str, text: str) -> str:
    """Return the module `name` as a call of a function that returns what the module exports."""
    exports = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: f"const {{{found[1]}}} = {_variable(found[2])};\n", text))
    if other := _OTHER.search(body):
        raise ValueError(f"{name}.js: {other[0]!r} is a form of import or export that the bundle does not know")
    returned = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {_variable(name)} = (() => {{\n{body}{returned}}})();"


def _variable(name: str) -> str:
    """Return the variable of a module. No name of the modules begins with the same sign.

    >>> _variable("runbook-log")
    '$runbook_log'
    """
    return f"${name.replace('-', '_')}"
