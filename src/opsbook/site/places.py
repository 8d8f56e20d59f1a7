"""Write a place in the repository on a page: the file and the line, as a link to where it is edited.

Only a shell knows whether a site has such addresses. So the place stands between two Unicode noncharacters, which no
file of a user may hold, until the shell puts the link, or just the place, in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

_OPEN, _CLOSE, _LABEL = "\ufdd7", "\ufdd8", "\ufdd9"
_PLACE = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")

EditAddress = Callable[[str, int], str | None]
"""Returns the address at which a file, by its path from the root of the repository, is edited at a line."""


def place_of(file: str, line: int = 0) -> Markup:
    """Return the place `line` of `file` for HTML; without a line it is the whole file.

    >>> print(with_places(place_of("a<b.yml", 3), lambda file, line: None))
    <code class="ob-place">a&lt;b.yml:3</code>
    """
    return Markup("{}{}:{}{}").format(_OPEN, file, line, _CLOSE)


def edit_at(file: str, line: int, label: str) -> Markup:
    """Return a small link to where `line` of `file` is edited, with `label` as its name; nothing where none is known.

    >>> print(with_places(edit_at("a.yml", 3, "Edit"), lambda file, line: f"https://git.example/{file}#L{line}"))
    <a class="ob-edit" href="https://git.example/a.yml#L3" title="Edit" data-search-exclude>✎</a>
    """
    return Markup("{}{}:{}{}{}{}").format(_OPEN, file, line, _LABEL, label, _CLOSE)


def with_places(html: str, address: EditAddress) -> str:
    """Return `html` with each place as a link to the `address` of its file and line, or as text where it has none."""
    return _PLACE.sub(lambda place: _shown(place[1], address), html) if _OPEN in html else html


def _shown(place: str, address: EditAddress) -> str:
    where, _, label = Markup(place).unescape().partition(_LABEL)  # noqa: S704 - unescaped at once
    file, _, line = where.rpartition(":")
    found = address(file, int(line))
    if label:
        link = '<a class="ob-edit" href="{}" title="{}" data-search-exclude>✎</a>'
        return str(Markup(link).format(found, label)) if found else ""  # noqa: S704 - of this module
    said = Markup('<code class="ob-place">{}</code>').format(f"{file}:{line}" if line != "0" else file)
    return str(Markup('<a class="ob-edit" href="{}">{}</a>').format(found, said) if found else said)
