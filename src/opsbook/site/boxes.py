"""Give the boxes of task lists the name that a screen reader says; the extension that makes them gives them none."""

from __future__ import annotations

import re

# https://github.com/facelessuser/pymdown-extensions/blob/12.3/pymdownx/tasklist.py#L36
_BOX = re.compile(
    r'(<li class="task-list-item">\s*+(?:<p>)?\s*+(?:<label class="task-list-control">)?<input)(?= type="checkbox")'
)


def with_names(html: str) -> str:
    """Return the HTML of a page, with a name for each box of its task lists.

    >>> with_names('<li class="task-list-item"><input type="checkbox" disabled> Page the team</li>')
    '<li class="task-list-item"><input aria-label="Done" type="checkbox" disabled> Page the team</li>'
    """
    return _BOX.sub(r'\1 aria-label="Done"', html) if "task-list-item" in html else html
