"""The models of `services.yml`: services, their objectives, whom to call, and the roles of who follows runbooks."""

from opsbook.nouns.service.model.access import RoleGrants, StepNeed, following_role, lacking, step_needs
from opsbook.nouns.service.model.catalog import (
    FILE,
    TIERS,
    AccessRole,
    Catalog,
    EscalationLevel,
    EscalationPolicy,
    Objective,
    Service,
    budget_minutes,
    escalation_policy,
    significant,
)

__all__ = [
    "FILE",
    "TIERS",
    "AccessRole",
    "Catalog",
    "EscalationLevel",
    "EscalationPolicy",
    "Objective",
    "RoleGrants",
    "Service",
    "StepNeed",
    "budget_minutes",
    "escalation_policy",
    "following_role",
    "lacking",
    "significant",
    "step_needs",
]
