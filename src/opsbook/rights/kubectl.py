"""Tell which rights a command of kubectl needs.

The verbs are those that kubectl 1.34 sends to the API server:
https://kubernetes.io/docs/reference/access-authn-authz/authorization/#request-verb-resource
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from opsbook.rights.kinds import ResourceKind, kind_of_manifest, resource_kind, resource_kinds
from opsbook.rights.model import EVERYWHERE, KubernetesRight
from opsbook.rights.options import CommandLine, read_options
from opsbook.shell.shell_calls import ShellCall
from opsbook.shell.shell_commands import words_of
from opsbook.source.yaml import compose_yaml

_WITH_VALUE = words_of(
    "-n --namespace --context --cluster --user --kubeconfig --as --as-group --as-uid -s --server --token "
    "--request-timeout --cache-dir --certificate-authority --client-certificate --client-key --tls-server-name -o "
    "--output -l --selector --field-selector -f --filename -k --kustomize -c --container --sort-by --tail --since "
    "--since-time --limit-bytes --type -p --patch --patch-file --replicas --current-replicas --timeout --for "
    "--to-revision --revision --image --overrides --template --grace-period --port --target-port --protocol --from "
    "--from-literal --from-file --from-env-file --subresource --chunk-size --raw --max --min --cpu-percent --name -e "
    "--env --restart --limits --requests --target --copy-to --profile --custom --image-pull-policy --schedule "
    "--pod-running-timeout --address -L --label-columns --labels --types --max-log-requests --duration "
    "--field-manager --resource-version --tcp --class --rule --clusterrole --role --serviceaccount --group --verb "
    "--resource --resource-name --pod-selector --key --cert --docker-server --docker-username --docker-password -v"
)
_BOOLEAN = {"logs": ("-f", "-p"), "cp": ("-c",), "rollout": (), "exec": ()}
_LOOK, _WATCH, _EDIT = ("get",), ("list", "watch"), ("get", "patch")
_CREATED = {
    "clusterrole": "clusterroles",
    "clusterrolebinding": "clusterrolebindings",
    "configmap": "configmaps",
    "cm": "configmaps",
    "cronjob": "cronjobs",
    "deployment": "deployments",
    "deploy": "deployments",
    "ingress": "ingresses",
    "job": "jobs",
    "namespace": "namespaces",
    "ns": "namespaces",
    "poddisruptionbudget": "poddisruptionbudgets",
    "pdb": "poddisruptionbudgets",
    "priorityclass": "priorityclasses",
    "quota": "resourcequotas",
    "role": "roles",
    "rolebinding": "rolebindings",
    "secret": "secrets",
    "service": "services",
    "serviceaccount": "serviceaccounts",
    "sa": "serviceaccounts",
}


@dataclass(frozen=True)
class _Kubectl:
    """A call of kubectl: its sub-command, the operands after it, and where it asks."""

    name: str
    operands: tuple[str, ...]
    line: CommandLine
    fed: str

    @property
    def namespace(self) -> str | None:
        """Return the namespace that is asked for; None where the context of the reader decides."""
        if self.line.has("-A", "--all-namespaces"):
            return EVERYWHERE
        given = self.line.value("-n", "--namespace")
        return None if given is None or "$" in given or not given else given

    def right(self, verb: str, kind: ResourceKind, part: str = "", name: str | None = None) -> KubernetesRight:
        """Return the right to `verb` on `kind`, or on a `part` of it such as `log`."""
        is_open = kind.is_namespaced is None and self.namespace is None
        namespace = self.namespace if kind.is_namespaced or is_open or kind.is_namespaced is None else EVERYWHERE
        if kind.plural == "namespaces" and name and "$" not in name:
            namespace = name  # The server takes the name of a namespace for the namespace of the request.
        return KubernetesRight(verb, f"{kind.plural}{f'/{part}' if part else ''}", kind.group, namespace, name)

    def core(self, verb: str, plural: str, part: str = "", name: str | None = None) -> KubernetesRight:
        """Return the right to `verb` on a kind of Kubernetes itself."""
        kind = resource_kind(plural)
        assert kind
        return self.right(verb, kind, part, name)

    def targets(self, operands: tuple[str, ...]) -> Iterator[tuple[ResourceKind, str | None]]:
        """Yield each kind that `operands` name, with the name of the object where one is given."""
        if not operands:
            return
        if "/" in operands[0]:
            for operand in operands:
                first, _, name = operand.partition("/")
                yield from ((kind, name) for kind in resource_kinds(first))
            return
        names = operands[1:] or (None,)
        yield from ((kind, name) for kind in resource_kinds(operands[0]) for name in names)


def kubectl_rights(call: ShellCall) -> Iterator[KubernetesRight]:
    """Yield the rights that a call of kubectl needs, as far as they are known."""
    words = [call.resolved(word) for word in call.words[1:]]
    name = next(iter(read_options(words, _WITH_VALUE).operands), "")
    line = read_options(words, _WITH_VALUE - set(_BOOLEAN.get(name, ())))
    if any(value == "client" for option, value in line.options if option == "--dry-run"):
        return
    piped = (
        ("$",) if any(words[0] == "xargs" for words in call.wrappers) else ()
    )  # A name that is read from the standard input.
    kubectl = _Kubectl(name, (*line.operands[1:], *piped), line, call.fed)
    if user := line.value("--as"):
        kind = "serviceaccounts" if user.startswith("system:serviceaccount:") else "users"
        yield KubernetesRight("impersonate", kind, "", EVERYWHERE if kind == "users" else None)
        return
    raw = line.value("--raw")
    if raw is not None and name in ("get", "create", "delete", "replace"):
        verb = "update" if name == "replace" else name
        yield _of_path(raw, verb)
    elif name in _SUBCOMMANDS:
        yield from _SUBCOMMANDS[name](kubectl)


def _of_path(path: str, verb: str) -> KubernetesRight:
    """Return the right to `verb` on a path of the API.

    >>> _of_path("/api/v1/nodes/a/proxy/metrics", "get").resource, _of_path("/metrics", "get").resource
    ('nodes/proxy', '/metrics')
    """
    plain = path.partition("?")[0].rstrip("/")
    parts = plain.strip("/").split("/")
    if parts[0] == "api" and len(parts) > 2:
        group, rest = "", parts[2:]
    elif parts[0] == "apis" and len(parts) > 3:
        group, rest = parts[1], parts[3:]
    else:
        return KubernetesRight(verb, plain or "/", "", EVERYWHERE)
    namespace: str | None = EVERYWHERE
    if rest[0] == "namespaces" and len(rest) > 2:
        namespace, rest = (None if "$" in rest[1] else rest[1]), rest[2:]
    name = rest[1] if len(rest) > 1 else None
    resource = f"{rest[0]}/{rest[2]}" if len(rest) > 2 else rest[0]
    shown = "list" if verb == "get" and name is None else verb
    return KubernetesRight(shown, resource, group, namespace, name)


def _on_files(kubectl: _Kubectl, *verbs: str) -> Iterator[KubernetesRight]:
    """Yield the rights on what a here-document holds; of other files nothing is known."""
    if kubectl.line.value("-f", "--filename") not in ("-", "/dev/stdin") or not kubectl.fed:
        return
    with contextlib.suppress(yaml.YAMLError, RecursionError):  # The check of the blocks tells what is wrong with it.
        for node in compose_yaml(kubectl.fed):
            keys = _mapping(node)
            version, name = _text(keys.get("apiVersion")), _text(keys.get("kind"))
            if not version or not name:
                continue
            kind = kind_of_manifest(version, name)
            given = _text(_mapping(keys.get("metadata")).get("namespace")) or kubectl.namespace
            where = None if given and "$" in given else given
            place = EVERYWHERE if kind.is_namespaced is False else where
            yield from (KubernetesRight(verb, kind.plural, kind.group, place) for verb in verbs)


def _mapping(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a mapping by their keys; nothing for any other node."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _get(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets(kubectl.operands):
        yield kubectl.right("get" if name else "list", kind, kubectl.line.value("--subresource") or "", name)
        if kubectl.line.has("-w", "--watch", "--watch-only"):
            yield kubectl.right("watch", kind, name=name)


def _describe(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets(kubectl.operands):
        yield kubectl.right("get" if name else "list", kind, name=name)


def _each(*verbs: str) -> Callable[[_Kubectl], Iterator[KubernetesRight]]:
    """Return a function that yields `verbs` on each target; those without a name are listed before."""

    def rights(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
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


def _scale(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets(kubectl.operands):
        yield kubectl.right("get" if name else "list", kind, name=name)
        yield kubectl.right("patch", kind, "scale", name)


def _rollout(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    action, operands = next(iter(kubectl.operands), ""), kubectl.operands[1:]
    for kind, name in kubectl.targets(operands):
        yield kubectl.right("get" if name else "list", kind, name=name)
        if action == "status":
            yield from (kubectl.right(verb, kind, name=name) for verb in _WATCH)
        if action in ("history", "undo"):
            yield kubectl.core("list", "replicasets" if kind.plural == "deployments" else "controllerrevisions")
        if action in ("pause", "restart", "resume", "undo"):
            yield kubectl.right("patch", kind, name=name)


def _set(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    operands = tuple(word for word in kubectl.operands[1:] if not _is_setting(word))
    if not kubectl.line.has("--list"):
        yield from (kubectl.right(verb, kind, name=name) for kind, name in kubectl.targets(operands) for verb in _EDIT)


def _in_pod(*parts: tuple[str, str]) -> Callable[[_Kubectl], Iterator[KubernetesRight]]:
    """Return a function that yields the rights to reach a pod by its name or by what owns it, then those to `parts`."""

    def rights(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
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


def _copy(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield kubectl.core("get", "pods")
    yield kubectl.core("create", "pods", "exec")


def _run(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield kubectl.core("create", "pods")
    if kubectl.line.has("-i", "--stdin", "-t", "--tty", "--attach"):
        yield from (kubectl.core(verb, "pods") for verb in ("get", *_WATCH))
        yield kubectl.core("create", "pods", "attach")
    if kubectl.line.has("--rm"):
        yield kubectl.core("delete", "pods")


def _debug(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    target = next(iter(kubectl.operands), "")
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


def _create(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield from _on_files(kubectl, "create")
    what = next(iter(kubectl.operands), "")
    if what == "token":
        yield kubectl.core("create", "serviceaccounts", "token")
    elif what in _CREATED:
        yield kubectl.core("create", _CREATED[what])
    source = kubectl.line.value("--from")
    if source and "/" in source:
        yield from (kubectl.right("get", kind, name=name) for kind, name in kubectl.targets((source,)))


def _top(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    kind = resource_kind(next(iter(kubectl.operands), ""))
    name = next(iter(kubectl.operands[1:]), None)
    if kind and kind.plural in ("pods", "nodes"):
        metrics = ResourceKind(kind.plural, "metrics.k8s.io", kind.is_namespaced)
        yield kubectl.right("get" if name else "list", metrics, name=name)
        if kind.plural == "nodes":
            yield kubectl.right("get" if name else "list", kind, name=name)


def _cordon(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    name = next(iter(kubectl.operands), None)
    yield kubectl.core("get" if name else "list", "nodes", name=name)
    yield kubectl.core("patch", "nodes", name=name)


def _drain(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield from _cordon(kubectl)
    yield KubernetesRight("list", "pods")
    yield KubernetesRight("get", "daemonsets", "apps")
    if kubectl.line.has("--disable-eviction"):
        yield KubernetesRight("delete", "pods")
    else:
        yield KubernetesRight("create", "pods/eviction")


def _wait(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    for kind, name in kubectl.targets(kubectl.operands):
        yield from (kubectl.right(verb, kind, name=name) for verb in _WATCH)


def _autoscale(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield from (kubectl.right("get", kind, name=name) for kind, name in kubectl.targets(kubectl.operands))
    yield kubectl.core("create", "horizontalpodautoscalers")


def _expose(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield from (kubectl.right("get", kind, name=name) for kind, name in kubectl.targets(kubectl.operands))
    yield kubectl.core("create", "services")


def _certificate(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield kubectl.core("get", "csr")
    yield kubectl.core("update", "csr", "approval")


def _events(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
    yield kubectl.core("list", "events")


def _argo(kubectl: _Kubectl) -> Iterator[KubernetesRight]:
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


_SUBCOMMANDS: dict[str, Callable[[_Kubectl], Iterator[KubernetesRight]]] = {
    "annotate": _each("get", "patch"),
    "apply": lambda kubectl: _on_files(kubectl, "get", "create", "patch"),
    "argo": _argo,
    "attach": _in_pod(("create", "attach")),
    "autoscale": _autoscale,
    "certificate": _certificate,
    "cordon": _cordon,
    "cp": _copy,
    "create": _create,
    "debug": _debug,
    "delete": _each("delete"),
    "describe": _describe,
    "drain": _drain,
    "edit": _each("get", "patch"),
    "events": _events,
    "exec": _in_pod(("create", "exec")),
    "expose": _expose,
    "get": _get,
    "label": _each("get", "patch"),
    "logs": _in_pod(("get", "log")),
    "patch": _each("get", "patch"),
    "port-forward": _in_pod(("create", "portforward")),
    "replace": lambda kubectl: _on_files(kubectl, "get", "update"),
    "rollout": _rollout,
    "run": _run,
    "scale": _scale,
    "set": _set,
    "taint": _each("get", "patch"),
    "top": _top,
    "uncordon": _cordon,
    "wait": _wait,
}
