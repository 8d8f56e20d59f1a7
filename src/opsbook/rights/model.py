"""Define a right that a command needs: a verb on a resource of Kubernetes, or an action of AWS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opsbook.rights.kinds import resource_kind

EVERYWHERE = ""
"""The namespace of a right that is needed in all of them, or on what stands in none."""


@dataclass(frozen=True)
class KubernetesRight:
    """A verb on a resource. None stands for what is not known: then any will do.

    `resource` is the plural name, with the part of it that is asked for, as in `pods/log`. A path such as `/metrics`
    is a resource without a group.
    """

    verb: str
    resource: str
    group: str | None = ""
    namespace: str | None = EVERYWHERE
    name: str | None = None


@dataclass(frozen=True)
class CloudRight:
    """An action of AWS, such as `rds:DescribeDBInstances`. Its letters may be of either case."""

    action: str


Right = KubernetesRight | CloudRight


def rights_text(rights: Iterable[Right]) -> tuple[str, ...]:
    """Return `rights` in words, the verbs on one resource together.

    >>> rights_text(KubernetesRight(verb, "pods", namespace="shop") for verb in ("get", "list"))
    ('get, list pods in shop',)
    >>> rights_text([KubernetesRight("patch", "nodes"), KubernetesRight("list", "pods"), CloudRight("rds:ListThings")])
    ('patch nodes', 'list pods in all namespaces', 'rds:ListThings')
    """
    verbs: dict[str, list[str]] = {}
    for right in rights:
        if isinstance(right, CloudRight):
            verbs.setdefault(right.action, [])
            continue
        resource, slash, part = right.resource.partition("/")
        name = f"/{right.name}" if right.resource == "namespaces" and right.name else ""
        kind = resource_kind(f"{resource}.{right.group}" if right.group else resource)
        everywhere = " in all namespaces" if right.namespace == EVERYWHERE and kind and kind.is_namespaced else ""
        place = f" in {right.namespace}" if right.namespace and not name else everywhere
        group = f".{right.group}" if right.group and "." in right.group else ""
        shown = right.resource if not resource else f"{resource}{group}{slash}{part}"
        verbs.setdefault(f"{shown}{name}{place}", []).append(right.verb)
    return tuple(f"{', '.join(dict.fromkeys(found))} {what}".strip() for what, found in verbs.items())
