"""`role-rights`: commands of runbooks against the role that follows them, and what the page says of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook_content import found_in_handbook
from opsbook.content import role_rights
from opsbook.problems import ProblemsError
from plain_runbook import PLAIN_RUNBOOK
from small_site import check, site_of, write

ROLES = """\
roles:
  - id: on-call
    title: On call
    ask: You have it.
    groups: [on-call]
    rbac: [docs/rbac.md]
    iam: [docs/rbac.md#on-call.json]
  - id: release
    title: Release
    ask: Take it by `yourself`.
    page: rbac.md
    anchor: take
    groups: [on-call, release]
    rbac: [docs/rbac.md, rbac/release.yaml]
    iam: [docs/rbac.md]
  - id: admin
    title: Admin
    ask: Call the platform team.
    rbac: [cluster-admin]
    iam: [AdministratorAccess]
  - id: security
    title: Security
    ask: Call the security team.
default_role: on-call
"""
RBAC = """\
# Roles

## Take it {#take}

```yaml title="on-call.yaml"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: on-call}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, name: on-call, apiGroup: rbac.authorization.k8s.io}]
```

```json title="on-call.json"
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "rds:Describe*", "Resource": "*"}]}
```

```json title="release.json"
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "rds:Reboot*", "Resource": "*"}]}
```
"""
RELEASE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: release, namespace: shop}
rules: [{apiGroups: [""], resources: [secrets], verbs: ["*"]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: release, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: release}
subjects: [{kind: Group, name: release, apiGroup: rbac.authorization.k8s.io}]
"""
FILES = {"services.yml": ROLES, "docs/rbac.md": RBAC, "rbac/release.yaml": RELEASE}


def runbook(command: str, text: str = "", head: str = "") -> str:
    code = f"{text}```bash {{.read}}\n{command}\n```"
    return PLAIN_RUNBOOK.replace("```bash {.read}\nkubectl get pods\n```", code).replace(
        "severity:", f"{head}severity:", 1
    )


def found(root: Path, command: str, text: str = "", head: str = "") -> list[str]:
    files = {**FILES, "runbooks/cart-down.md": runbook(command, text, head)}
    place = "runbooks/cart-down.md:"
    return [line.removeprefix(place) for line in found_in_handbook(role_rights.CHECK, root, files)]


HOW = "name that role in the step, as in code, or grant it"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            "kubectl delete pod cart-1 -n shop",
            f"25:1: `kubectl delete pod` needs `delete pods in shop`, which `on-call` lacks and `admin` has; {HOW}",
        ),
        (
            "true; helm rollback cart 3 -n shop",
            "25:7: `helm rollback cart` needs `list, get, create, update secrets in "
            f"shop`, which `on-call` lacks and `release` has; {HOW}",
        ),
        (
            "kubectl get nodes",
            f"25:1: `kubectl get nodes` needs `list nodes`, which `on-call` lacks and `admin` has; {HOW}",
        ),
        (
            "kubectl cordon node-1",
            f"25:1: `kubectl cordon node-1` needs `get, patch nodes`, which `on-call` lacks and `admin` has; {HOW}",
        ),
        (
            "kubectl exec -it cart-1 -n shop -- sh",
            "25:1: `kubectl exec cart-1` needs `create pods/exec in shop`, which "
            f"`on-call` lacks and `admin` has; {HOW}",
        ),
        (
            "kubectl get --raw /api/v1/nodes/a/proxy/stats",
            f"25:1: `kubectl get --raw` needs `get nodes/proxy`, which `on-call` lacks and `admin` has; {HOW}",
        ),
        (
            "aws rds reboot-db-instance --db-instance-identifier a",
            "25:1: `aws rds reboot-db-instance` needs "
            f"`rds:RebootDBInstance`, which `on-call` lacks and `release` has; {HOW}",
        ),
        ("kubectl get pods | xargs kubectl delete pod", "25:26: `kubectl delete pod` needs `delete pods`, which "),
    ],
)
def test_a_command_that_its_reader_may_not_run_is_told(tmp_path: Path, command: str, said: str) -> None:
    (line,) = found(tmp_path, command)
    assert line.startswith(said)


@pytest.mark.parametrize(
    ("command", "text", "head"),
    [
        ("kubectl get pods -A", "", ""),
        ("kubectl logs deployment/cart -n shop", "", ""),
        ("kubectl auth can-i list secrets", "", ""),
        ("aws rds describe-db-instances", "", ""),
        ("aws sts get-caller-identity", "", ""),
        ("aws --profile admin rds delete-db-instance", "", ""),
        ("kubectl get widgets", "", ""),
        ("helm rollback cart 3 -n shop", "Takes the role `release`.\n\n", ""),
        ("kubectl cordon node-1\nhelm history cart -n shop", "Takes `release`, then `admin`.\n\n", ""),
        ("helm rollback cart 3 -n shop", "", "role: release\n"),
        ("kubectl delete nodes --all", "", "role: security\n"),
        ("echo kubectl delete nodes --all", "", ""),
    ],
)
def test_a_command_that_its_reader_may_run_is_right(tmp_path: Path, command: str, text: str, head: str) -> None:
    assert found(tmp_path, command, text, head) == []


