"""Tell which rights a command of kubectl needs.

The verbs are those that kubectl 1.34 sends to the API server:
https://kubernetes.io/docs/reference/access-authn-authz/authorization/#request-verb-resource
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opsbook.rights.kubectl_call import SubCommand, read_kubectl
from opsbook.rights.kubectl_objects import OBJECT_COMMANDS
from opsbook.rights.kubectl_pods import POD_COMMANDS
from opsbook.rights.model import EVERYWHERE, KubernetesRight
from opsbook.shell.shell_calls import ShellCall

_SUBCOMMANDS: Mapping[str, SubCommand] = {**OBJECT_COMMANDS, **POD_COMMANDS}


def kubectl_rights(call: ShellCall) -> Iterator[KubernetesRight]:
    """Yield the rights that a call of kubectl needs, as far as they are known."""
    kubectl = read_kubectl(call)
    if any(value == "client" for option, value in kubectl.line.options if option == "--dry-run"):
        return
    if user := kubectl.line.value("--as"):
        kind = "serviceaccounts" if user.startswith("system:serviceaccount:") else "users"
        yield KubernetesRight("impersonate", kind, "", EVERYWHERE if kind == "users" else None)
        return
    raw = kubectl.line.value("--raw")
    if raw is not None and kubectl.name in ("get", "create", "delete", "replace"):
        yield _of_path(raw, "update" if kubectl.name == "replace" else kubectl.name)
    elif kubectl.name in _SUBCOMMANDS:
        yield from _SUBCOMMANDS[kubectl.name](kubectl)


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
