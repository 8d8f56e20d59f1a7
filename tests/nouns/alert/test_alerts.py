from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from commands import run_command
from external_programs import program
from opsbook.nouns.alert.alert_problems import lint_rules, report_problems
from opsbook.nouns.alert.alerts import AlertReport, report
from opsbook.nouns.alert.annotations import write_annotations
from opsbook.nouns.alert.collection import RunbookPage, foreign_pages, own_pages, parse_foreign_runbook
from opsbook.nouns.alert.rules import RuleFile, parse_rules, read_rules
from opsbook.nouns.runbook.load import parse_runbook

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "rules" / "helm-template.yaml"
BASE = "https://handbook.example.com"
RUNBOOK = (FOLDER.parent / "runbook" / "broken" / "whole.md").read_text("utf-8").replace("id: whole", "id: orders-slow")


def own() -> tuple[RunbookPage, ...]:
    source, _ = parse_runbook(RUNBOOK, "runbooks/orders-slow.md")
    assert source is not None
    return own_pages([source])


def rules(*alerts: str) -> RuleFile:
    return parse_rules("groups:\n- name: g\n  rules:\n" + "".join(alerts), "r.yml")


def alert(name: str, url: str | None = None, expr: str = "up == 0") -> str:
    annotations = f"    annotations:\n      runbook_url: {url}\n" if url else ""
    return f"  - alert: {name}\n    expr: {expr}\n{annotations}"


def statuses(found: AlertReport) -> dict[str, str]:
    return {judged.alert.name: judged.status.value for judged in found.alerts}


def page(relative: str, text: str = "") -> RunbookPage:
    return parse_foreign_runbook(text, f"books/{relative}", relative)


def test_every_way_in_which_an_alert_stands_with_its_runbook() -> None:
    file = rules(
        alert("OrdersSlow", f"{BASE}/alerts/OrdersSlow/?namespace=x"),
        alert("ByRunbook", f"{BASE}/runbooks/orders-slow/#restart"),
        alert("DeadPage", f"{BASE}/runbooks/orders-gone/"),
        alert("DeadStep", f"{BASE}/runbooks/orders-slow/#gone"),
        alert("Elsewhere", "https://wiki.example.org/x"),
        alert("Missing"),
        alert("'{{ x }}Odd'"),
    )
    assert statuses(report([file], own(), base=BASE)) == {
        "OrdersSlow": "linked",
        "ByRunbook": "linked",
        "DeadPage": "dead",
        "DeadStep": "dead",
        "Elsewhere": "elsewhere",
        "Missing": "missing",
        "{{ x }}Odd": "unknown",
    }
    assert statuses(report([rules(alert("OrdersSlow"))], own(), base=BASE)) == {"OrdersSlow": "unlinked"}


def test_the_problems_stand_where_the_mistake_is() -> None:
    file = rules(alert("Missing"), alert("Dead", f"{BASE}/alerts/Gone/"), alert("OrdersSlow"))
    assert [str(problem) for problem in report_problems(report([file], own(), base=BASE))] == [
        "r.yml:4:12: no runbook is for the alert `Missing`; name it under `alerts` of one, or link to one",
        f"r.yml:9:20: `{BASE}/alerts/Gone/` leads to no runbook",
        "r.yml:10:12: warning: `OrdersSlow` does not link to its runbook, runbooks/orders-slow.md; the right link is"
        f" `{BASE}/alerts/OrdersSlow/?namespace={{{{ $labels.namespace | urlquery }}}}`",
    ]


def test_a_runbook_whose_alert_is_gone_is_named_at_the_alert() -> None:
    found = report([rules(alert("Other", f"{BASE}/runbooks/orders-slow/"))], own(), base=BASE)
    assert [(o.alert.name, o.alert.line, o.alert.column) for o in found.orphans] == [("OrdersSlow", 5, 10)]
    assert report([], own(), known={"OrdersSlow"}).orphans == ()


def test_the_base_of_a_foreign_collection_is_found_from_the_links_that_work() -> None:
    books = (
        page("kubernetes/PodLost.md", "---\ntitle: Pod Lost\n---\n\n# PodLost\n\n## Meaning\n"),
        page("kubernetes/_index.md", "---\ntitle: Kubernetes\n---\n"),
        page("kubernetes/NodeLost.md", "# NodeLost\n\n## Meaning\n"),
        page("howto/PostgreSQL.md", "# How to use PostgreSQL\n\ntext\n"),
    )
    base = "https://books.example.org/runbooks"
    file = rules(
        alert("PodLost", f"{base}/kubernetes/podlost"),
        alert("QueueLost", f"{base}/kubernetes/queuelost/"),
        alert("Elsewhere", "https://books.example.org/other/kubernetes"),
        alert("Section", f"{base}/kubernetes/"),
    )
    found = report([file], books)
    assert statuses(found) == {"PodLost": "linked", "QueueLost": "dead", "Elsewhere": "elsewhere", "Section": "linked"}
    assert [o.alert.name for o in found.orphans] == ["NodeLost"]


