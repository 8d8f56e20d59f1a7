"""Select the layout attributes of a script that a drawing follows.

Colours, fonts, sizes and margins are not among them, since they are the same in every drawing.
"""

from __future__ import annotations

from collections.abc import Mapping

GRAPH = ("nodesep", "ranksep", "splines", "ordering", "newrank", "concentrate", "clusterrank", "remincross")
CLUSTER = ("margin", "rank")
NODE = ("group",)
EDGE = ("constraint", "weight", "minlen", "headport", "tailport", "samehead", "sametail", "lhead", "ltail", "style")


def hints(attrs: Mapping[str, object], allowed: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the attributes that are in `allowed`, as text, in the order of the script.

    >>> hints({"color": "red", "minlen": 2}, EDGE)
    [('minlen', '2')]
    """
    return [(name, str(value)) for name, value in attrs.items() if name in allowed]
