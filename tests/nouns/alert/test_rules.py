from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.nouns.alert.helm import mask_actions
from opsbook.nouns.alert.rules import RuleFile, parse_rules, read_rules, rule_paths
from opsbook.problems import ProblemsError

TEMPLATE = Path(__file__).parent / "rules" / "helm-template.yaml"


def places(file: RuleFile) -> list[tuple[str, int, int, str | None, str | None]]:
    return [(a.name, a.span.line, a.span.column, a.severity, a.url) for a in file.alerts]


def test_a_rule_file_is_read_with_positions() -> None:
    file = parse_rules(
        "groups:\n"
        "- name: a\n"
        "  rules:\n"
        "  - record: x:y\n    expr: sum(y)\n"
        "  - alert: Down\n    expr: up == 0\n    labels: {severity: critical}\n"
        "    annotations:\n      runbook_url: 'https://x.example/Down'\n",
        "a.yml",
    )
    assert places(file) == [("Down", 6, 12, "critical", "https://x.example/Down")]
    span = file.alerts[0].url_span
    assert span is not None
    assert (span.line, span.column, file.text[span.start : span.end]) == (10, 20, "'https://x.example/Down'")


def test_manifests_lists_and_several_documents_are_read() -> None:
    rule = "{alert: A%d, expr: 'up == 0', annotations: {runbook_url: 'https://x.example/%d'}}"
    text = (
        f"apiVersion: monitoring.coreos.com/v1\nspec: {{groups: [{{rules: [{rule % (1, 1)}]}}]}}\n"
        f"---\nkind: List\nitems:\n- kind: PrometheusRule\n  spec: {{groups: [{{rules: [{rule % (2, 2)}]}}]}}\n"
        f"---\n# nothing\n---\nvalues:\n  additional:\n    groups:\n    - rules:\n      - {rule % (3, 3)}\n"
    )
    assert [alert.name for alert in parse_rules(text, "m.yml").alerts] == ["A1", "A2", "A3"]


def test_a_rule_file_inside_a_config_map_keeps_its_positions() -> None:
    text = (
        "kind: ConfigMap\ndata:\n  alerts.yml: |\n    groups:\n    - name: a\n      rules:\n"
        "      - alert: Down\n        expr: up == 0\n        annotations:\n          runbook_url: https://x.example/é\n"
        "  other: text\n"
    )
    file = parse_rules(text, "c.yml")
    assert places(file) == [("Down", 7, 16, None, "https://x.example/é")]
    span = file.alerts[0].url_span
    assert span is not None
    assert text[span.start : span.end] == "https://x.example/é"


def test_anchors_merge_keys_and_unknown_tags_are_read() -> None:
    text = (
        "common: &common {severity: warning, team: a}\n"
        "groups:\n- rules:\n"
        "  - &first {alert: A, expr: x, labels: {<<: *common, team: b}, annotations: !Custom {runbook_url: u}}\n"
        "  - {alert: B, expr: x, labels: *common}\n"
        "  - {<<: *first, alert: C}\n"
        "  - *first\n"
    )
    alerts = parse_rules(text, "a.yml").alerts
    assert [(a.name, a.labels, a.url) for a in alerts] == [
        ("A", {"severity": "warning", "team": "b"}, "u"),
        ("B", {"severity": "warning", "team": "a"}, None),
        ("C", {"severity": "warning", "team": "b"}, "u"),
    ]


def test_alerts_inside_a_helm_template_are_read_where_they_stand() -> None:
    file = read_rules(TEMPLATE, "t.yaml")
    assert file.is_template
    url = "{{ .Values.rules.runbookUrl }}"
    severity = '{{ dig "OrdersDown" "severity" "critical" .Values.customRules }}'
    assert places(file) == [
        ("OrdersDown", 22, 14, severity, f"{url}/shop/ordersdown"),
        ("OrdersSlow", 40, 14, None, f"{url}/shop/gone"),
        ("{{ .Values.rules.prefix }}OrdersOdd", 45, 14, None, None),
        ("OrdersQuiet", 47, 14, None, None),
        ("QueueDeep", 50, 14, None, "{{ $.Values.rules.runbookUrl }}/shop/queuedeep"),
    ]  # fmt: skip