def test_one_page_with_a_heading_an_alert_is_judged_by_its_anchors() -> None:
    book = page("runbook.md", '# Alerts\n\n##### Alert Name: "PodLost"\n\ntext\n\n### Alert Name: NodeLost\n')
    base = "https://git.example.org/mixin/tree/master/runbook.md"
    file = rules(alert("PodLost", f'"{base}#alert-name-podlost"'), alert("QueueLost", f'"{base}#alert-name-queuelost"'))
    found = report([file], [book])
    assert statuses(found) == {"PodLost": "linked", "QueueLost": "dead"}
    assert [o.alert.name for o in found.orphans] == ["NodeLost"]


def test_a_template_whose_address_is_a_value_is_judged_by_what_follows_it() -> None:
    books = (page("shop/OrdersDown.md", "## Meaning\n"), page("shop/QueueDeep.md", "## Meaning\n"))
    found = report([read_rules(TEMPLATE, "t.yaml")], books)
    assert list(statuses(found).values()) == ["linked", "dead", "unknown", "missing", "linked"]


def test_links_carry_the_labels_that_the_alert_has() -> None:
    file = rules(
        alert("OrdersSlow", expr="sum by (service) (up) == 0"),
        alert("OrdersSlow", expr="sum by (namespace) (up) == 0"),
        "  - alert: OrdersSlow\n    expr: up == 0\n    labels: {namespace: a b}\n",
    )
    assert [judged.annotation for judged in report([file], own(), base=f"{BASE}/").alerts] == [
        f"{BASE}/alerts/OrdersSlow/",
        f"{BASE}/alerts/OrdersSlow/?namespace={{{{ $labels.namespace | urlquery }}}}",
        f"{BASE}/alerts/OrdersSlow/?namespace=a+b",
    ]


def written(text: str, url: str = "https://h.example/alerts/A/?x={{ $labels.x | urlquery }}") -> tuple[str, int]:
    file = parse_rules(text, "w.yml")
    new, left = write_annotations(file, dict.fromkeys(file.alerts, url))
    once_more = parse_rules(new, "w.yml")
    assert write_annotations(once_more, dict.fromkeys(once_more.alerts, url))[0] == new
    return new, len(left)


URL = "'https://h.example/alerts/A/?x={{ $labels.x | urlquery }}'"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "- rules:\n  - alert: A # odd  \n    expr: x\n    annotations:\n      # why\n      summary: 'a'\n",
            f"- rules:\n  - alert: A # odd  \n    expr: x\n    annotations:\n      runbook_url: {URL}\n"
            "      # why\n      summary: 'a'\n",
        ),
        (
            "- alert: A\n  expr: |\n    x\n\n\n  for: 5m\n",
            f"- alert: A\n  annotations:\n    runbook_url: {URL}\n  expr: |\n    x\n\n\n  for: 5m\n",
        ),
        (
            '- alert: A\n  annotations:\n    runbook_url: "old"   # keep\n    z: 1\n  expr: x\n',
            f"- alert: A\n  annotations:\n    runbook_url: {URL}   # keep\n    z: 1\n  expr: x\n",
        ),
        (
            "- alert: A\n  annotations:\n    runbook_url: >-\n      https://old\n      .org\n\n    z: 1\n  expr: x\n",
            f"- alert: A\n  annotations:\n    runbook_url: {URL}\n\n    z: 1\n  expr: x\n",
        ),
        (
            "- alert: A\n  annotations:\n    runbook_url:\n    z: 1\n  expr: x\n",
            f"- alert: A\n  annotations:\n    runbook_url: {URL}\n    z: 1\n  expr: x\n",
        ),
        (
            "- alert: A\n  annotations: {summary: s}\n  expr: x\n",
            f"- alert: A\n  annotations: {{runbook_url: {URL}, summary: s}}\n  expr: x\n",
        ),
        (
            "\ufeff- alert: A\r\n  expr: 'é'\r\n  annotations:\r\n    summary: s\r\n",
            f"\ufeff- alert: A\r\n  expr: 'é'\r\n  annotations:\r\n    runbook_url: {URL}\r\n    summary: s\r\n",
        ),
    ],
    ids=["comments", "no annotations", "quoted", "folded", "empty", "flow", "windows"],
)  # fmt: skip
def test_writing_changes_the_annotation_and_no_other_byte(before: str, after: str) -> None:
    assert written(before) == (after, 0)


