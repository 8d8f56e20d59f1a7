"""Judge the values of Kubernetes objects that the API server refuses and the schemas, which know types only, let pass.

The facts are those of https://kubernetes.io/docs/reference/kubernetes-api/ and of the validation in
https://github.com/kubernetes/kubernetes/tree/v1.35.0/pkg/apis. What depends on another field, such as a volume for each
mount, is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from opsbook.problems import did_you_mean
from opsbook.source.tree import short

_STATUS = "True False Unknown"
CHOICES: Mapping[str, str] = {
    "AppArmorProfile.type": "Localhost RuntimeDefault Unconfined",
    "Container.imagePullPolicy": "Always Never IfNotPresent",
    "Container.terminationMessagePolicy": "File FallbackToLogsOnError",
    "ContainerPort.protocol": "TCP UDP SCTP",
    "CronJobSpec.concurrencyPolicy": "Allow Forbid Replace",
    "CustomResourceDefinitionSpec.scope": "Cluster Namespaced",
    "DaemonSetUpdateStrategy.type": "RollingUpdate OnDelete",
    "DeploymentStrategy.type": "Recreate RollingUpdate",
    "EphemeralContainer.imagePullPolicy": "Always Never IfNotPresent",
    "HPAScalingPolicy.type": "Pods Percent",
    "HPAScalingRules.selectPolicy": "Max Min Disabled",
    "HTTPGetAction.scheme": "HTTP HTTPS",
    "HTTPIngressPath.pathType": "Exact Prefix ImplementationSpecific",
    "HostPathVolumeSource.type": "DirectoryOrCreate Directory FileOrCreate File Socket CharDevice BlockDevice",
    "JobSpec.completionMode": "NonIndexed Indexed",
    "JobSpec.podReplacementPolicy": "TerminatingOrFailed Failed",
    "LabelSelectorRequirement.operator": "In NotIn Exists DoesNotExist",
    "MetricSpec.type": "ContainerResource External Object Pods Resource",
    "MetricTarget.type": "Utilization Value AverageValue",
    "MutatingWebhook.failurePolicy": "Ignore Fail",
    "MutatingWebhook.matchPolicy": "Exact Equivalent",
    "MutatingWebhook.reinvocationPolicy": "Never IfNeeded",
    "MutatingWebhook.sideEffects": "None NoneOnDryRun",
    "NetworkPolicyPort.protocol": "TCP UDP SCTP",
    "NodeSelectorRequirement.operator": "In NotIn Exists DoesNotExist Gt Lt",
    "PersistentVolumeClaimSpec.volumeMode": "Block Filesystem",
    "PersistentVolumeSpec.persistentVolumeReclaimPolicy": "Retain Delete Recycle",
    "PersistentVolumeSpec.volumeMode": "Block Filesystem",
    "PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy": "IfHealthyBudget AlwaysAllow",
    "PodFailurePolicyOnExitCodesRequirement.operator": "In NotIn",
    "PodFailurePolicyRule.action": "FailJob FailIndex Ignore Count",
    "PodSecurityContext.fsGroupChangePolicy": "OnRootMismatch Always",
    "PodSecurityContext.supplementalGroupsPolicy": "Merge Strict",
    "PodSpec.dnsPolicy": "ClusterFirstWithHostNet ClusterFirst Default None",
    "PodSpec.preemptionPolicy": "Never PreemptLowerPriority",
    "PodSpec.restartPolicy": "Always OnFailure Never",
    "PriorityClass.preemptionPolicy": "Never PreemptLowerPriority",
    "RoleRef.kind": "ClusterRole Role",
    "SeccompProfile.type": "Localhost RuntimeDefault Unconfined",
    "SecurityContext.procMount": "Default Unmasked",
    "ServicePort.protocol": "TCP UDP SCTP",
    "ServiceSpec.externalTrafficPolicy": "Cluster Local",
    "ServiceSpec.internalTrafficPolicy": "Cluster Local",
    "ServiceSpec.ipFamilyPolicy": "SingleStack PreferDualStack RequireDualStack",
    "ServiceSpec.sessionAffinity": "ClientIP None",
    "ServiceSpec.type": "ExternalName ClusterIP NodePort LoadBalancer",
    "StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted": "Retain Delete",
    "StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled": "Retain Delete",
    "StatefulSetSpec.podManagementPolicy": "OrderedReady Parallel",
    "StatefulSetUpdateStrategy.type": "RollingUpdate OnDelete",
    "StorageClass.reclaimPolicy": "Delete Retain Recycle",
    "StorageClass.volumeBindingMode": "Immediate WaitForFirstConsumer",
    "Subject.kind": "User Group ServiceAccount",
    "Taint.effect": "NoSchedule PreferNoSchedule NoExecute",
    "Toleration.effect": "NoSchedule PreferNoSchedule NoExecute",
    "Toleration.operator": "Exists Equal Lt Gt",
    "TopologySpreadConstraint.nodeAffinityPolicy": "Honor Ignore",
    "TopologySpreadConstraint.nodeTaintsPolicy": "Honor Ignore",
    "TopologySpreadConstraint.whenUnsatisfiable": "DoNotSchedule ScheduleAnyway",
    "ValidatingWebhook.failurePolicy": "Ignore Fail",
    "ValidatingWebhook.matchPolicy": "Exact Equivalent",
    "ValidatingWebhook.sideEffects": "None NoneOnDryRun",
    "VolumeMount.mountPropagation": "None HostToContainer Bidirectional",
}
"""What a field may be, by the name of its definition and its own."""

LISTED: Mapping[str, str] = {
    "NetworkPolicySpec.policyTypes": "Ingress Egress",
    "PersistentVolumeClaimSpec.accessModes": "ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod",
    "PersistentVolumeSpec.accessModes": "ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod",
    "RuleWithOperations.operations": "CREATE UPDATE DELETE CONNECT *",
    "ServiceSpec.ipFamilies": "IPv4 IPv6",
}
"""What the entries of a list may be."""

_MOST = 2**31 - 1
_PORT = (1, 65_535)
_IDS = ("fsGroup", "runAsGroup", "runAsUser")
RANGES: Mapping[str, tuple[int, int]] = {
    "ContainerPort.containerPort": _PORT,
    "ContainerPort.hostPort": (0, 65_535),
    "CronJobSpec.failedJobsHistoryLimit": (0, _MOST),
    "CronJobSpec.startingDeadlineSeconds": (0, _MOST),
    "CronJobSpec.successfulJobsHistoryLimit": (0, _MOST),
    "GRPCAction.port": _PORT,
    "HorizontalPodAutoscalerSpec.maxReplicas": (1, _MOST),
    "HorizontalPodAutoscalerSpec.minReplicas": (0, _MOST),
    "HPAScalingPolicy.periodSeconds": (1, 1_800),
    "HPAScalingPolicy.value": (1, _MOST),
    "HPAScalingRules.stabilizationWindowSeconds": (0, 3_600),
    "JobSpec.activeDeadlineSeconds": (0, _MOST),
    "MetricTarget.averageUtilization": (1, _MOST),
    "NetworkPolicyPort.endPort": _PORT,
    "PodSpec.activeDeadlineSeconds": (1, _MOST),
    "PreferredSchedulingTerm.weight": (1, 100),
    "Probe.failureThreshold": (1, _MOST),
    "Probe.initialDelaySeconds": (0, _MOST),
    "Probe.periodSeconds": (1, _MOST),
    "Probe.successThreshold": (1, _MOST),
    "Probe.terminationGracePeriodSeconds": (1, _MOST),
    "Probe.timeoutSeconds": (1, _MOST),
    "ServiceBackendPort.number": _PORT,
    "ServicePort.nodePort": (0, 65_535),
    "ServicePort.port": _PORT,
    "TopologySpreadConstraint.maxSkew": (1, _MOST),
    "WeightedPodAffinityTerm.weight": (1, 100),
    **{
        f"{kind}.{field}": (0, _MOST)
        for kind in ("DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet")
        for kind in (f"{kind}Spec",)
        for field in ("backoffLimit", "completions", "minReadySeconds", "parallelism", "progressDeadlineSeconds",
                      "replicas", "revisionHistoryLimit", "terminationGracePeriodSeconds", "ttlSecondsAfterFinished")
    },
    **{f"{of}VolumeSource.defaultMode": (0, 0o777) for of in ("ConfigMap", "DownwardAPI", "Projected", "Secret")},
    **{f"{of}SecurityContext.{who}": (0, _MOST) for of in ("", "Pod") for who in _IDS},
}  # fmt: skip
"""The least and the most that a number may be."""

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_VALUE = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?")
_QUANTITY = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?")
_PORT_NAME = re.compile(r"(?=.*[a-z])(?!.*--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_FILE = re.compile(r"[-._a-zA-Z0-9]+")
_PERCENT = re.compile(r"\d+%")
_EVERY = re.compile(r"@every (?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+")
_CRON = (
    (0, 59, ""),
    (0, 23, ""),
    (1, 31, ""),
    (1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    (0, 6, "sun mon tue wed thu fri sat"),
)
_TIMES = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")


def _form(pattern: re.Pattern[str], most: int, means: str) -> Callable[[object], str | None]:
    def judge(value: object) -> str | None:
        fits = isinstance(value, str) and len(value) <= most and pattern.fullmatch(value)
        return None if fits else f"`{short(str(value), 70)}` is {means}"

    return judge


dns_label = _form(_LABEL, 63, "no name here; allowed: up to 63 lower-case letters, digits and `-`, none at an end")
dns_subdomain = _form(
    _SUBDOMAIN,
    253,
    "no name here; allowed: lower-case letters, digits, `-` and `.`, none of the signs at an end",
)
label_value = _form(
    _VALUE,
    63,
    "no value of a label; allowed: up to 63 letters, digits, `-`, `_` and `.`, none of the signs at an end",
)
port_name = _form(
    _PORT_NAME, 15, "no name of a port; allowed: up to 15 lower-case letters, digits and `-`, at least one letter"
)
data_key = _form(_FILE, 253, "no key of data; allowed: letters, digits, `-`, `_` and `.`")


def qualified_name(key: str) -> str | None:
    """Return what is wrong with the key of a label or an annotation: a name, with a domain and `/` before it or not."""
    prefix, slash, name = key.rpartition("/")
    fits = bool(name) and label_value(name) is None and (not slash or dns_subdomain(prefix) is None)
    return (
        None
        if fits
        else f"`{short(key, 70)}` is no key of a label; allowed: a name such as `app`, or `example.org/app`"
    )


def quantity(value: object) -> str | None:
    """Return what is wrong with a quantity such as `500m`, `1.5` or `2Gi`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None
    if isinstance(value, str) and _QUANTITY.fullmatch(value):
        return None
    return f"`{short(str(value), 40)}` is no quantity; allowed: a number, alone or with m, k, M, G, T, Ki, Mi, Gi or Ti"


