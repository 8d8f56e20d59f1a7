"""What the commands of the runbooks rest on: the roles that run them, the servers they reach, the laptops they run on.

The roles are the manifests in the guide on RBAC and the policy in the page on roles, read as a machine reads them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FENCE = re.compile(r"^```(?P<language>[a-z]+)(?P<rest>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^### \d+\. .*\{#([a-z0-9-]+)\}$", re.MULTILINE)
ROLES = "../docs/on-call/roles.md#"
# What the role `view` of Kubernetes shows, as far as the runbooks and the check before a shift ask for it.
VIEWED = {
    "": {"configmaps", "events", "persistentvolumeclaims", "pods", "pods/log", "resourcequotas", "services"},
    "apps": {"daemonsets", "deployments", "replicasets", "statefulsets"},
}

Manifest = dict[str, Any]


def blocks(path: Path, *languages: str) -> Iterator[tuple[str, str]]:
    """Yield the rest of the first line and the text of each block in one of the languages."""
    for found in FENCE.finditer(path.read_text("utf-8")):
        if found["language"] in languages:
            yield found["rest"], found["body"]


def bash_of(step: str) -> Iterator[tuple[str, str]]:
    """Yield the blocks of bash in the text of a step."""
    for found in FENCE.finditer(step):
        if found["language"] == "bash":
            yield found["rest"], found["body"]


def runbooks(root: Path) -> list[Path]:
    return sorted((root / "runbooks").glob("*.md"))


@pytest.fixture(scope="module")
def manifests(root: Path) -> list[Manifest]:
    guide = root / "docs" / "practices" / "kubernetes" / "kubernetes-rbac.md"
    return [each for _, body in blocks(guide, "yaml") for each in yaml.safe_load_all(body)]


def rules_for(groups: set[str], manifests: list[Manifest]) -> Iterator[tuple[str | None, Manifest]]:
    """Yield the namespace, or None for all of them, and each rule that is bound to one of the groups."""
    rules = {
        (each["kind"], each["metadata"].get("namespace"), each["metadata"]["name"]): each["rules"]
        for each in manifests
        if "rules" in each
    }
    rules["ClusterRole", None, "view"] = [
        {"apiGroups": [group], "resources": list(kinds), "verbs": ["get", "list", "watch"]}
        for group, kinds in VIEWED.items()
    ]
    for each in manifests:
        if "roleRef" in each and any(subject["name"] in groups for subject in each["subjects"]):
            namespace, role = each["metadata"].get("namespace"), each["roleRef"]
            for rule in rules[role["kind"], namespace if role["kind"] == "Role" else None, role["name"]]:
                yield namespace, rule


def may(question: str, groups: set[str], manifests: list[Manifest]) -> bool:
    """Answer a question of `kubectl auth can-i` by the manifests."""
    verb, target, *options = question.split()
    namespace = options[options.index("--namespace") + 1] if "--namespace" in options else None
    subresource = next((option.split("=")[1] for option in options if option.startswith("--subresource=")), "")
    kind, _, name = target.partition("/")
    kind, _, group = kind.partition(".")
    return any(
        bound in (None, namespace)
        and group in rule["apiGroups"]
        and "/".join(filter(None, (kind, subresource))) in rule["resources"]
        and verb in rule["verbs"]
        and name in rule.get("resourceNames", [name])
        for bound, rule in rules_for(groups, manifests)
    )


def test_the_roles_allow_what_the_guide_expects_and_no_more(root: Path, manifests: list[Manifest]) -> None:
    guide = (root / "docs" / "practices" / "kubernetes" / "kubernetes-rbac.md").read_text("utf-8")
    expected = re.findall(r"^expect (yes|no) (\S+) (.+)$", guide, re.MULTILINE)
    assert len(expected) > 20
    wrong = []
    for answer, group, question in expected:
        groups = {group, "shop-on-call"} if group == "shop-release" else {group}
        if may(question, groups, manifests) != (answer == "yes"):
            wrong.append((answer, group, question))
    assert wrong == []


def test_the_check_before_a_shift_asks_only_for_what_on_call_has(root: Path, manifests: list[Manifest]) -> None:
    page = (root / "docs" / "on-call" / "index.md").read_text("utf-8")
    asked = [line.replace('"$namespace"', "ingress") for line in re.findall(r"^ *may ([a-z].*)$", page, re.MULTILINE)]
    assert len(asked) > 15
    assert [question for question in asked if not may(question, {"shop-on-call"}, manifests)] == []


def test_nobody_on_call_reads_all_secrets_or_changes_what_runs_the_cluster(manifests: list[Manifest]) -> None:
    rules = list(rules_for({"shop-on-call"}, manifests))
    assert [rule for _, rule in rules if "secrets" in rule["resources"] and "resourceNames" not in rule] == []
    assert [rule for _, rule in rules if "*" in (*rule["resources"], *rule["verbs"], *rule["apiGroups"])] == []
    patched = {
        namespace for namespace, rule in rules if "deployments" in rule["resources"] and "patch" in rule["verbs"]
    }
    assert patched.isdisjoint({None, "kube-system", "vault", "istio-system", "external-secrets"})


def test_the_policy_of_on_call_changes_no_password_role_key_or_record(root: Path) -> None:
    (policy,) = (
        json.loads(body)
        for rest, body in blocks(root / "docs" / "on-call" / "roles.md", "json")
        if "iam/on-call.json" in rest
    )
    actions = {
        action
        for statement in policy["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    refused = {"rds:ModifyDBInstance", "elasticache:ModifyReplicationGroup", "ssm:SendCommand", "iam:PutRolePolicy"}
    assert actions.isdisjoint(refused)
    assert [action for action in actions if action.endswith(":*")] == []


def test_every_runbook_says_which_roles_it_takes(root: Path) -> None:
    silent = [path.name for path in runbooks(root) if f"({ROLES}forbidden)" not in path.read_text("utf-8")]
    assert silent == []


def test_a_step_that_takes_another_role_says_so_and_its_runbook_sums_it_up(root: Path) -> None:
    wrong = []
    for path in runbooks(root):
        text = path.read_text("utf-8")
        summary = text.rpartition("\nRoles: ")[2]
        pieces = STEP.split(text)
        for anchor, body in zip(pieces[1::2], pieces[2::2], strict=True):
            step = body.partition("\n## ")[0]
            names = re.search(r"akes? the role `(release|platform-admin|security)`\.", step)
            if re.search(r"(?<![\w/.-])helm (?:--namespace \S+ )?(?:history|rollback|upgrade|get|list|status)\b", step):
                ran = any("helm " in block for _, block in bash_of(step))
                if ran and not names:
                    wrong.append(f"{path.name}#{anchor}: helm, and no role")
            if names and f"(#{anchor})" not in summary and "every step" not in summary:
                wrong.append(f"{path.name}#{anchor}: not in the summary")
    assert wrong == []


def test_a_connection_to_a_database_names_its_port_and_checks_the_name(root: Path) -> None:
    wrong = []
    for path in runbooks(root):
        for _, body in blocks(path, "bash"):
            for connection in re.findall(r'psql "([^"]+)"', body):
                keys = dict(part.split("=", 1) for part in connection.split())
                if keys.get("hostaddr") != "127.0.0.1" or "port" not in keys or keys.get("sslmode") != "verify-full":
                    wrong.append((path.name, connection))
    assert wrong == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bdate (--|-d|-I)",
        r"\b(uniq|paste|cut|wc|xargs|env|head|tail) --[a-z]",
        r"\bsed -i(?!\.)",
        r"\bread [^\n]*-p\b",
        r"^\s*for \w+ in \$\{?\w+\}?[;\s]",
        r"\bfor (path|status|options) in ",
        r"(^|\s)# \w",
    ],
    ids=["date", "long options", "sed -i", "read -p", "split words", "names of zsh", "comments"],
)
def test_a_command_runs_on_linux_and_macos_in_bash_and_zsh(root: Path, pattern: str) -> None:
    found = [
        (path.name, line)
        for path in runbooks(root)
        for _, body in blocks(path, "bash")
        for line in body.splitlines()
        if re.search(pattern, line)
    ]
    assert found == []


def test_the_check_before_a_shift_looks_for_every_program_of_the_runbooks(root: Path) -> None:
    page = (root / "docs" / "on-call" / "index.md").read_text("utf-8")
    looked_for = set(re.search(r"^for tool in (.+); do$", page, re.MULTILINE)[1].split())  # type: ignore[index]
    system = {
        "awk",
        "base64",
        "basename",
        "cat",
        "cut",
        "date",
        "echo",
        "env",
        "grep",
        "head",
        "kill",
        "printf",
        "read",
    }
    system |= {"rm", "sed", "sleep", "sort", "tail", "tar", "test", "tr", "umask", "uniq", "wc", "xargs"}
    known = "aws|cmctl|curl|dig|helm|istioctl|jq|kubectl|openssl|psql|redis-cli|terraform|vault|timeout|python3|yq|nc"
    called = {
        program
        for path in runbooks(root)
        for _, body in blocks(path, "bash")
        for program in re.findall(rf"(?:^|[|;&(]\s*|\$\()\s*({known})\s", body, re.MULTILINE)
    }
    assert called - looked_for - system == set()


def test_a_counter_of_the_network_of_pods_leaves_out_those_that_share_the_nodes(root: Path) -> None:
    wrong = [
        (path.name, body)
        for path in (*runbooks(root), *(root / "docs" / "practices").glob("*/*.md"))
        for _, body in blocks(path, "promql")
        if "container_network_" in body and "by (namespace, pod)" in body and 'host_network="false"' not in body
    ]
    assert wrong == []


def test_every_alert_on_the_source_of_a_metric_can_tell_that_it_is_gone(root: Path) -> None:
    rules = yaml.safe_load((root / "runbooks" / "rules" / "sources.yml").read_text("utf-8"))
    text = " ".join(rule["expr"] for group in rules["groups"] for rule in group["rules"])
    watched = set(re.findall(r"absent(?:_over_time)?\(([a-z_]+)", text))
    families = {
        "probe",
        "pg",
        "redis",
        "traefik",
        "vault",
        "externalsecret",
        "certmanager",
        "rollout",
        "citadel",
        "aws",
    }
    assert families <= {name.split("_")[0] for name in watched}
