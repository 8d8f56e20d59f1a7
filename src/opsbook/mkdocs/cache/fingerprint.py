"""Describe in one text what all pages of a build share: with the same text, the same Markdown gives the same HTML.

There is no such text if a part of the configuration may read something else, such as another file; then no page is
kept.
"""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from importlib.util import find_spec
from pathlib import PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.keeping import Keeping
from opsbook.versions import OF_PAGES, versions

READ_OTHER_FILES = frozenset({"material.extensions.preview", "pymdownx.b64", "pymdownx.snippets"})
SETTINGS_WITH_FILES = frozenset({"custom_icons"})
KNOWN = frozenset({"markdown", "material", "opsbook", "pymdownx"})
"""The packages whose extensions and functions depend on nothing but their arguments and their version."""


class UnknownValueError(Exception):
    """A setting whose text does not tell its effect."""


def build_fingerprint(config: MkDocsConfig) -> str | None:
    """Return a text for everything that the pages of a build with `config` share; None if no page may be kept."""
    names = list(config.markdown_extensions)
    if not all(isinstance(name, str) and _is_known(name) for name in names):
        return None
    try:
        settings = stable_text(dict(config.mdx_configs))
    except UnknownValueError:
        return None
    links = config.validation.links
    level = logging.getLogger("mkdocs").getEffectiveLevel()
    checks = (f"{key}={links[key]}" for key in sorted(links))
    return "\n".join(map(str, [versions(*OF_PAGES), *names, settings, config.use_directory_urls, level, *checks]))


def stable_text(value: Any) -> str:
    """Return `value` as text that is the same for the same effect. Raises UnknownValueError if that is not known.

    >>> stable_text({"b": [1, None], "a": "x"})
    "{'a':'x','b':[1,None]}"
    """
    if value is None or isinstance(value, str | int | float):
        return repr(value)
    if isinstance(value, Mapping) and not SETTINGS_WITH_FILES & value.keys():
        return "{" + ",".join(f"{key!r}:{stable_text(value[key])}" for key in sorted(value, key=str)) + "}"
    if isinstance(value, date | PurePath):
        return repr(str(value))
    if isinstance(value, Set):
        return "{" + ",".join(sorted(map(stable_text, value))) + "}"
    if isinstance(value, Sequence):
        return "[" + ",".join(map(stable_text, value)) + "]"
    if isinstance(value, functools.partial):
        return f"{stable_text(value.func)}{stable_text(value.args)}{stable_text(value.keywords)}"
    if isinstance(value, Keeping):
        return repr(value.described)  # The fragments are named by digests in the Markdown of a page.
    if callable(value):
        return _described_function(value)
    raise UnknownValueError(repr(value))


def _is_known(extension: str) -> bool:
    """Return whether an extension is known to read only the page. Markdown's own may have a short name too."""
    name = extension.partition(":")[0]
    if name in READ_OTHER_FILES:
        return False
    return name.partition(".")[0] in KNOWN or ("." not in name and find_spec(f"markdown.extensions.{name}") is not None)


def _described_function(function: Callable[..., Any]) -> str:
    module = getattr(function, "__module__", None) or ""
    name = getattr(function, "__qualname__", "")
    if module.partition(".")[0] not in KNOWN or not name or "<locals>" in name or module not in sys.modules:
        raise UnknownValueError(repr(function))
    return f"{module}:{name}"
