"""Turn a YAML document into the JSON values that its text stands for.

OpenAPI asks for the JSON types: text without quotes is a number, a boolean or null where it looks like one by the core
schema of YAML 1.2 (<https://yaml.org/spec/1.2.2/#103-core-schema>), and text otherwise.
"""

from __future__ import annotations

import math
import re
from typing import Any

from opsbook.source.tree import Location, Tree, YamlDocument

Json = Any
"""None, a boolean, a number, a text, a list of such values, or a mapping of texts to such values."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {word: word[0] in "tT" for word in ("true", "True", "TRUE", "false", "False", "FALSE")}
_WHOLE = re.compile(r"[-+]?[0-9]{1,60}")
_OTHER_BASE = re.compile(r"0o[0-7]{1,60}|0x[0-9a-fA-F]{1,60}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def json_value(document: YamlDocument) -> Json:
    """Return the value of the whole `document`."""
    return _value(document.tree, (), document)


def _value(tree: Tree, at: Location, document: YamlDocument) -> Json:
    if isinstance(tree, dict):
        return {key: _value(value, (*at, key), document) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_value(value, (*at, index), document) for index, value in enumerate(tree)]
    return plain_value(tree) if at in document.plain else tree


def plain_value(text: str) -> Json:
    """Return the value that `text` without quotes stands for.

    >>> [plain_value(text) for text in ("true", "5", "0x1F", "1.10", "~", "no", "2026-11-23")]
    [True, 5, 31, 1.1, None, 'no', '2026-11-23']
    """
    if text in _NOTHING:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    if _NUMBER.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text
