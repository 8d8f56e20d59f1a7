"""Tell which rights the steps of a runbook need that the role of their reader does not have, and who has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.service.model.catalog import AccessRole, Catalog
from opsbook.rights.iam import PolicyStatement, is_action_allowed
from opsbook.rights.model import CloudRight, Right
from opsbook.rights.rbac import RbacRule


@dataclass(frozen=True)
class RoleGrants:
    """What the role with the id `role` may do. None says that nothing is known of that part."""

    role: str
    rules: tuple[RbacRule, ...] | None = None
    statements: tuple[PolicyStatement, ...] | None = None

    def has(self, right: Right) -> bool | None:
        """Return whether the role has `right`; None where that is not known."""
        if isinstance(right, CloudRight):
            return None if self.statements is None else is_action_allowed(right, self.statements)
        return None if self.rules is None else any(rule.allows(right) for rule in self.rules)


@dataclass(frozen=True)
class StepNeed:
    """Rights that the role of the reader lacks, and the role that has them; None where no role is known to."""

    rights: tuple[Right, ...]
    role: AccessRole | None


def following_role(named: str | None, graph: Graph) -> AccessRole | None:
    """Return the role that follows a runbook which names `named`; None where nothing says which."""
    default = next((each.default_role for each in graph.all(Catalog) if each.default_role), None)
    return graph.by_id(AccessRole).get(named or default or "")


def lacking(role: AccessRole, rights: Iterable[Right], graph: Graph) -> tuple[Right, ...]:
    """Return those of `rights` that `role` is known not to have."""
    grants = _grants(graph).get(role.id)
    return tuple(right for right in dict.fromkeys(rights) if grants and grants.has(right) is False)


def step_needs(role: AccessRole, rights: Iterable[Right], graph: Graph) -> Sequence[StepNeed]:
    """Return what of `rights` the role lacks: as one need where one other role has all of it, else by who has it."""
    missing = lacking(role, rights, graph)
    others = [(each, grants) for each in graph.all(AccessRole) if (grants := _grants(graph).get(each.id))]
    if not missing:
        return ()
    for other, grants in others:
        if all(grants.has(right) for right in missing):
            return (StepNeed(missing, other),)
    having: dict[str, list[Right]] = {}
    for right in missing:
        having.setdefault(next((other.id for other, grants in others if grants.has(right)), ""), []).append(right)
    return [StepNeed(tuple(found), graph.by_id(AccessRole).get(id)) for id, found in having.items()]


def _grants(graph: Graph) -> dict[str, RoleGrants]:
    return {each.role: each for each in graph.all(RoleGrants)}
