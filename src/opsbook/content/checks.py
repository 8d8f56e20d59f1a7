"""List the checks of the content, in the order in which the manual shows them."""

from __future__ import annotations

from opsbook.content import (
    command_in_sentence,
    component_installed,
    connection_target,
    drawing_services,
    facts,
    metric_source,
    metric_type,
    never_fires,
    own_policy,
    portability,
    promql_edges,
    role_rights,
    silent_alert,
    tools_checked,
)
from opsbook.content.model import ContentCheck

CHECKS: tuple[ContentCheck, ...] = (
    promql_edges.CHECK,
    never_fires.CHECK,
    silent_alert.CHECK,
    metric_type.CHECK,
    metric_source.CHECK,
    component_installed.CHECK,
    own_policy.CHECK,
    role_rights.CHECK,
    connection_target.CHECK,
    portability.CHECK,
    tools_checked.CHECK,
    command_in_sentence.CHECK,
    drawing_services.CHECK,
    facts.CHECK,
)
