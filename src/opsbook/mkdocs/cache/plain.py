"""Tell values that come back from JSON as they were."""

from __future__ import annotations

import math


def is_plain(value: object) -> bool:
    """Return whether `value` is the same once it has been written as JSON and read again.

    >>> is_plain({"a": [1, None, "x"]}), is_plain({1: "x"}), is_plain(("x",))
    (True, False, False)
    """
    if type(value) is dict:
        return all(type(key) is str and is_plain(key) and is_plain(each) for key, each in value.items())
    if type(value) is list:
        return all(map(is_plain, value))
    if type(value) is float:
        return math.isfinite(value)
    return value is None or type(value) in (bool, int, str)
