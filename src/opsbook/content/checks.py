"""List the checks of the content, in the order in which the manual shows them."""

from __future__ import annotations

from opsbook.content import never_fires, promql_edges
from opsbook.content.model import ContentCheck

CHECKS: tuple[ContentCheck, ...] = (promql_edges.CHECK, never_fires.CHECK)
