"""Tell by the name that a command gives which kind of resource of a cluster it means."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opsbook.source.built_in import package_yaml


@dataclass(frozen=True)
class ResourceKind:
    """A kind of resource. None for `is_namespaced` says that it is not known; `group` is empty for that of pods."""

    plural: str
    group: str
    is_namespaced: bool | None


def _table() -> Any:
    return package_yaml("opsbook.rights", "kinds.yml").tree


@functools.cache
def _known() -> Mapping[str, ResourceKind]:
    """Return the kinds by each of their names. Of two with the same name the first one has it, as for kubectl."""
    found: dict[str, ResourceKind] = {}
    for group, scopes in _table()["groups"].items():
        for scope, kinds in scopes.items():
            for plural, names in kinds.items():
                kind = ResourceKind(plural, group, scope == "namespaced")
                for name in (plural, *names, plural.removesuffix("s")):
                    found.setdefault(name, kind)
    return found


def resource_kind(name: str) -> ResourceKind | None:
    """Return the kind that a command calls `name`, as `po`, `deployments.apps` or `rollout.v1alpha1.argoproj.io`.

    None where nothing is known of that name. A name with a group is always known.
    """
    first, dot, group = name.lower().partition(".")
    known = _known().get(first)
    if not dot:
        return known
    if group.split(".")[0].startswith("v") and group[1:2].isdigit():
        group = group.partition(".")[2]
    if known and known.group == group:
        return known
    return ResourceKind(first if first.endswith("s") else f"{first}s", group, _scope(first, group))


def resource_kinds(names: str) -> Iterator[ResourceKind]:
    """Yield the known kinds of a list such as `pods,svc`; `all` stands for those of `kubectl get all`."""
    for name in names.split(","):
        for each in _table()["all"] if name == "all" else (name,):
            if kind := resource_kind(each):
                yield kind


def kind_of_manifest(api_version: str, kind: str) -> ResourceKind:
    """Return the kind of a manifest by its `apiVersion` and `kind`."""
    group = api_version.rpartition("/")[0]
    lower = kind.lower()
    for plural in (f"{lower}s", f"{lower}es", f"{lower[:-1]}ies"):
        if (known := _known().get(plural)) and known.group == group:
            return known
    return ResourceKind(f"{lower[:-1]}ies" if lower.endswith("y") else f"{lower}s", group, None)


def is_scaled(kind: ResourceKind) -> bool:
    """Return whether objects of `kind` have a number of replicas."""
    return kind.plural in _table()["scaled"]


def _scope(first: str, group: str) -> bool | None:
    for name in (first, f"{first}s"):
        for scope, kinds in _table()["groups"].get(group, {}).items():
            if name in kinds:
                return bool(scope == "namespaced")
    return None
