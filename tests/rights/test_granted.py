"""Which rights a role has, by its manifests and policies."""

from __future__ import annotations

from typing import Any

import pytest

from opsbook.rights.iam import is_action_allowed, policy_statements
from opsbook.rights.model import EVERYWHERE, CloudRight, KubernetesRight
from opsbook.rights.rbac import built_in_rules, rbac_rules

GROUP = [{"kind": "Group", "name": "team"}]


def role(kind: str, rules: list[dict[str, Any]], namespace: str = "") -> dict[str, Any]:
    return {"kind": kind, "metadata": {"name": "a", "namespace": namespace}, "rules": rules}


def binding(kind: str, to: str, name: str = "a", namespace: str = "") -> dict[str, Any]:
    place = {"name": "b", "namespace": namespace}
    return {"kind": kind, "metadata": place, "roleRef": {"kind": to, "name": name}, "subjects": GROUP}


PODS = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]


@pytest.mark.parametrize(
    ("manifests", "right", "has"),
    [
        (
            [role("Role", PODS, "shop"), binding("RoleBinding", "Role", namespace="shop")],
            ("get", "pods", "", "shop"),
            True,
        ),
        (
            [role("Role", PODS, "shop"), binding("RoleBinding", "Role", namespace="shop")],
            ("get", "pods", "", "x"),
            False,
        ),
        (
            [role("Role", PODS, "x"), binding("RoleBinding", "Role", namespace="shop")],
            ("get", "pods", "", "shop"),
            False,
        ),
        ([role("ClusterRole", PODS), binding("RoleBinding", "ClusterRole", namespace="shop")], ("get", "pods"), False),
        (
            [role("ClusterRole", PODS), binding("RoleBinding", "ClusterRole", namespace="s")],
            ("get", "pods", "", None),
            True,
        ),
        ([role("ClusterRole", PODS), binding("ClusterRoleBinding", "ClusterRole")], ("get", "pods"), True),
        ([role("ClusterRole", PODS), binding("ClusterRoleBinding", "ClusterRole")], ("get", "pods/log"), False),
        ([role("ClusterRole", PODS), binding("ClusterRoleBinding", "ClusterRole")], ("get", "pods", "apps"), False),
        ([role("ClusterRole", PODS)], ("get", "pods"), True),
        ([binding("ClusterRoleBinding", "ClusterRole", "view")], ("list", "deployments", "apps", "shop"), True),
        ([binding("ClusterRoleBinding", "ClusterRole", "view")], ("list", "secrets"), False),
        ([binding("ClusterRoleBinding", "ClusterRole", "view")], ("get", "/healthz"), True),
        ([binding("ClusterRoleBinding", "ClusterRole", "edit")], ("create", "pods/exec", "", "shop"), True),
        ([{"kind": "List", "items": [role("ClusterRole", PODS)]}], ("get", "pods"), True),
    ],
)
def test_a_role_has_what_is_bound_to_it_where_it_is_bound(
    manifests: list[dict[str, Any]], right: tuple[Any, ...], has: bool
) -> None:
    rules = rbac_rules(manifests, ["team"])
    assert any(rule.allows(KubernetesRight(*right)) for rule in rules) is has
    others = rbac_rules([each for each in manifests if "subjects" in each], ["others"])
    assert not any(rule.allows(KubernetesRight("get", "pods")) for rule in others)


def test_a_rule_for_one_name_gives_that_name_alone() -> None:
    rules = rbac_rules([role("ClusterRole", [{**PODS[0], "resourceNames": ["one"]}])], ())
    asked = [KubernetesRight("get", "pods", "", "shop", name) for name in ("one", "two", None, "$NAME")]
    assert [any(rule.allows(right) for rule in rules) for right in asked] == [True, False, False, True]


def test_what_is_aggregated_into_a_role_of_every_cluster_counts() -> None:
    label = {"rbac.authorization.k8s.io/aggregate-to-view": "true"}
    rules = [{"apiGroups": ["shop.example"], "resources": ["carts"], "verbs": ["get"]}]
    carts = {"kind": "ClusterRole", "metadata": {"name": "carts", "labels": label}, "rules": rules}
    found = rbac_rules([carts, binding("ClusterRoleBinding", "ClusterRole", "view")], ["team"])
    assert any(rule.allows(KubernetesRight("get", "carts", "shop.example")) for rule in found)


def test_whoever_has_all_of_the_cluster_has_every_right() -> None:
    rights = [KubernetesRight("delete", "nodes", "", EVERYWHERE), KubernetesRight("get", "/metrics")]
    rules = built_in_rules("cluster-admin")
    assert all(any(rule.allows(right) for rule in rules) for right in rights)


@pytest.mark.parametrize(
    ("statements", "has"),
    [
        ({"Effect": "Allow", "Action": "rds:Describe*", "Resource": "*"}, True),
        ([{"Effect": "Allow", "Action": ["s3:*", "RDS:describedbinstances"], "Resource": "arn:aws:rds:*"}], True),
        ([{"Effect": "Allow", "Action": "rds:Modify*", "Resource": "*"}], False),
        ([{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}], True),
        ([{"Effect": "Allow", "NotAction": "rds:*", "Resource": "*"}], False),
        ([{"Effect": "Allow", "Action": "*"}, {"Effect": "Deny", "Action": "rds:*", "Resource": "*"}], False),
        ([{"Effect": "Allow", "Action": "*"}, {"Effect": "Deny", "Action": "rds:*", "Resource": "arn:a"}], True),
        ([{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}], False),
    ],
)
def test_a_policy_allows_what_no_statement_denies(statements: object, has: bool) -> None:
    found = policy_statements([{"Version": "2012-10-17", "Statement": statements}])
    assert is_action_allowed(CloudRight("rds:DescribeDBInstances"), found) is has
