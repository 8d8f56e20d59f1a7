"""List the checks of the content, in the order in which the manual shows them."""

from __future__ import annotations

from opsbook.content import (
    component_installed,
    drawing_services,
    facts,
    metric_source,
    metric_type,
    never_fires,
    promql_edges,
    silent_alert,
)
from opsbook.content.model import ContentCheck

CHECKS: tuple[ContentCheck, ...] = (
    promql_edges.CHECK,
    never_fires.CHECK,
    silent_alert.CHECK,
    metric_type.CHECK,
    metric_source.CHECK,
    component_installed.CHECK,
    drawing_services.CHECK,
    facts.CHECK,
)