def test_a_role_that_the_step_names_has_to_have_the_right(tmp_path: Path) -> None:
    (line,) = found(tmp_path, "kubectl get secrets -n vault", "Takes the role `release`.\n\n")
    assert line.endswith(f"which `on-call` and `release` lack and `admin` has; {HOW}")


def test_a_handbook_without_roles_is_silent_and_one_without_a_default_asks_for_it(tmp_path: Path) -> None:
    files = {**FILES, "runbooks/cart-down.md": runbook("kubectl delete nodes --all")}
    assert found_in_handbook(role_rights.CHECK, tmp_path, {**files, "services.yml": "services: []\n"}) == []
    said = found_in_handbook(role_rights.CHECK, tmp_path, {**files, "services.yml": ROLES.rpartition("default")[0]})
    assert said == [
        "runbooks/cart-down.md:1:1: nothing says which role follows this runbook; add `role`, or `default_role` to "
        "services.yml"
    ]


def shown(command: str) -> list[str]:
    """The boxes with what the steps need, on the page of a runbook with `command`."""
    pages = site_of({**FILES, "runbooks/cart-down.md": runbook(command)}).pages
    (page,) = (page for page in pages if page.path == "runbooks/cart-down.md")
    return [" ".join(each.html.split()) for each in page.kept.values() if "ob-needs" in each.html]


def test_the_step_shows_what_it_needs_and_whom_to_ask() -> None:
    (box,) = shown("helm history cart -n shop\nkubectl get pods")
    assert box.startswith(
        '<p class="ob-needs"><strong>Needs</strong> <code>list secrets in shop</code><br> <strong>Ask</strong> <a href='
    )
    assert box.endswith('#take">Release</a>: Take it by <code>yourself</code>.</p>')
    assert shown("kubectl get pods") == []


def test_a_step_that_needs_two_roles_names_both() -> None:
    both = shown("kubectl cordon a\naws rds reboot-db-instance --db-instance-identifier b")
    assert [("Admin" in box, "Release" in box) for box in both] == [(True, False)]
    (needs,) = both
    assert "<code>get, patch nodes</code>, <code>rds:RebootDBInstance</code>" in needs


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "rbac/release.yaml]",
            "rbac/gone.yaml]",
            "services.yml:14:26: there is no file `rbac/gone.yaml`; name one of this",
        ),
        ("rbac: [docs/rbac.md]", "rbac: [../rbac.md]", "services.yml:6:12: there is no file `../rbac.md`; name one of"),
        (
            "rbac: [cluster-admin]",
            "rbac: [checklist.yml]",
            "services.yml:19:12: `checklist.yml` holds no role or binding",
        ),
        ("#on-call.json", "#gone.json", "services.yml:7:11: `docs/rbac.md#gone.json` holds no policy of IAM; name the"),
        ("default_role: on-call", "default_role: oncall", "services.yml:24:15: no role has the id `oncall`"),
        (
            "anchor: take",
            "anchor: taken",
            "services.yml:12:13: no heading of `rbac.md` has the anchor `taken`; allowed:",
        ),
        ("page: rbac.md\n    anchor", "anchor", "services.yml:11:13: an anchor is one of a `page`; name the page, or"),
    ],
)
def test_what_a_role_names_has_to_be_there(old: str, new: str, said: str) -> None:
    files = {**FILES, "services.yml": ROLES.replace(old, new), "runbooks/cart-down.md": PLAIN_RUNBOOK}
    with pytest.raises(ProblemsError) as told:
        site_of(files)
    assert [str(problem)[: len(said)] for problem in told.value.problems] == [said]


def test_a_link_that_leads_out_of_the_repository_is_no_file_of_it(tmp_path: Path) -> None:
    (root := tmp_path / "site").mkdir()
    write(root, {**FILES, "runbooks/cart-down.md": PLAIN_RUNBOOK})
    (root / "rbac").rename(tmp_path / "rbac")
    (root / "rbac").symlink_to(tmp_path / "rbac")
    code, said = check(root)
    message = "there is no file `rbac/release.yaml`; name one of this repository, from its root, or `view`"
    assert (code, [line.partition(", `edit`")[0] for line in said]) == (1, [f"services.yml:14:26: {message}"])


def test_a_manifest_that_is_no_yaml_has_its_place() -> None:
    with pytest.raises(ProblemsError, match=r"rbac/release\.yaml:2:1: not valid YAML"):
        site_of({**FILES, "rbac/release.yaml": "kind: [Role\n", "runbooks/cart-down.md": PLAIN_RUNBOOK})
