"""List what the fields of Kubernetes objects may hold: the words of each, and the range of each number.

A field is called by the name of its definition in the schemas and its own, such as `Container.imagePullPolicy`. The
facts are those of https://kubernetes.io/docs/reference/kubernetes-api/ and of the validation in
https://github.com/kubernetes/kubernetes/tree/v1.35.0/pkg/apis.
"""

from __future__ import annotations

from collections.abc import Mapping

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

MOST_NUMBER = 2**31 - 1
"""The largest whole number of the API."""
PORTS = (1, 65_535)
_IDS = ("fsGroup", "runAsGroup", "runAsUser")
RANGES: Mapping[str, tuple[int, int]] = {
    "ContainerPort.containerPort": PORTS,
    "ContainerPort.hostPort": (0, 65_535),
    "CronJobSpec.failedJobsHistoryLimit": (0, MOST_NUMBER),
    "CronJobSpec.startingDeadlineSeconds": (0, MOST_NUMBER),
    "CronJobSpec.successfulJobsHistoryLimit": (0, MOST_NUMBER),
    "GRPCAction.port": PORTS,
    "HorizontalPodAutoscalerSpec.maxReplicas": (1, MOST_NUMBER),
    "HorizontalPodAutoscalerSpec.minReplicas": (0, MOST_NUMBER),
    "HPAScalingPolicy.periodSeconds": (1, 1_800),
    "HPAScalingPolicy.value": (1, MOST_NUMBER),
    "HPAScalingRules.stabilizationWindowSeconds": (0, 3_600),
    "JobSpec.activeDeadlineSeconds": (0, MOST_NUMBER),
    "MetricTarget.averageUtilization": (1, MOST_NUMBER),
    "NetworkPolicyPort.endPort": PORTS,
    "PodSpec.activeDeadlineSeconds": (1, MOST_NUMBER),
    "PreferredSchedulingTerm.weight": (1, 100),
    "Probe.failureThreshold": (1, MOST_NUMBER),
    "Probe.initialDelaySeconds": (0, MOST_NUMBER),
    "Probe.periodSeconds": (1, MOST_NUMBER),
    "Probe.successThreshold": (1, MOST_NUMBER),
    "Probe.terminationGracePeriodSeconds": (1, MOST_NUMBER),
    "Probe.timeoutSeconds": (1, MOST_NUMBER),
    "ServiceBackendPort.number": PORTS,
    "ServicePort.nodePort": (0, 65_535),
    "ServicePort.port": PORTS,
    "TopologySpreadConstraint.maxSkew": (1, MOST_NUMBER),
    "WeightedPodAffinityTerm.weight": (1, 100),
    **{
        f"{kind}.{field}": (0, MOST_NUMBER)
        for kind in ("DaemonSet", "Deployment", "Job", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet")
        for kind in (f"{kind}Spec",)
        for field in ("backoffLimit", "completions", "minReadySeconds", "parallelism", "progressDeadlineSeconds",
                      "replicas", "revisionHistoryLimit", "terminationGracePeriodSeconds", "ttlSecondsAfterFinished")
    },
    **{f"{of}VolumeSource.defaultMode": (0, 0o777) for of in ("ConfigMap", "DownwardAPI", "Projected", "Secret")},
    **{f"{of}SecurityContext.{who}": (0, MOST_NUMBER) for of in ("", "Pod") for who in _IDS},
}  # fmt: skip
"""The least and the most that a number may be."""

LABELS = frozenset({"LabelSelector.matchLabels", "ObjectMeta.labels", "PodSpec.nodeSelector", "ServiceSpec.selector"})
KEYS = frozenset({"ConfigMap.binaryData", "ConfigMap.data", "Secret.data", "Secret.stringData"})
