"""Evaluate the expressions of admission policies, with the runtime of the Common Expression Language.

Kubernetes adds functions of its own to the language; what calls one of those is not judged here.
https://kubernetes.io/docs/reference/using-api/cel/
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from opsbook.snippets.tools import package

LONGEST = 4000
"""Characters of the longest expression that is evaluated."""
NAMES = ("object", "request", "namespaceObject", "variables")
"""What an expression may name here. In a cluster there is more: the object before a change, for one."""

_OF_KUBERNETES = frozenset(
    (
        *("authorizer", "params", "oldObject", "quantity", "isQuantity", "url", "isURL", "ip", "isIP", "cidr"),
        *("isCIDR", "semver", "isSemver", "format", "find", "findAll", "sum", "min", "max", "isSorted", "indexOf"),
        *("lastIndexOf", "isGreaterThan", "isLessThan", "compareTo", "asInteger", "asApproximateFloat"),
    )
)
_UNKNOWN = re.compile(r"undeclared reference to '(?P<name>[^']*)'")
_PLACE = re.compile(r"ERROR: <input>:\d+:\d+: (?P<what>[^\n]*)")


class NotJudgedError(Exception):
    """The error of an expression that only a cluster can evaluate; the message says what it needs."""


class ExpressionError(Exception):
    """The error of an expression that no cluster takes; the message says what is wrong with it."""


class NoValueError(Exception):
    """The error of an expression that has no value for an object, as where it reads a field that is not there."""


def evaluate(expression: str, values: Mapping[str, object]) -> object:
    """Return the plain value of `expression`, in which each of `values` stands for its name.

    Raises ExpressionError, NotJudgedError or NoValueError where there is none.
    """
    found = _compiled(expression).eval(data=dict(values))
    if found.type().name() == "ERROR":
        raise NoValueError(str(found))
    return found.plain_value()


@functools.lru_cache(maxsize=256)
def _compiled(expression: str) -> Any:
    if len(expression) > LONGEST:
        raise NotJudgedError(f"more than {LONGEST} characters")
    try:
        return _environment().compile(expression)
    except RuntimeError as error:
        unknown = [found["name"].lstrip(".") for found in _UNKNOWN.finditer(str(error))]
        if not _OF_KUBERNETES.isdisjoint(unknown):
            raise NotJudgedError(f"`{next(name for name in unknown if name in _OF_KUBERNETES)}`") from None
        said = _PLACE.search(str(error))
        raise ExpressionError(said["what"].partition(" (in container")[0] if said else str(error)) from None


@functools.cache
def _environment() -> Any:
    cel = package("cel_expr_python.cel")
    return cel.NewEnv(
        variables=dict.fromkeys(NAMES, cel.Type.DYN),
        extensions=[
            package("cel_expr_python.ext.ext_optional").ExtOptional(),
            package("cel_expr_python.ext.ext_strings").ExtStrings(),
            package("cel_expr_python.ext.ext_bindings").ExtBindings(),
        ],
    )
