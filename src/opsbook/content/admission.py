"""Read the admission policies that the manifests of a handbook define, and tell which objects each is about.

https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opsbook.content.workloads import NAMESPACE_NAME, ClusterObject, mapping, sequence
from opsbook.snippets.yaml_tree import Path

_GROUP = "admissionregistration.k8s.io"
_EXPRESSIONS: Sequence[Path] = (("matchConditions",), ("variables",), ("validations",))
NamespaceLabels = Mapping[str, Mapping[str, object]]
"""The labels of namespaces by their names."""


@dataclass(frozen=True)
class AdmissionPolicy:
    """A ValidatingAdmissionPolicy, and the bindings that have the API server refuse what it forbids."""

    source: ClusterObject
    bindings: tuple[Mapping[str, object], ...]

    @property
    def name(self) -> str:
        """Return its name."""
        return _name(self.source)

    @property
    def spec(self) -> Mapping[str, object]:
        """Return what it consists of."""
        return mapping(self.source.value.get("spec"))

    def expressions(self) -> Iterator[tuple[Path, str]]:
        """Yield each expression with its place in the policy."""
        for (key,) in _EXPRESSIONS:
            for number, each in enumerate(sequence(self.spec.get(str(key)))):
                expression = mapping(each).get("expression")
                if isinstance(expression, str):
                    yield ("spec", key, number, "expression"), expression

    def is_about(self, judged: ClusterObject, namespaces: NamespaceLabels) -> bool:
        """Return whether the policy and one of its bindings select `judged`."""
        if self.spec.get("paramKind") or not _matches(mapping(self.spec.get("matchConstraints")), judged, namespaces):
            return False
        return any(
            _matches(mapping(binding.get("matchResources")), judged, namespaces, is_binding=True)
            for binding in self.bindings
        )


def policies(found: Sequence[ClusterObject]) -> Iterator[AdmissionPolicy]:
    """Yield the policies among `found` that have a binding which denies."""
    admission = [each for each in found if each.group_version[0] == _GROUP]
    bindings: dict[str, list[Mapping[str, object]]] = {}
    for each in admission:
        spec = mapping(each.value.get("spec"))
        if each.kind == "ValidatingAdmissionPolicyBinding" and "Deny" in sequence(spec.get("validationActions")):
            bindings.setdefault(str(spec.get("policyName", "")), []).append(spec)
    for each in admission:
        if each.kind == "ValidatingAdmissionPolicy" and (bound := bindings.get(_name(each))):
            yield AdmissionPolicy(each, tuple(bound))


def _name(source: ClusterObject) -> str:
    return str(mapping(source.value.get("metadata")).get("name", ""))


def _matches(
    resources: Mapping[str, object], judged: ClusterObject, namespaces: NamespaceLabels, *, is_binding: bool = False
) -> bool:
    """Return whether what a policy or a binding says of resources selects `judged`. A binding may leave rules out."""
    rules = sequence(resources.get("resourceRules"))
    if not any(_is_in_rule(mapping(rule), judged) for rule in rules) and (rules or not is_binding):
        return False
    if any(_is_in_rule(mapping(rule), judged) for rule in sequence(resources.get("excludeResourceRules"))):
        return False
    if not _selects(mapping(resources.get("objectSelector")), judged.labels):
        return False
    selector = mapping(resources.get("namespaceSelector"))
    return not selector or _selects_namespace(selector, judged, namespaces)


def _is_in_rule(rule: Mapping[str, object], judged: ClusterObject) -> bool:
    group, version = judged.group_version
    operations = sequence(rule.get("operations"))
    names = sequence(rule.get("resourceNames"))
    return (
        _holds(rule.get("apiGroups"), group)
        and _holds(rule.get("apiVersions"), version)
        and _holds(rule.get("resources"), resource_name(judged.kind))
        and ("CREATE" in operations or "*" in operations)
        and (not names or _name(judged) in names)
    )


def _holds(allowed: object, value: str) -> bool:
    said = sequence(allowed)
    return value in said or "*" in said


def resource_name(kind: str) -> str:
    """Return the name under which the API serves objects of `kind`.

    >>> resource_name("Deployment"), resource_name("NetworkPolicy"), resource_name("Ingress"), resource_name("Gateway")
    ('deployments', 'networkpolicies', 'ingresses', 'gateways')
    """
    name = kind.lower()
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return f"{name[:-1]}ies"
    return f"{name}es" if name.endswith(("s", "x", "ch")) else f"{name}s"


def _selects_namespace(selector: Mapping[str, object], judged: ClusterObject, namespaces: NamespaceLabels) -> bool:
    if judged.kind == "Namespace":
        return _selects(selector, {**judged.labels, NAMESPACE_NAME: _name(judged)})
    if not judged.namespace:
        return False  # It may be of the cluster as a whole; of others nobody has said where they go.
    labels = {**namespaces.get(judged.namespace, {}), NAMESPACE_NAME: judged.namespace}
    return _selects(selector, labels)


def _selects(selector: Mapping[str, object], labels: Mapping[str, object]) -> bool:
    """Return whether a label selector of Kubernetes selects `labels`; an empty one selects all."""
    exact = mapping(selector.get("matchLabels"))
    if any(labels.get(key) != value for key, value in exact.items()):
        return False
    return all(_is_met(mapping(each), labels) for each in sequence(selector.get("matchExpressions")))


def _is_met(expression: Mapping[str, object], labels: Mapping[str, object]) -> bool:
    key, values = str(expression.get("key", "")), sequence(expression.get("values"))
    has = key in labels
    is_met = {
        "In": has and labels.get(key) in values,
        "NotIn": not has or labels.get(key) not in values,
        "Exists": has,
        "DoesNotExist": not has,
    }
    return is_met.get(str(expression.get("operator")), False)