def port(value: object) -> str | None:
    """Return what is wrong with a port that is a number or a name."""
    return in_range(value, *_PORT) if isinstance(value, int) else port_name(value)


def in_range(value: object, least: int, most: int) -> str | None:
    """Return what is wrong with a number."""
    if not isinstance(value, int | float) or least <= value <= most:
        return None
    allowed = f"{least} or more" if most == _MOST else f"{least} to {most}"
    return f"{value} is not allowed here; allowed: {allowed}"


def share(value: object) -> str | None:
    """Return what is wrong with a number of things or a share of them in per cent."""
    fits = value >= 0 if isinstance(value, int) else isinstance(value, str) and _PERCENT.fullmatch(value)
    return (
        None if fits else f"`{short(str(value), 40)}` is not allowed here; allowed: a number, or per cent such as `25%`"
    )


def choice(value: object, allowed: str) -> str | None:
    """Return what is wrong with one of several words."""
    if not isinstance(value, str) or value in allowed.split():
        return None
    return f"`{short(value, 40)}` is not allowed here; {did_you_mean(value, allowed.split())}"


def schedule(value: object) -> str | None:
    """Return what is wrong with the schedule of a CronJob: https://pkg.go.dev/github.com/robfig/cron/v3"""
    text = str(value)
    fields = text.split()
    if text in _TIMES or _EVERY.fullmatch(text):
        return None
    if len(fields) == 5 and all(_is_of_cron(field, *limits) for field, limits in zip(fields, _CRON, strict=True)):
        return None
    return (
        f"`{short(text, 40)}` is no schedule; allowed: five fields such as `*/15 2 * * 1-5`, or `@daily` and the like"
    )


def _is_of_cron(field: str, least: int, most: int, names: str) -> bool:
    return all(_is_of_range(part, least, most, names.split()) for part in field.split(","))


def _is_of_range(part: str, least: int, most: int, names: list[str]) -> bool:
    found = re.fullmatch(r"(?:[*?]|(?P<low>\w+)(?:-(?P<high>\w+))?)(?:/(?P<step>\d+))?", part)
    if not found or (found["step"] and int(found["step"]) == 0):
        return False
    ends = [_number(each, names, least) for each in (found["low"], found["high"]) if each]
    return all(each is not None and least <= each <= most for each in ends) and ends == sorted(
        ends, key=lambda each: each or 0
    )


def _number(text: str, names: list[str], least: int) -> int | None:
    if text.lower() in names:
        return names.index(text.lower()) + least
    return int(text) if text.isdecimal() else None


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

LABELS = frozenset({"LabelSelector.matchLabels", "ObjectMeta.labels", "PodSpec.nodeSelector", "ServiceSpec.selector"})
KEYS = frozenset({"ConfigMap.binaryData", "ConfigMap.data", "Secret.data", "Secret.stringData"})


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
