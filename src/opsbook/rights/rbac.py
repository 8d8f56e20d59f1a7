"""Read what roles of Kubernetes allow to whom, from their manifests.

https://kubernetes.io/docs/reference/access-authn-authz/rbac/
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opsbook.rights.model import EVERYWHERE, KubernetesRight
from opsbook.source.built_in import package_yaml

_AGGREGATES = "rbac.authorization.k8s.io/aggregate-to-"
BUILT_IN = ("view", "edit", "admin", "cluster-admin")
"""The cluster roles that every cluster has and that people are given."""


@dataclass(frozen=True)
class RbacRule:
    """A rule of a role, and the namespace in which it holds: `EVERYWHERE` for all of them and what stands in none."""

    namespace: str
    groups: frozenset[str]
    resources: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]
    paths: tuple[str, ...]

    def allows(self, right: KubernetesRight) -> bool:
        """Return whether the rule gives `right`. What is not known of it is taken for what is allowed."""
        if not self.verbs & {right.verb, "*"} or self.namespace not in (EVERYWHERE, right.namespace or self.namespace):
            return False
        if self.namespace != EVERYWHERE and right.namespace == EVERYWHERE:
            return False
        if right.resource.startswith("/"):
            return any(right.resource == path or _begins(right.resource, path) for path in self.paths)
        if right.group is not None and not self.groups & {right.group, "*"}:
            return False
        part = right.resource.partition("/")[2]
        if not self.resources & {right.resource, "*", f"*/{part}" if part else "*"}:
            return False
        return not self.names or (right.name is not None and ("$" in right.name or right.name in self.names))


def _begins(resource: str, path: str) -> bool:
    return path.endswith("*") and resource.startswith(path[:-1])


def rbac_rules(manifests: Iterable[Mapping[str, Any]], subjects: Collection[str]) -> tuple[RbacRule, ...]:
    """Return the rules that `manifests` bind to one of the users or groups `subjects`.

    Without subjects these are the rules that are bound to anybody; where nothing is bound, those of all roles.
    """
    roles: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {
        ("ClusterRole", EVERYWHERE, name): list(_built_in(name)) for name in BUILT_IN
    }
    bindings = []
    own: list[tuple[str, str, str]] = []
    for each in _objects(manifests):
        name, namespace = str(_of(each, "metadata").get("name", "")), str(_of(each, "metadata").get("namespace", ""))
        if each.get("kind") in ("Role", "ClusterRole"):
            key = (str(each["kind"]), namespace if each["kind"] == "Role" else EVERYWHERE, name)
            roles[key] = [*roles.get(key, ()), *_dicts(each.get("rules"))]
            own.append(key)
            for label, value in _of(each, "metadata", "labels").items():
                if label.startswith(_AGGREGATES) and str(value) == "true":
                    aggregated = ("ClusterRole", EVERYWHERE, label.removeprefix(_AGGREGATES))
                    roles.setdefault(aggregated, []).extend(roles[key])
        elif each.get("kind") in ("RoleBinding", "ClusterRoleBinding"):
            bindings.append(each)
    found = [*_rules_at(_built_in("everyone"), EVERYWHERE)]
    for each in bindings:
        if subjects and not any(_is_one(subject, subjects) for subject in _dicts(each.get("subjects"))):
            continue
        kind, name = str(_of(each, "roleRef").get("kind", "")), str(_of(each, "roleRef").get("name", ""))
        place = EVERYWHERE if each["kind"] == "ClusterRoleBinding" else str(_of(each, "metadata").get("namespace", ""))
        found += _rules_at(roles.get((kind, place if kind == "Role" else EVERYWHERE, name), ()), place)
    if not bindings:
        found += [rule for key in own for rule in _rules_at(roles[key], key[1])]
    return tuple(found)


def built_in_rules(name: str) -> tuple[RbacRule, ...]:
    """Return the rules of the role `name`, one of `BUILT_IN`, that hold in the whole cluster."""
    return tuple(_rules_at((*_built_in("everyone"), *_built_in(name)), EVERYWHERE))


def is_rbac(manifest: object) -> bool:
    """Return whether `manifest` is a role or binds one."""
    return isinstance(manifest, dict) and manifest.get("kind") in (
        "Role",
        "ClusterRole",
        "RoleBinding",
        "ClusterRoleBinding",
        "List",
    )


def _table() -> Any:
    return package_yaml("opsbook.rights", "built_in_roles.yml").tree


def _built_in(name: str) -> Sequence[Mapping[str, Any]]:
    table = _table()
    return [rule for each in (name, *table["includes"].get(name, ())) for rule in table["roles"][each]]


def _objects(manifests: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for each in manifests:
        if each.get("kind") == "List":
            yield from _dicts(each.get("items"))
        else:
            yield each


def _is_one(subject: Mapping[str, Any], subjects: Collection[str]) -> bool:
    name = str(subject.get("name", ""))
    return name in subjects or f"{subject.get('namespace', '')}/{name}" in subjects


def _rules_at(rules: Iterable[Mapping[str, Any]], namespace: str) -> Iterator[RbacRule]:
    for rule in rules:
        yield RbacRule(
            namespace,
            _texts(rule, "apiGroups"),
            _texts(rule, "resources"),
            _texts(rule, "verbs"),
            _texts(rule, "resourceNames"),
            tuple(sorted(_texts(rule, "nonResourceURLs"))),
        )


def _texts(rule: Mapping[str, Any], key: str) -> frozenset[str]:
    value = rule.get(key)
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _of(manifest: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    found: Any = manifest
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _dicts(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
