"""Take an address apart where it is one: Python's own function raises on brackets and on signs like a slash."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(text: str) -> SplitResult | None:
    """Return the parts of the address or path `text`; None where it is neither, such as `https://[host/`.

    >>> split_address("https://[host]/x") is None, split_address("https://host:a/x") is None
    (True, True)
    """
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - it is read when it is asked for
    except ValueError:
        return None
    return parts
