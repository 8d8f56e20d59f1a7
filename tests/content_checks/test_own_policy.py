"""`own-policy`: manifests that the policies of the same handbook would refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content import own_policy
from opsbook.content.cel import ExpressionError, NotJudgedError, NoValueError, evaluate

NAMESPACE = """\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: {level}
"""
GOOD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec:
      securityContext:
        runAsNonRoot: true
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: cart
          image: registry.example.com/cart@sha256:0
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: {drop: [ALL]}
"""
POLICY = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: digests
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
  variables:
    - name: images
      expression: object.spec.template.spec.containers.map(each, each.image)
  validations:
    - expression: variables.images.all(image, image.contains('@sha256:'))
      message: name images by digest
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: digests
spec:
  policyName: digests
  validationActions: [Deny]
  matchResources:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
"""


def found(root: Path, *blocks: str, settings: str = "") -> list[str]:
    shown = "\n".join(f"```yaml\n{block}```\n" for block in blocks)
    files = {"docs/a.md": f"# Guide\n\n{shown}", **({".content.yml": settings} if settings else {})}
    return [line.removeprefix("docs/a.md:") for line in found_by(own_policy.CHECK, root, files)]


@pytest.mark.parametrize("level", ["privileged", "baseline", "restricted"])
def test_a_pod_that_asks_for_nothing_is_let_in_by_every_level(tmp_path: Path, level: str) -> None:
    assert found(tmp_path, NAMESPACE.format(level=level), GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("runAsNonRoot: true", "runAsNonRoot: false", "a container that may run as root; write `runAsNonRoot: true`"),
        ("seccompProfile: {type: RuntimeDefault}", "{}", "a container without a seccomp profile"),
        ("seccompProfile: {type: RuntimeDefault}", "seccompProfile: {type: Unconfined}", "`seccompProfile` of type"),
        ("allowPrivilegeEscalation: false", "privileged: false", "a container that may gain privileges"),
        ("drop: [ALL]", "drop: [NET_RAW]", "a container that keeps its capabilities"),
        ("drop: [ALL]", "drop: [ALL], add: [CHOWN]", "the capability `CHOWN`; add none but `NET_BIND_SERVICE`"),
        ("drop: [ALL]", "drop: [ALL], add: [SYS_ADMIN]", "the capability `SYS_ADMIN`; do not add it"),
        ("      containers:", "      hostNetwork: true\n      containers:", "`hostNetwork: true`; leave it out"),
        (
            "      containers:",
            "      volumes: [{name: logs, hostPath: {path: /var/log}}]\n      containers:",
            "a volume of the host (`hostPath`); mount another kind",
        ),
        (
            "      containers:",
            "      volumes: [{name: logs, nfs: {server: a, path: /b}}]\n      containers:",
            "a volume of the kind `nfs`; use a claim",
        ),
        ("runAsNonRoot: true", "runAsNonRoot: true\n        runAsUser: 0", "`runAsUser: 0`; give another number"),
        (
            "          securityContext:",
            "          ports: [{containerPort: 80, hostPort: 80}]\n          securityContext:",
            "a port of the host (`hostPort`); use a Service",
        ),
    ],
)
def test_what_the_level_of_a_namespace_refuses_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    bad = GOOD.replace(f"        {old}\n", "", 1) if new == "{}" else GOOD.replace(old, new, 1)
    (line,) = found(tmp_path, NAMESPACE.format(level="restricted"), bad)
    assert f"the namespace `shop` enforces `restricted`, which refuses {said}" in line


def test_a_lower_level_refuses_less(tmp_path: Path) -> None:
    bad = GOOD.replace("drop: [ALL]", "add: [SYS_ADMIN]").replace("runAsNonRoot: true", "runAsNonRoot: false")
    (line,) = found(tmp_path, NAMESPACE.format(level="baseline"), bad)
    assert "enforces `baseline`, which refuses the capability `SYS_ADMIN`" in line


def test_a_policy_of_the_handbook_refuses_a_manifest_of_the_handbook(tmp_path: Path) -> None:
    by_tag = GOOD.replace("@sha256:0", ":1.4")
    assert found(tmp_path, POLICY, GOOD) == []
    (line,) = found(tmp_path, POLICY, by_tag)
    assert line == (
        "31:1: the policy `digests` of docs/a.md:4 refuses this: name images by digest; change the one or the other"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("validationActions: [Deny]", "validationActions: [Warn, Audit]"),
        ("policyName: digests", "policyName: another"),
        ("kubernetes.io/metadata.name: shop", "kubernetes.io/metadata.name: elsewhere"),
        ("resources: [deployments]", "resources: [statefulsets]"),
        ("operations: [CREATE]", "operations: [DELETE]"),
        ("  variables:", "  matchConditions: [{name: a, expression: object.metadata.name == 'b'}]\n  variables:"),
    ],
)
def test_a_policy_that_does_not_apply_refuses_nothing(tmp_path: Path, old: str, new: str) -> None:
    assert found(tmp_path, POLICY.replace(old, new), GOOD.replace("@sha256:0", ":1.4")) == []


def test_a_manifest_without_a_namespace_goes_where_the_settings_say(tmp_path: Path) -> None:
    nowhere = GOOD.replace("@sha256:0", ":1.4").replace("  namespace: shop\n", "")
    assert found(tmp_path, POLICY, nowhere) == []
    assert len(found(tmp_path, POLICY, nowhere, settings="namespace: shop\n")) == 1


def test_an_expression_that_no_cluster_takes_is_told_and_one_that_only_a_cluster_takes_is_not(tmp_path: Path) -> None:
    (line,) = found(tmp_path, POLICY.replace("object.spec.template", "objct.spec.template"))
    assert line.startswith("14:19: this expression is not valid: undeclared reference to 'objct")
    of_cluster = "authorizer.group('').resource('pods').check('get').allowed()"
    assert found(tmp_path, POLICY.replace("variables.images.all(image, image.contains('@sha256:'))", of_cluster)) == []


def test_expressions_have_the_values_that_kubernetes_gives_them() -> None:
    values = {"object": {"spec": {"replicas": 2, "containers": [{"name": "a", "image": "x:1"}]}}}
    assert evaluate("object.spec.?paused.orValue(false)", values) is False
    assert evaluate("object.spec.containers.exists(c, c.image.startsWith('x:'))", values) is True
    assert evaluate("object.spec.containers[0].image.split(':')[1] == '1'", values) is True
    assert evaluate("has(object.spec.paused) || object.spec.replicas > 1", values) is True
    with pytest.raises(NoValueError):
        evaluate("object.spec.paused", values)
    with pytest.raises(NotJudgedError):
        evaluate("quantity('1Gi').isGreaterThan(quantity('1Mi'))", values)
    with pytest.raises(ExpressionError):
        evaluate("object.spec.", values)
