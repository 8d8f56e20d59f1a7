"""Read which actions policies of IAM allow.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opsbook.rights.model import CloudRight


@dataclass(frozen=True)
class PolicyStatement:
    """A statement of a policy. `actions` are patterns, or with `is_other` those actions that it is not about.

    `is_bound` says that it holds under conditions or for some resources only.
    """

    allows: bool
    actions: tuple[str, ...]
    is_other: bool
    is_bound: bool

    def is_about(self, right: CloudRight) -> bool:
        """Return whether the statement is about the action of `right`."""
        action = right.action.lower()
        return self.is_other != any(fnmatch.fnmatchcase(action, pattern.lower()) for pattern in self.actions)


def policy_statements(policies: Iterable[Mapping[str, Any]]) -> tuple[PolicyStatement, ...]:
    """Return the statements of `policies`."""
    return tuple(statement for policy in policies for statement in _statements(policy))


def is_action_allowed(right: CloudRight, statements: Iterable[PolicyStatement]) -> bool:
    """Return whether `statements` allow `right`.

    Conditions and resources are taken to fit where they allow, and not to fit where they deny.
    """
    about = [statement for statement in statements if statement.is_about(right)]
    denied = any(not each.allows and not each.is_bound for each in about)
    return not denied and any(each.allows for each in about)


def is_policy(tree: object) -> bool:
    """Return whether `tree` is a policy of a role, and not of a resource or of who may take a role."""
    return isinstance(tree, dict) and any(True for _ in _statements(tree))


def _statements(policy: Mapping[str, Any]) -> Iterator[PolicyStatement]:
    given = policy.get("Statement")
    for each in given if isinstance(given, list) else [given]:
        if not isinstance(each, dict) or "Principal" in each or "NotPrincipal" in each:
            continue
        key = "NotAction" if "NotAction" in each else "Action"
        if each.get("Effect") in ("Allow", "Deny") and key in each:
            resources = _list(each.get("Resource"))
            is_bound = "Condition" in each or "NotResource" in each or "*" not in resources
            yield PolicyStatement(each["Effect"] == "Allow", tuple(_list(each[key])), key == "NotAction", is_bound)


def _list(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
