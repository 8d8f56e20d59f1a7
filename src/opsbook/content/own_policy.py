"""Hold the manifests of a handbook to the policies that the handbook itself puts into the cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from opsbook.content.admission import AdmissionPolicy, NamespaceLabels, policies
from opsbook.content.cel import ExpressionError, NotJudgedError, NoValueError, evaluate
from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.content.pod_security import refused_fields
from opsbook.content.workloads import NAMESPACE_NAME, ClusterObject, mapping, namespace_labels, objects, sequence
from opsbook.problems import Problem

_ENFORCE = "pod-security.kubernetes.io/enforce"


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield what a Pod Security level or an admission policy of the handbook refuses."""
    found = list(objects(content))
    namespaces = namespace_labels(content)
    for each in found:
        if each.kind == "Pod" and each.group_version == ("", "v1"):
            yield from _by_level(each, namespaces)
    for policy in policies(found):
        yield from _wrong_expressions(policy)
        for each in found:
            if policy.is_about(each, namespaces):
                yield from _by_policy(policy, each, namespaces)


def _by_level(pod: ClusterObject, namespaces: NamespaceLabels) -> Iterator[Problem]:
    level = str(namespaces.get(pod.namespace, {}).get(_ENFORCE, ""))
    for below, message in refused_fields(mapping(pod.value.get("spec")), level):
        what, _, right = message.partition("; ")
        yield pod.problem(
            f"the namespace `{pod.namespace}` enforces `{level}`, which refuses {what}; {right}", ("spec", *below)
        )


def _wrong_expressions(policy: AdmissionPolicy) -> Iterator[Problem]:
    """Yield the expressions of `policy` that no API server takes."""
    for at, expression in policy.expressions():
        try:
            evaluate(expression, {})
        except ExpressionError as error:
            yield policy.source.problem(f"this expression is not valid: {error}", at)
        except (NotJudgedError, NoValueError):
            pass


def _by_policy(policy: AdmissionPolicy, judged: ClusterObject, namespaces: NamespaceLabels) -> Iterator[Problem]:
    """Yield each validation of `policy` that `judged` fails.

    Where an expression has no value, the API server may have filled in what it reads; so nothing is said then.
    """
    try:
        values = _values(policy, judged, namespaces)
        conditions = [mapping(each).get("expression") for each in sequence(policy.spec.get("matchConditions"))]
        if not all(evaluate(str(each), values) is True for each in conditions):
            return
    except (ExpressionError, NotJudgedError, NoValueError):
        return
    for validation in map(mapping, sequence(policy.spec.get("validations"))):
        try:
            is_met = evaluate(str(validation.get("expression", "")), values)
        except (ExpressionError, NotJudgedError, NoValueError):
            continue
        if is_met is False:
            said = str(validation.get("message") or validation.get("expression")).strip().rstrip(".")
            place = policy.source.problem("")
            by = f"the policy `{policy.name}` of {place.path}:{place.line}"
            yield judged.problem(f"{by} refuses this: {said}; change the one or the other")


def _values(policy: AdmissionPolicy, judged: ClusterObject, namespaces: NamespaceLabels) -> Mapping[str, object]:
    """Return what the expressions of `policy` name, for `judged`. Raises as `evaluate` does."""
    name = judged.namespace
    values: dict[str, object] = {
        "object": judged.value,
        "request": {"operation": "CREATE", "namespace": name},
        "namespaceObject": {
            "metadata": {"name": name, "labels": {**namespaces.get(name, {}), NAMESPACE_NAME: name}},
        },
        "variables": {},
    }
    variables: dict[str, object] = {}
    for each in map(mapping, sequence(policy.spec.get("variables"))):
        variables[str(each.get("name", ""))] = evaluate(str(each.get("expression", "")), values)
        values["variables"] = dict(variables)
    return values


CHECK = ContentCheck(
    name="own-policy",
    looks_at=(
        "Manifests: whether the policies that the handbook itself shows would let them in, namely the Pod Security "
        "level of their namespace and each ValidatingAdmissionPolicy with a binding that denies."
    ),
    reason="Whoever copies such a manifest is refused by the cluster that the same handbook sets up.",
    find=_find,
)