def test_text_of_a_template_is_given_as_it_was_written() -> None:
    annotations = read_rules(TEMPLATE, "t.yaml").alerts[0].annotations
    assert (
        annotations["description"]
        == "Orders at {{`{{`}} $labels.namespace {{`}}`}}/{{`{{`}} $labels.pod{{`}}`}} is down."
    )
    assert annotations["summary"] == '{{ "{{" }} $value {{ "}}" }} is down.'


def test_a_masked_template_has_every_character_at_its_place() -> None:
    text = TEMPLATE.read_text("utf-8")
    masked = mask_actions(text)
    assert len(masked.text) == len(text)
    assert [i for i, c in enumerate(masked.text) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    kept = "".join(a if a == b else " " for a, b in zip(masked.text, text, strict=True))
    assert "{{" not in masked.text.replace("{{ }}", "")
    assert "alert: OrdersDown" in kept
    assert masked.restore("no action") == "no action"


def test_a_file_that_seems_to_hold_alerts_and_cannot_be_read_is_a_problem() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_rules("groups:\n- rules:\n  - alert: A\n   expr: x\n", "bad.yml")
    assert str(caught.value) == (
        "bad.yml:4:4: holds alerts, but is not valid YAML: expected <block end>, but found '<block mapping start>'"
    )


def test_a_file_without_alerts_is_left_alone_whatever_it_is() -> None:
    assert parse_rules("{{ not yaml\n\t- : :", "x.yml").alerts == ()
    assert parse_rules("alert: [not, a, rule]\n", "x.yml").alerts == ()


BOMB = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))


@pytest.mark.parametrize(
    "hostile",
    [f"{BOMB}x: {{alert: [], expr: 1}}\n", "alert: &a {alert: *a, expr: *a}\n"],
    ids=["bomb", "circle"],
)
def test_hostile_files_end_without_an_alert(hostile: str) -> None:
    assert parse_rules(hostile, "h.yml").alerts == ()


@pytest.mark.parametrize("deep", ["[" * 5000, "{{" * 50_000 + '"}}'])
def test_a_file_that_is_nested_too_deep_is_a_problem(deep: str) -> None:
    with pytest.raises(ProblemsError, match="nested too deep"):
        parse_rules(f"alert: x\nexpr: {deep}", "h.yml")


def test_a_folder_is_searched_and_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("x")
    folder = tmp_path / "rules"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.yaml").write_text("x")
    (folder / "readme.md").write_text("x")
    (folder / "link.yml").symlink_to(outside)
    assert list(rule_paths(folder)) == [folder / "deep" / "a.yaml"]


def test_an_escape_that_stands_for_no_character_is_told_with_its_place() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_rules('groups:\n- rules:\n  - alert: "\\UFFFFFFFF"\n    expr: up\n', "a.yml")
    message = "holds alerts, but is not valid YAML: this escape stands for no character; use single quotes"
    assert [str(problem) for problem in caught.value.problems] == [f"a.yml:3:15: {message}"]


def test_a_rule_of_grafana_is_read_with_its_query_and_a_recording_one_is_not() -> None:
    (found,) = read_rules(TEMPLATE.with_name("grafana-provisioning.yaml"), "g.yaml").alerts
    assert (found.name, found.span.line, found.severity) == ("Cart down", 9, "critical")
    assert (found.url, found.url_span and found.url_span.line) == ("https://ops.example.com/cart-down", 30)
    assert found.expression == 'sum by (namespace, pod) (up{job="cart"})'


def test_a_large_file_without_alerts_is_left_alone_and_one_with_alerts_is_told(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_text('{"panels": ["' + "alerting " * 200_000 + '"]}', "utf-8")
    assert read_rules(file, "large.json").alerts == ()
    file.write_text('{"a": "' + "x" * 1_100_000 + '", "alert": "A", "expr": "up"}', "utf-8")
    with pytest.raises(ProblemsError, match=r"^large\.json: larger than 1024 KiB; split it$"):
        read_rules(file, "large.json")
