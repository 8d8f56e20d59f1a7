"""Resolve a YAML scalar as the Go programs do that read these files.

`yes` and `on` are truth values, as in YAML 1.1; dates and `22:30` are text. https://github.com/yaml/go-yaml#compatibility
"""

from __future__ import annotations

import re

import yaml

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*|0o?[0-7]+|0x[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


def resolve_scalar(node: yaml.Node) -> object:
    """Return the value of a scalar node. One in quotes, or with a tag of its own, is text."""
    text = str(node.value)
    if (
        node.tag == "tag:yaml.org,2002:str"
        or getattr(node, "style", None)
        or not node.tag.startswith("tag:yaml.org,2002:")
    ):
        return text
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INTEGER.fullmatch(text):
        return _integer(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _integer(text: str) -> int:
    digits = text.lstrip("+-")
    base = 16 if digits.startswith("0x") else 8 if digits.startswith("0") and len(digits) > 1 else 10
    number = int(digits.removeprefix("0x").removeprefix("0o"), base)
    return -number if text.startswith("-") else number
