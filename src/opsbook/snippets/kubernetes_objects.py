"""Judge what in a Kubernetes object depends on its kind: its name, and when its pods start again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.problems import Problem
from opsbook.snippets.kubernetes_forms import choice, dns_label, dns_subdomain
from opsbook.snippets.yaml_tree import Path, SnippetDocument
from opsbook.source.tree import short

_OF_LABELS = frozenset({"Namespace", "Service"})
_OF_PATHS = frozenset({"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"})
_STARTS: dict[str, tuple[Path, str]] = {
    **dict.fromkeys(("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"), (("spec", "template", "spec"), "Always")),
    "CronJob": (("spec", "jobTemplate", "spec", "template", "spec"), "OnFailure Never"),
    "Job": (("spec", "template", "spec"), "OnFailure Never"),
}


def object_problems(document: SnippetDocument, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the name of the object at `at`, and with the `restartPolicy` of its pods."""
    value = document.at(at)
    kind = str(value["kind"]) if isinstance(value, dict) else ""
    name = _get(document, (*at, "metadata", "name"))
    if isinstance(name, str):
        judge = dns_label if kind in _OF_LABELS else dns_subdomain
        message = _path_segment(name) if kind in _OF_PATHS else judge(name)
        if message:
            yield document.problem((*at, "metadata", "name"), message)
    below, allowed = _STARTS.get(kind, ((), ""))
    spec = _get(document, (*at, *below)) if below else None
    if not isinstance(spec, dict):
        return
    policy = spec.get("restartPolicy")
    if policy is None and allowed != "Always":
        message = f"`restartPolicy` is missing here, and a {kind} does not take the default; allowed: OnFailure, Never"
        yield document.problem((*at, *below), message, key=True)
    elif policy in ("Always", "OnFailure", "Never") and (message := choice(policy, allowed)):
        yield document.problem((*at, *below, "restartPolicy"), f"{message} (the pods of a {kind})")


def _path_segment(name: str) -> str | None:
    if name in ("", ".", "..") or re.search(r"[/%]", name):
        return f"`{short(name, 70)}` is no name of an object; allowed: anything but `/`, `%`, `.` and `..`"
    return None


def _get(document: SnippetDocument, path: Path) -> object:
    return document.at(path) if path in document.places else None
