"""Tell which rights the commands of kubectl need that work on objects: those that they name, or that a file holds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from opsbook.problems import ProblemsError
from opsbook.rights.kinds import kind_of_manifest, resource_kind
from opsbook.rights.kubectl_call import KubectlCall, SubCommand
from opsbook.rights.manifests import read_trees
from opsbook.rights.model import EVERYWHERE, KubernetesRight
from opsbook.shell.shell_commands import words_of

_WATCH, _EDIT = ("list", "watch"), ("get", "patch")
_CREATED = words_of(
    "clusterrole clusterrolebinding configmap cm cronjob deployment deploy ingress job namespace ns "
    "poddisruptionbudget pdb priorityclass quota role rolebinding secret service serviceaccount sa"
)
"""The kinds that `kubectl create` makes from its options."""


def _on_files(kubectl: KubectlCall, *verbs: str) -> Iterator[KubernetesRight]:
    """Yield the rights on what a here-document holds; of other files nothing is known."""
    if kubectl.line.value("-f", "--filename") not in ("-", "/dev/stdin") or not kubectl.fed:
        return
    with contextlib.suppress(ProblemsError):  # The check of the blocks tells what is wrong with it.
        for manifest in read_trees(kubectl.fed, "-"):
            version, name = _text(manifest, "apiVersion"), _text(manifest, "kind")
            if not version or not name:
                continue
            kind = kind_of_manifest(version, name)
            given = _text(manifest, "metadata", "namespace") or kubectl.namespace
            where = None if given and "$" in given else given
            place = EVERYWHERE if kind.is_namespaced is False else where
            yield from (KubernetesRight(verb, kind.plural, kind.group, place) for verb in verbs)


def _text(manifest: object, *keys: str) -> str:
    """Return the text that stands below `keys` of a manifest; empty where there is none."""
    for key in keys:
        manifest = manifest.get(key) if isinstance(manifest, dict) else None
    return manifest if isinstance(manifest, str) else ""


def _get(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets():
        yield kubectl.right("get" if name else "list", kind, kubectl.line.value("--subresource") or "", name)
        if kubectl.line.has("-w", "--watch", "--watch-only"):
            yield kubectl.right("watch", kind, name=name)


def _describe(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets():
        yield kubectl.right("get" if name else "list", kind, name=name)


def _each(*verbs: str) -> SubCommand:
    """Return a function that yields `verbs` on each target; those without a name are listed before."""

    def rights(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
        yield from _on_files(kubectl, *verbs)
        operands = tuple(word for word in kubectl.operands if not _is_setting(word))
        part = kubectl.line.value("--subresource") or ""
        for kind, name in kubectl.targets(operands):
            if name is None:
                yield kubectl.right("list", kind)
            shown = [verb for verb in verbs if verb != "get" or name is not None]
            yield from (kubectl.right(verb, kind, "" if verb == "get" else part, name) for verb in shown)

    return rights


def _is_setting(word: str) -> bool:
    """Return whether a word of `label`, `annotate` or `taint` is no name: `key=value`, or `key-`."""
    return "=" in word or word.endswith("-") or (":" in word and "/" not in word.partition(":")[0])


def _scale(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets():
        yield kubectl.right("get" if name else "list", kind, name=name)
        yield kubectl.right("patch", kind, "scale", name)


def _rollout(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    action, operands = kubectl.first, kubectl.operands[1:]
    for kind, name in kubectl.targets(operands):
        yield kubectl.right("get" if name else "list", kind, name=name)
        if action == "status":
            yield from (kubectl.right(verb, kind, name=name) for verb in _WATCH)
        if action in ("history", "undo"):
            yield kubectl.core("list", "replicasets" if kind.plural == "deployments" else "controllerrevisions")
        if action in ("pause", "restart", "resume", "undo"):
            yield kubectl.right("patch", kind, name=name)


def _set(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    operands = tuple(word for word in kubectl.operands[1:] if not _is_setting(word))
    if not kubectl.line.has("--list"):
        yield from (kubectl.right(verb, kind, name=name) for kind, name in kubectl.targets(operands) for verb in _EDIT)


def _create(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield from _on_files(kubectl, "create")
    what = kubectl.first
    if what == "token":
        yield kubectl.core("create", "serviceaccounts", "token")
    elif what in _CREATED:
        yield kubectl.core("create", what)
    source = kubectl.line.value("--from")
    if source and "/" in source:
        yield from (kubectl.right("get", kind, name=name) for kind, name in kubectl.targets((source,)))


def _wait(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets():
        yield from (kubectl.right(verb, kind, name=name) for verb in _WATCH)


def _autoscale(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield from (kubectl.right("get", kind, name=name) for kind, name in kubectl.targets())
    yield kubectl.core("create", "horizontalpodautoscalers")


def _expose(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield from (kubectl.right("get", kind, name=name) for kind, name in kubectl.targets())
    yield kubectl.core("create", "services")


def _certificate(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield kubectl.core("get", "csr")
    yield kubectl.core("update", "csr", "approval")


def _events(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    yield kubectl.core("list", "events")


def _argo(kubectl: KubectlCall) -> Iterator[KubernetesRight]:
    """Yield the rights of the plug-in of Argo Rollouts: `kubectl argo rollouts …`."""
    if kubectl.operands[:1] != ("rollouts",):
        return
    action, operands = next(iter(kubectl.operands[1:]), ""), kubectl.operands[2:]
    kind = resource_kind("rollouts.argoproj.io")
    assert kind
    name = next(iter(operands[1:] if action in ("get", "list", "set") else operands), None)
    if action == "list":
        yield kubectl.right("list", kind)
    elif action in ("get", "status"):
        yield kubectl.right("get", kind, name=name)
    elif action in ("abort", "pause", "promote", "restart", "retry", "set", "undo"):
        yield from (kubectl.right(verb, kind, name=name) for verb in _EDIT)


OBJECT_COMMANDS: Mapping[str, SubCommand] = {
    "annotate": _each("get", "patch"),
    "apply": lambda kubectl: _on_files(kubectl, "get", "create", "patch"),
    "argo": _argo,
    "autoscale": _autoscale,
    "certificate": _certificate,
    "create": _create,
    "delete": _each("delete"),
    "describe": _describe,
    "edit": _each("get", "patch"),
    "events": _events,
    "expose": _expose,
    "get": _get,
    "label": _each("get", "patch"),
    "patch": _each("get", "patch"),
    "replace": lambda kubectl: _on_files(kubectl, "get", "update"),
    "rollout": _rollout,
    "scale": _scale,
    "set": _set,
    "taint": _each("get", "patch"),
    "wait": _wait,
}
