"""Judge pods by the Pod Security Standards, of which a namespace enforces one by a label.

https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from opsbook.content.workloads import mapping, sequence
from opsbook.snippets.yaml_tree import Path

RefusedField = tuple[Path, str]
"""Where in a pod something is, and what is wrong; what is right."""

LEVELS = ("privileged", "baseline", "restricted")
_CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
_CAPABILITIES = frozenset(
    (
        *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP"),
        *("SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
    )
)
_SELINUX = ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
_SYSCTLS = frozenset(
    (
        *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"),
        *("net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"),
        *("net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"),
        *("net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"),
    )
)
# Volumes of images are newer than this list; whether one is refused depends on the version of the cluster.
_VOLUMES = frozenset(
    (
        *("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"),
        "image",
    )
)
_PROFILES = ("RuntimeDefault", "Localhost")


def refused_fields(spec: Mapping[str, object], level: str) -> Iterator[RefusedField]:
    """Yield what a namespace that enforces `level` refuses in the pod `spec`, each with its place below `spec`."""
    if level not in LEVELS[1:] or mapping(spec.get("os")).get("name") == "windows":
        return
    containers: list[tuple[Path, Mapping[str, object]]] = [
        ((kind, number), mapping(each)) for kind in _CONTAINERS for number, each in enumerate(sequence(spec.get(kind)))
    ]
    yield from _baseline_of_pod(spec)
    for at, container in containers:
        for below, message in _baseline(container):
            yield (*at, *below), message
    if level == "restricted":
        yield from _restricted(spec, containers)


def _baseline_of_pod(spec: Mapping[str, object]) -> Iterator[RefusedField]:
    for key in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(key) is True:
            yield (key,), f"`{key}: true`; leave it out"
    for number, volume in enumerate(sequence(spec.get("volumes"))):
        if "hostPath" in mapping(volume):
            yield ("volumes", number, "hostPath"), "a volume of the host (`hostPath`); mount another kind"
    context = mapping(spec.get("securityContext"))
    for number, each in enumerate(sequence(context.get("sysctls"))):
        name = str(mapping(each).get("name", ""))
        if name not in _SYSCTLS:
            yield ("securityContext", "sysctls", number), f"the sysctl `{name}`; leave it out"
    yield from _in_context(context, ("securityContext",))


def _baseline(container: Mapping[str, object]) -> Iterator[RefusedField]:
    context = mapping(container.get("securityContext"))
    here: Path = ("securityContext",)
    if context.get("privileged") is True:
        yield (*here, "privileged"), "`privileged: true`; leave it out"
    added = sequence(mapping(context.get("capabilities")).get("add"))
    if other := [f"`{each}`" for each in added if each not in _CAPABILITIES]:
        yield (*here, "capabilities", "add"), f"the capability {', '.join(other)}; do not add it"
    if context.get("procMount", "Default") != "Default":
        yield (*here, "procMount"), f"`procMount: {context['procMount']}`; leave it out"
    yield from _in_context(context, here)
    for number, port in enumerate(sequence(container.get("ports"))):
        if mapping(port).get("hostPort") not in (None, 0):
            yield ("ports", number, "hostPort"), "a port of the host (`hostPort`); use a Service"
    for probe, handler in product(("livenessProbe", "readinessProbe", "startupProbe"), ("httpGet", "tcpSocket")):
        if mapping(mapping(container.get(probe)).get(handler)).get("host"):
            yield (probe, handler, "host"), "a probe of another host; leave `host` out"


def _in_context(context: Mapping[str, object], at: Path) -> Iterator[RefusedField]:
    """Yield what the level baseline refuses in the security context of a pod, and of a container."""
    if mapping(context.get("windowsOptions")).get("hostProcess") is True:
        yield (*at, "windowsOptions"), "`hostProcess: true`; leave it out"
    for key in ("seccompProfile", "appArmorProfile"):
        kind = mapping(context.get(key)).get("type")
        if kind not in (None, *_PROFILES):
            yield (*at, key), f"`{key}` of type `{kind}`; allowed: {', '.join(_PROFILES)}"
    options = mapping(context.get("seLinuxOptions"))
    if options.get("type", "") not in _SELINUX or options.get("user") or options.get("role"):
        yield (*at, "seLinuxOptions"), "these `seLinuxOptions`; leave out user and role, and use a type of containers"


def _restricted(
    spec: Mapping[str, object], containers: list[tuple[Path, Mapping[str, object]]]
) -> Iterator[RefusedField]:
    for number, volume in enumerate(sequence(spec.get("volumes"))):
        kinds = [key for key in mapping(volume) if key != "name" and key not in _VOLUMES and key != "hostPath"]
        if kinds:
            yield ("volumes", number), f"a volume of the kind `{kinds[0]}`; use a claim"
    of_pod = mapping(spec.get("securityContext"))
    if of_pod.get("runAsUser") == 0:
        yield ("securityContext", "runAsUser"), "`runAsUser: 0`; give another number"
    for at, container in containers:
        for below, message in _restricted_container(mapping(container.get("securityContext")), of_pod):
            yield (*at, *below), message


def _restricted_container(context: Mapping[str, object], of_pod: Mapping[str, object]) -> Iterator[RefusedField]:
    here: Path = ("securityContext",)
    if context.get("allowPrivilegeEscalation") is not False:
        yield here, "a container that may gain privileges; write `allowPrivilegeEscalation: false`"
    if "ALL" not in sequence(mapping(context.get("capabilities")).get("drop")):
        yield here, "a container that keeps its capabilities; write `capabilities: {drop: [ALL]}`"
    added = sequence(mapping(context.get("capabilities")).get("add"))
    if other := [str(each) for each in added if each != "NET_BIND_SERVICE" and each in _CAPABILITIES]:
        yield (*here, "capabilities", "add"), f"the capability `{other[0]}`; add none but `NET_BIND_SERVICE`"
    if context.get("runAsNonRoot", of_pod.get("runAsNonRoot")) is not True:
        yield here, "a container that may run as root; write `runAsNonRoot: true`"
    if context.get("runAsUser") == 0:
        yield (*here, "runAsUser"), "`runAsUser: 0`; give another number"
    profile = mapping(context.get("seccompProfile")) or mapping(of_pod.get("seccompProfile"))
    if not profile.get("type"):
        yield here, "a container without a seccomp profile; write `seccompProfile: {type: RuntimeDefault}`"
