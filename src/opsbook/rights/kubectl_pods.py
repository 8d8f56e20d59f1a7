"""Tell which rights the commands of kubectl need that work inside of pods and on nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opsbook.rights.kinds import ResourceKind, resource_kind
from opsbook.rights.kubectl_call import KubectlCall, SubCommand
from opsbook.rights.model import KubernetesRight


def _in_pod(*parts: tuple[str, str]) -> SubCommand:
    """Return a function that yields the rights to reach a pod by its name or by what owns it, then those to `parts`."""

    def rights(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
        target = next(iter(kubectl.operands), None)
        first, slash, name = (target or "").partition("/")
        owner = resource_kind(first) if slash else None
        if owner and owner.plural != "pods":
            yield kubectl.right("get", owner, name=name)
            yield kubectl.core("list", "pods")
        elif target:
            yield kubectl.core("get", "pods", name=name or target)
        else:
            yield kubectl.core("list", "pods")
        yield from (kubectl.core(verb, "pods", part) for verb, part in parts)

    return rights


def _copy(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield kubectl.core("get", "pods")
    yield kubectl.core("create", "pods", "exec")


def _run(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield kubectl.core("create", "pods")
    if kubectl.line.has("-i", "--stdin", "-t", "--tty", "--attach"):
        yield from (kubectl.core(verb, "pods") for verb in ("get", "list", "watch"))
        yield kubectl.core("create", "pods", "attach")
    if kubectl.line.has("--rm"):
        yield kubectl.core("delete", "pods")


def _debug(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    target = kubectl.first
    first, slash, name = target.partition("/")
    kind = resource_kind(first) if slash else None
    if kind and kind.plural == "nodes":
        yield kubectl.right("get", kind, name=name)
        yield kubectl.core("create", "pods")
    elif target:
        yield kubectl.core("get", "pods", name=name or target)
        copies = kubectl.line.has("--copy-to")
        yield kubectl.core("create", "pods") if copies else kubectl.core("patch", "pods", "ephemeralcontainers")
    if target and kubectl.line.has("-i", "--stdin", "-t", "--tty"):
        yield kubectl.core("create", "pods", "attach")


def _top(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    kind = resource_kind(kubectl.first)
    name = next(iter(kubectl.operands[1:]), None)
    if kind and kind.plural in ("pods", "nodes"):
        metrics = ResourceKind(kind.plural, "metrics.k8s.io", kind.is_namespaced)
        yield kubectl.right("get" if name else "list", metrics, name=name)
        if kind.plural == "nodes":
            yield kubectl.right("get" if name else "list", kind, name=name)


def _cordon(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    name = next(iter(kubectl.operands), None)
    yield kubectl.core("get" if name else "list", "nodes", name=name)
    yield kubectl.core("patch", "nodes", name=name)


def _drain(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield from _cordon(kubectl)
    yield KubernetesRight("list", "pods")
    yield KubernetesRight("get", "daemonsets", "apps")
    if kubectl.line.has("--disable-eviction"):
        yield KubernetesRight("delete", "pods")
    else:
        yield KubernetesRight("create", "pods/eviction")


POD_COMMANDS: Mapping[str, SubCommand] = {
    "attach": _in_pod(("create", "attach")),
    "cordon": _cordon,
    "cp": _copy,
    "debug": _debug,
    "drain": _drain,
    "exec": _in_pod(("create", "exec")),
    "logs": _in_pod(("get", "log")),
    "port-forward": _in_pod(("create", "portforward")),
    "run": _run,
    "top": _top,
    "uncordon": _cordon,
}