@pytest.mark.parametrize(
    "text",
    [
        "c: &c {summary: s}\nr:\n- {alert: A, expr: x}\n",
        "r:\n- alert: A\n  expr: x\n  annotations: &c\n    summary: s\n- alert: B\n  expr: x\n  annotations: *c\n",
        "u: &u old\nr:\n- alert: A\n  expr: x\n  annotations:\n    runbook_url: *u\n",
    ],
    ids=["one line", "shared annotations", "shared text"],
)
def test_what_would_change_something_else_is_not_written(text: str) -> None:
    assert written(text) == (text, len(parse_rules(text, "w.yml").alerts))


def test_a_template_keeps_its_actions_and_escapes_those_of_prometheus() -> None:
    file = read_rules(TEMPLATE, "t.yaml")
    url = "https://h.example/alerts/OrdersDown/?namespace={{ $labels.namespace | urlquery }}"
    new, left = write_annotations(file, {file.alerts[0]: url, file.alerts[3]: url})
    assert left == ()
    removed = set(file.text.splitlines()) - set(new.splitlines())
    added = [line for line in new.splitlines() if line not in file.text.splitlines()]
    escaped = "'https://h.example/alerts/OrdersDown/?namespace={{`{{ $labels.namespace | urlquery }}`}}'"
    assert removed == {"        runbook_url: {{ .Values.rules.runbookUrl }}/shop/ordersdown"}
    assert added == [f"        runbook_url: {escaped}"] * 2


