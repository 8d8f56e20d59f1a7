"""Provide Jinja's filters for pages, with a limit on the size of their results and without the random one.

The size of a result is estimated from the arguments before the filter runs. Filters that a site defines in its own
modules are the site's own code, and stay as they are.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sized
from typing import Any

from opsbook.mkdocs.calls.budget import TooMuchError, judge_format, judge_size, judge_value
from opsbook.mkdocs.compat.jinja import wants_context

LEFT_OUT = frozenset({"random"})
"""The filters that no page has: two builds of the same pages give the same bytes."""
MOST = 1_000
"""The largest width, indent, number of columns or of digits."""
_MEASURES: Mapping[str, tuple[str, ...]] = {
    "batch": ("linecount",),
    "center": ("width",),
    "indent": ("width",),
    "round": ("precision",),
    "slice": ("slices",),
    "tojson": ("indent",),
}


def page_filters(filters: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """Return Jinja's `filters` as pages may use them."""
    return {name: _measured(name, each) for name, each in filters.items() if name not in LEFT_OUT}


def _measured(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    # `wraps` takes over the mark by which Jinja knows that a filter wants its environment first.
    own = 1 if wants_context(function) else 0

    @functools.wraps(function)
    def measured(*args: Any, **kwargs: Any) -> Any:
        _judge(name, args[own:], kwargs)
        result = function(*args, **kwargs)
        judge_value(result)
        return result

    return measured


def _judge(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raise TooMuchError if the filter `name` would return too much for these arguments."""
    for number in (*args[1:2], *(kwargs[key] for key in _MEASURES.get(name, ()) if key in kwargs)):
        if name in _MEASURES and isinstance(number, int) and number > MOST:
            raise TooMuchError(f"`{name}({number})` is too large; allowed: up to {MOST}")
    if name == "format":
        judge_format(args[0])
    elif name == "replace":
        old, new = _given(args, kwargs, "old", "new")
        judge_replacement(str(args[0]), str(old), str(new))
    elif name == "join":
        judge_join(str(_given(args, kwargs, "d")[0]), args[0])
    elif name in ("indent", "wordwrap"):
        added = sum(len(each) for each in (*args[1:], *kwargs.values()) if isinstance(each, str))
        judge_size(len(str(args[0])) * max(added, 1))


def _given(args: tuple[Any, ...], kwargs: Mapping[str, Any], *names: str) -> list[Any]:
    """Return the arguments after the first, by position or by name; the empty text for each that is missing."""
    return [args[at] if len(args) > at else kwargs.get(name, "") for at, name in enumerate(names, start=1)]


def judge_replacement(text: str, old: str, new: str) -> None:
    """Raise TooMuchError if replacing `old` by `new` would make the text too long."""
    judge_size(len(text) + (text.count(old) * len(new) if new else 0))


def judge_join(between: str, things: Iterable[object]) -> None:
    """Raise TooMuchError if joining `things` with `between` would make too long a text."""
    if isinstance(things, Sized):
        judge_size(len(things) * (len(between) + 1))
        if isinstance(things, list | tuple):
            judge_size(sum(len(each) for each in things if isinstance(each, str)))
