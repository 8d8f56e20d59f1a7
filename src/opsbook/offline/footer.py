"""Say in the footer of each page where the copy of the site is, and in that copy, which state it shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from opsbook.offline.entrance import canonical, page_language
from opsbook.site.render import whole_file

_START = '<div class="md-footer-meta md-typeset ob-bundle">'
_END = "</footer>"
_MEGABYTE = 1_000_000


def with_bundle_link(page: str, path: str, name: str, size: int, moment: datetime) -> str:
    """Return the HTML `page`, which stands at `path` in the site, with a link to the bundle `name` of `size` bytes."""
    href = f"{'../' * path.count('/')}{quote(name)}"
    return _with_note(page, href=href, megabytes=max(0.1, round(size / _MEGABYTE, 1)), moment=moment)


def with_copy_note(page: str, moment: datetime) -> str:
    """Return the HTML `page` of a copy, with the day of its state and a link to the page that it is a copy of."""
    return _with_note(page, online=canonical(page), moment=moment)


def without_note(page: str) -> str:
    """Return the HTML `page` without either."""
    start = page.rfind(_START)
    end = page.find(_END, start)
    return page[:start] + page[end:] if 0 <= start < end else page


def _with_note(page: str, *, moment: datetime, **values: Any) -> str:
    at = page.rfind(_END)
    if at < 0 or "md-footer" not in page:
        return page
    values = {"href": "", "megabytes": 0, "online": "", "day": moment.date(), **values}
    return page[:at] + whole_file("bundle-note.html", page_language(page), **values) + page[at:]
