"""Judge the values of Kubernetes objects that the API server refuses and the schemas, which know types only, let pass.

What depends on another field, such as a volume for each mount, is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from opsbook.snippets.kubernetes_fields import CHOICES, KEYS, LABELS, LISTED, RANGES
from opsbook.snippets.kubernetes_forms import (
    choice,
    data_key,
    dns_label,
    in_range,
    label_value,
    port,
    port_name,
    qualified_name,
    schedule,
    share,
)

FORMS: Mapping[str, Callable[[object], str | None]] = {
    "Container.name": dns_label,
    "ContainerPort.name": port_name,
    "CronJobSpec.schedule": schedule,
    "EphemeralContainer.name": dns_label,
    "HTTPGetAction.port": port,
    "NetworkPolicyPort.port": port,
    "ObjectMeta.namespace": dns_label,
    "PodDisruptionBudgetSpec.maxUnavailable": share,
    "PodDisruptionBudgetSpec.minAvailable": share,
    "RollingUpdateDaemonSet.maxSurge": share,
    "RollingUpdateDaemonSet.maxUnavailable": share,
    "RollingUpdateDeployment.maxSurge": share,
    "RollingUpdateDeployment.maxUnavailable": share,
    "ServicePort.name": dns_label,
    "ServicePort.targetPort": port,
    "TCPSocketAction.port": port,
    "Volume.name": dns_label,
}
"""What judges the form of a field."""


def value_faults(field: str, value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield where in `value` something is wrong, and what. `field` is such as `Container.name`."""
    for message in (
        choice(value, CHOICES[field]) if field in CHOICES else None,
        in_range(value, *RANGES[field]) if field in RANGES else None,
        FORMS[field](value) if field in FORMS else None,
    ):
        if message:
            yield (), message
    if field in LISTED and isinstance(value, list):
        yield from (((at,), message) for at, each in enumerate(value) if (message := choice(each, LISTED[field])))
    if isinstance(value, dict):
        judges = (
            [qualified_name] if field in (*LABELS, "ObjectMeta.annotations") else [data_key] if field in KEYS else []
        )
        for key, text in value.items():
            found = [message for judge in judges if (message := judge(key))]
            found += [message] if field in LABELS and (message := label_value(text)) else []
            yield from (((key,), message) for message in found)
