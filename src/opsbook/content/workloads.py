"""Find the objects that the manifests of a handbook make in a cluster, and the pods that those make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opsbook.content.model import HandbookContent
from opsbook.problems import Problem
from opsbook.snippets.yaml_tree import Path, SnippetDocument

_TEMPLATES: Mapping[str, Path] = {
    **dict.fromkeys(("DaemonSet", "Deployment", "Job", "ReplicaSet", "Rollout", "StatefulSet"), ("spec", "template")),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    "PodTemplate": ("template",),
}
_CORE_GROUPS = ("", "apps", "batch", "argoproj.io")
NAMESPACE_NAME = "kubernetes.io/metadata.name"
"""The label that every namespace has, which is its name."""

Object = Mapping[str, object]


@dataclass(frozen=True)
class ClusterObject:
    """An object as an admission controller sees it. `at` is where it stands in its document.

    `namespace` is empty where neither the object nor the settings name one.
    """

    value: Object
    document: SnippetDocument
    at: Path
    namespace: str

    @property
    def kind(self) -> str:
        """Return its kind."""
        return str(self.value.get("kind", ""))

    @property
    def group_version(self) -> tuple[str, str]:
        """Return the group and the version of its API."""
        group, _, version = str(self.value.get("apiVersion", "")).rpartition("/")
        return group, version

    @property
    def labels(self) -> Mapping[str, object]:
        """Return its labels."""
        return mapping(mapping(self.value.get("metadata")).get("labels"))

    def problem(self, message: str, below: Path = ()) -> Problem:
        """Return the problem `message` at what stands in the object at the path `below`."""
        return self.document.problem((*self.at, *below), message)


def mapping(value: object) -> Mapping[str, object]:
    """Return `value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[object]:
    """Return `value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else ()


def objects(content: HandbookContent) -> Iterator[ClusterObject]:
    """Yield each object of the manifests, then the pods that it makes. Those of a `List` are objects of their own."""
    for document in content.documents:
        if not document.snippet.is_unchecked:
            yield from _objects(document, document.value, (), content.settings.namespace or "")


def _objects(document: SnippetDocument, value: object, at: Path, default: str) -> Iterator[ClusterObject]:
    if not isinstance(value, dict) or not isinstance(value.get("apiVersion"), str):
        return
    if value.get("kind") == "List":
        for number, each in enumerate(sequence(value.get("items"))):
            yield from _objects(document, each, (*at, "items", number), default)
        return
    own = mapping(value.get("metadata")).get("namespace")
    made = ClusterObject(value, document, at, own if isinstance(own, str) else default)
    yield made
    yield from _pods(made)


def _pods(owner: ClusterObject) -> Iterator[ClusterObject]:
    """Yield the pod that `owner` makes of its template."""
    below = _TEMPLATES.get(owner.kind)
    if below is None or owner.group_version[0] not in _CORE_GROUPS:
        return
    template: object = owner.value
    for key in below:
        template = mapping(template).get(str(key))
    if not mapping(template).get("spec"):
        return
    pod = {"apiVersion": "v1", "kind": "Pod", **mapping(template)}
    yield ClusterObject(pod, owner.document, (*owner.at, *below), owner.namespace)


def namespace_labels(content: HandbookContent) -> Mapping[str, Mapping[str, object]]:
    """Return the labels of each namespace that the manifests make, by its name."""
    found: dict[str, Mapping[str, object]] = {}
    for each in objects(content):
        if each.kind == "Namespace" and each.group_version == ("", "v1"):
            name = str(mapping(each.value.get("metadata")).get("name", ""))
            found[name] = {**found.get(name, {}), **each.labels}
    return found
