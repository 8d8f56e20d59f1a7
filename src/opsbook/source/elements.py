"""Find where HTML in Markdown is nested too deep for the search index, which walks all open elements for each tag."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_NESTS = (
    "a abbr article aside b bdi bdo blockquote center cite code del details dfn div dl em fieldset figcaption figure"
    " font footer form h1 h2 h3 h4 h5 h6 header i ins kbd label main mark nav ol pre q s samp section small span"
    " strike strong sub summary sup table tt u ul var"
)
# A code span is tried at each run of backquotes that no other one is a part of; what it cannot end is taken as text.
_TAG = re.compile(
    rf"(?P<ticks>`+)|<(?P<close>/?)(?:{'|'.join(sorted(_NESTS.split(), key=len, reverse=True))})\b[^<>]*>", re.I
)


def elements_too_deep(lines: Sequence[str], hidden: Collection[int], first: int, most: int) -> tuple[int, int] | None:
    """Return the line and column of the first element of `lines`, from `first` on, inside more than `most` others.

    Lines in `hidden` are code or a comment. Elements that need no end tag, such as `<p>`, do not count.
    """
    depth = 0
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if number in hidden or "<" not in line:
            continue
        found = list(_TAG.finditer(line))
        last = {match["ticks"]: index for index, match in enumerate(found) if match["ticks"]}
        code = ""
        for index, match in enumerate(found):
            if ticks := match["ticks"]:
                code = "" if ticks == code else code or (ticks if last[ticks] > index else "")
            elif not code:
                depth = max(depth - 1, 0) if match["close"] else depth + 1
                if depth > most:
                    return number, match.start() + 1
    return None