def opsbook(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", "alerts", *arguments, folder=cwd)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "orders-slow.md").write_text(RUNBOOK, "utf-8")
    text = "groups:\n- name: g\n  rules:\n" + alert("OrdersSlow") + alert("Missing")
    (tmp_path / "rules.yml").write_text(text, "utf-8")
    return tmp_path


def test_the_command_reports_with_positions_and_exits_with_1(repository: Path) -> None:
    done = opsbook("rules.yml", "--base", BASE, cwd=repository)
    assert done.returncode == 1
    assert done.stderr.startswith("rules.yml:6:12: no runbook is for the alert `Missing`;")
    assert done.stdout.endswith("0 orphaned, 0 unreadable\n")


def test_the_command_reports_as_json_with_braces_as_they_went_in(repository: Path) -> None:
    done = opsbook("rules.yml", str(TEMPLATE), "--base", BASE, "--json", cwd=repository)
    tree = json.loads(done.stdout)
    assert tree["summary"]["alerts"] == 7
    assert tree["summary"]["missing"] == 2
    first = tree["alerts"][0]
    assert (first["name"], first["status"], first["line"], first["column"]) == ("OrdersSlow", "unlinked", 4, 12)
    assert first["annotation"] == f"{BASE}/alerts/OrdersSlow/?namespace={{{{ $labels.namespace | urlquery }}}}"
    assert tree["alerts"][2]["severity"] == '{{ dig "OrdersDown" "severity" "critical" .Values.customRules }}'


def test_the_command_writes_links_that_prometheus_accepts(repository: Path) -> None:
    done = opsbook("rules.yml", "--base", BASE, "--write", cwd=repository)
    assert (done.returncode, done.stdout) == (1, "rules.yml: written\n")
    assert done.stderr == "rules.yml:6:12: no link: no runbook is for the alert `Missing`\n"
    subprocess.run(
        [program("promtool"), "check", "rules", "rules.yml"], cwd=repository, check=True, capture_output=True
    )
    done = opsbook("rules.yml", "--base", BASE, cwd=repository)
    assert "1 linked, 0 unlinked" in done.stdout


def test_a_file_that_cannot_be_read_does_not_hide_the_others(repository: Path) -> None:
    (repository / "bad.yml").write_text("- alert: A\n expr: [\n", "utf-8")
    done = opsbook(".", "--base", BASE, cwd=repository)
    assert "bad.yml:2:2: holds alerts, but is not valid YAML" in done.stderr
    assert "rules.yml:6:12: no runbook is for the alert `Missing`" in done.stderr


def test_links_need_an_address(repository: Path) -> None:
    done = opsbook("rules.yml", "--write", cwd=repository)
    assert done.returncode == 2
    assert "give it with --base" in done.stderr


@pytest.mark.parametrize(
    ("settings", "root", "meant"),
    [
        ("site_url: https://ops.example.org/\nplugins: [search, mike]", "https://ops.example.org", "latest"),
        ("plugins: [{mike: {canonical_version: stable}}]", "https://ops.example.org/", "stable"),
        ("site_url: https://o.example/docs\nextra: {version: {provider: mike}}", "https://o.example/docs/", "latest"),
        ("site_url: https://o.example/\nplugins: {mike: {deploy_prefix: a/b}}", "https://o.example/a/b", "latest"),
        ("INHERIT: base.yml", "https://base.example", "latest"),
    ],
)
def test_links_to_a_site_with_versions_need_the_alias(settings: str, root: str, meant: str, repository: Path) -> None:
    (repository / "base.yml").write_text("site_url: https://base.example/\nplugins: [mike]\n", "utf-8")
    (repository / "mkdocs.yml").write_text(f"site_name: x\n{settings}\n", "utf-8")
    before = (repository / "rules.yml").read_text("utf-8")
    done = opsbook("rules.yml", "--base", root, "--write", cwd=repository)
    alias = f"{root.rstrip('/')}/{meant}/"
    assert done.returncode == 2
    assert f"below `{root}`; name the alias, such as --base {alias}" in " ".join(done.stderr.split())
    assert (repository / "rules.yml").read_text("utf-8") == before
    assert opsbook("rules.yml", "--base", alias, "--exclude", "Missing", "--write", cwd=repository).returncode == 0
    assert f"runbook_url: '{alias}alerts/OrdersSlow/?" in (repository / "rules.yml").read_text("utf-8")


def test_a_link_without_an_alias_is_dead_on_a_site_with_versions(repository: Path) -> None:
    versioned = "site_name: x\nsite_url: https://ops.example.org/\nplugins: [mike]\n"
    (repository / "mkdocs.yml").write_text(versioned, "utf-8")
    url = "https://ops.example.org/alerts/OrdersSlow/"
    (repository / "rules.yml").write_text(f"groups:\n- name: g\n  rules:\n{alert('OrdersSlow', url)}", "utf-8")
    dead = f"`{url}` leads to no runbook, since mike publishes each version below an alias, such as"
    done = opsbook("rules.yml", cwd=repository)
    assert done.returncode == 1
    assert f"{dead} `https://ops.example.org/latest/`" in done.stderr
    done = opsbook("rules.yml", "--base", "https://ops.example.org/latest", cwd=repository)
    assert done.returncode == 1
    assert "; the right link is `https://ops.example.org/latest/alerts/OrdersSlow/?" in done.stderr
    assert opsbook("rules.yml", "--base", "https://ops.example.org/latest", "--write", cwd=repository).returncode == 0
    assert opsbook("rules.yml", cwd=repository).returncode == 0


def test_a_link_names_the_alert_as_its_runbook_does() -> None:
    file = rules(
        alert("orders-slow"), alert("ByRunbook", f"{BASE}/runbooks/orders-slow/"), alert("'{{ x }}OrdersSlow'")
    )
    labels = "?namespace={{ $labels.namespace | urlquery }}"
    assert [judged.annotation for judged in report([file], own(), base=BASE).alerts] == [
        f"{BASE}/alerts/OrdersSlow/{labels}",
        f"{BASE}/runbooks/orders-slow/",
        f"{BASE}/runbooks/orders-slow/{labels}",
    ]


def test_a_misspelt_upstream_alert_is_seen(tmp_path: Path) -> None:
    (tmp_path / "upstream").mkdir()
    lists = "source: https://example.org/rules\nversion: '1'\nalerts: [OrdersSlowly]\n"
    (tmp_path / "upstream" / "a.yml").write_text(lists, "utf-8")
    source, _ = parse_runbook(RUNBOOK, "runbooks/orders-slow.md")
    assert source is not None
    assert [str(problem) for problem in lint_rules((), tmp_path, "rules", [source])] == [
        "runbooks/orders-slow.md:5:10: no rule has the alert `OrdersSlow` any more"
    ]
    (tmp_path / "upstream" / "a.yml").write_text(lists.replace("OrdersSlowly", "OrdersSlow"), "utf-8")
    assert lint_rules((), tmp_path, "rules", [source]) == ()


def test_a_folder_of_anybodys_pages_is_a_collection(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "PodLost.md").write_text("# PodLost\n\n```\nnever closed\n", "utf-8")
    (tmp_path / "a" / "binary.md").write_bytes(b"\xff\xfe")
    (found,), problems = foreign_pages(tmp_path, "books")
    assert [str(problem) for problem in problems] == [
        "books/a/binary.md:1:1: this is UTF-16; save the file as UTF-8",
    ]
    assert (found.path, found.routes, [named.name for named in found.alerts]) == (
        "books/a/PodLost.md",
        ("a/podlost",),
        ["PodLost"],
    )
