"""`never-fires`, `metric-type` and `silent-alert`: what a rule asks of its metrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content import metric_type, never_fires, silent_alert
from opsbook.content.model import ContentCheck

FILE = "runbooks/rules/shop.yml"


def rule(expression: str, kind: str = "alert", name: str = "Down", severity: str = "critical") -> str:
    lines = expression.replace("\n", "\n          ")
    return f"      - {kind}: {name}\n        labels: {{severity: {severity}}}\n        expr: |\n          {lines}\n"


def told(check: ContentCheck, root: Path, *rules: str, **files: str) -> list[str]:
    """What is said of the rules, without their places in the file."""
    text = "groups:\n  - name: shop\n    rules:\n" + "".join(rules)
    found = found_by(check, root, {FILE: text, **{f"docs/{name}.md": page for name, page in files.items()}})
    return [line.split(": ", 1)[1] for line in found]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("count(up == 0) == 0", "its left side gives 1 to any number, and nothing where there is no series"),
        ("count(up{job='cart'}) < 1", "its left side gives 1 to any number, and nothing where there is no series"),
        ("absent(up) == 0", "its left side gives 1, and nothing where there is no series"),
        ("up > 1", "its left side gives 0 to 1, and nothing where there is no series"),
        ("sum(rate(http_requests_total[5m])) < 0", "its left side gives 0 to any number, and nothing where"),
        ("probe_success * 100 > 200", "its left side gives 0 to 100, and nothing where there is no series"),
        ("vector(0) == 1", "its left side gives 0, and nothing where there is no series"),
        ("clamp_max(queue_length, 5) > 10", "its left side gives -any number to 5, and nothing where"),
        ("sum(up == 0) > 0", "its left side gives 0, and nothing where there is no series"),
        ("hour() >= 24", "its left side gives 0 to 23, and nothing where there is no series"),
        ("(queue_length > 5) < 3", "its left side gives 5 to any number, and nothing where there is no series"),
    ],
)
def test_an_alert_on_a_number_that_never_comes_is_told(tmp_path: Path, expression: str, why: str) -> None:
    (said,) = told(never_fires.CHECK, tmp_path, rule(expression))
    assert said.startswith("`Down` cannot fire: `")
    assert f"is never true; {why}" in said


def unlike(left: str, right: str) -> str:
    label = left.split("=")[0]
    ways = f"write `ignoring ({label})`, or `on (…)` with the labels that both have"
    return f"series with `{left}` meet none with `{right}`; {ways}"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (
            'up{job="cart", job="orders"} == 0',
            'no series has `job="cart"` and `job="orders"` at once; take one of them, or `job=~`',
        ),
        (
            'count(up == 0) > 0 and on () queue_length{queue="a", queue="b"} > 5',
            'no series has `queue="a"` and `queue="b"` at once; take one of them, or `queue=~`',
        ),
        (
            'errors{code="500"} / errors{code="200"} > 0.1',
            unlike('code="500"', 'code="200"'),
        ),
        (
            'rate(a_total{job="x"}[5m]) > 0 and rate(b_total{job="y"}[5m]) > 0',
            unlike('job="x"', 'job="y"'),
        ),
        (
            'a{job="x"} == on (job) b{job="y"}',
            unlike('job="x"', 'job="y"'),
        ),
    ],
)
def test_an_alert_on_labels_that_contradict_is_told(tmp_path: Path, expression: str, said: str) -> None:
    assert told(never_fires.CHECK, tmp_path, rule(expression)) == [f"`Down` cannot fire: {said}"]


@pytest.mark.parametrize(
    "expression",
    [
        "up == 0",
        "absent(up)",
        "absent(up) == 1",
        "count(up == 0) > 0",
        "count(up == 0) >= 1 or vector(0) > 1",
        "sum(up) < 1",
        "time() - last_run_timestamp_seconds > 3600",
        "queue_length > 5 < 10",
        "queue_length > bool 5",
        'errors{code="500"} / ignoring (code) errors{code="200"} > 0.1',
        'sum(errors{code="500"}) / sum(errors{code="200"}) > 0.1',
        'up{job="x"} == 0 unless on () up{job="y"} == 0',
        'up{job="x"} == 0 unless up{job="y"} > 1',
        'up{job="x", job!="y"} == 0',
        "predict_linear(disk_free_bytes[6h], 3600) < 0",
        "min_over_time(temperature_celsius[5m]) < -5",
        "day_of_week() == 6",
        "not_parsed(",
    ],
)
def test_an_alert_that_can_fire_is_right(tmp_path: Path, expression: str) -> None:
    assert told(never_fires.CHECK, tmp_path, rule(expression)) == []


@pytest.mark.parametrize(
    ("expression", "asked", "allowed"),
    [
        (
            'kube_pod_status_phase{phase="CrashLoopBackOff"} == 1',
            "`kube_pod_status_phase` has the `phase` that is asked for, `CrashLoopBackOff`",
            "Pending, Running, Succeeded, Failed, Unknown",
        ),
        (
            'max(externalsecret_status_condition{status=~"false|unknown"}) > 0',
            "`externalsecret_status_condition` has the `status` that is asked for, `false|unknown`",
            "True, False, Unknown",
        ),
        (
            'sum(kube_node_status_condition{condition="Ready", status="False"}) > 0',
            "`kube_node_status_condition` has the `status` that is asked for, `False`",
            "true, false, unknown",
        ),
    ],
)
def test_an_alert_on_a_value_that_a_label_never_has_is_told(
    tmp_path: Path, expression: str, asked: str, allowed: str
) -> None:
    said = f"`Down` cannot fire: no series of {asked}; allowed: {allowed}"
    assert told(never_fires.CHECK, tmp_path, rule(expression)) == [said]


@pytest.mark.parametrize(
    "expression", ['kube_pod_status_phase{phase=~"Pend.+"}', 'ALERTS{alertstate!="pending"}', 'own_phase{phase="x"}']
)
def test_a_value_that_a_label_has_or_may_have_is_right(tmp_path: Path, expression: str) -> None:
    assert told(never_fires.CHECK, tmp_path, rule(expression)) == []


def test_a_query_that_gives_nothing_in_any_case_is_told_too(tmp_path: Path) -> None:
    (said,) = told(never_fires.CHECK, tmp_path, rule("count(up == 0) == 0", "record", "a:b"))
    assert said.startswith(
        "this query never gives anything: `count(up{} == 0) == 0` is never true; its left side gives 1"
    )


CODE = "# Metrics\n\n```javascript\nnew client.Gauge({ name: 'queue_depth', help: 'Waiting.' })\n```\n"
EXPOSED = "# Metrics\n\n```output\n# HELP cart_lines Lines.\n# TYPE cart_lines gauge\ncart_lines 4\n```\n"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("rate(node_memory_MemAvailable_bytes[5m]) > 0", "`rate` takes `node_memory_MemAvailable_bytes` for a counter"),
        (
            "increase(kube_deployment_status_replicas[1h]) > 3",
            "`increase` takes `kube_deployment",
        ),
        ("irate(queue_depth[5m]) > 1", "`irate` takes `queue_depth` for a counter, and it is a gauge"),
        ("increase(cart_lines[5m]) > 1", "`increase` takes `cart_lines` for a counter, and it is a gauge"),
        (
            "sum(rate(aws_billing_estimated_charges_maximum[1d])) > 5",
            "`rate` takes `aws_bi",
        ),
        ("increase(cost:dollars[1d]) > 5", "`increase` takes `cost:dollars` for a counter, and it is a gauge"),
        (
            "delta(http_requests_total[5m]) > 5",
            "`delta` takes `http_requests_total` for a gauge; it is a co",
        ),
        ("deriv(node_netstat_Tcp_RetransSegs[5m]) > 5", "`deriv` takes `node_netstat_Tcp_RetransSegs` for a gauge"),
        ("http_requests_total > 100", "`http_requests_total` is a counter and compared as it is: it grows until"),
        ("10 < sum by (job) (errors_total{job='a'})", "`errors_total` is a counter and compared as it is"),
        (
            "histogram_quantile(0.9, sum by (le) (answer_seconds_bucket)) > 1",
            "`histogram_quantile` of",
        ),
    ],
)
def test_a_function_of_the_wrong_type_is_told(tmp_path: Path, expression: str, said: str) -> None:
    recorded = rule("max(last_over_time(aws_billing_estimated_charges_maximum[12h]))", "record", "cost:dollars")
    (found,) = told(metric_type.CHECK, tmp_path, recorded, rule(expression), code=CODE, exposed=EXPOSED)
    assert found.startswith(said)


@pytest.mark.parametrize(
    "expression",
    [
        "rate(http_requests_total[5m]) > 1",
        "rate(node_netstat_Tcp_RetransSegs[5m]) > 1",
        "rate(nothing_is_known_of_this[5m]) > 1",
        "delta(node_memory_MemAvailable_bytes[5m]) < 0",
        "increase(kube_pod_container_status_restarts_total[1h]) > 3",
        "increase(requests:total[5m]) > 3",
        "histogram_quantile(0.9, sum by (le) (rate(answer_seconds_bucket[5m]))) > 1",
        "count(http_requests_total) > 5",
        "absent(http_requests_total) > 0",
        "http_requests_total == 0",
        "changes(node_boot_time_seconds[1h]) > 0",
        "max_over_time(queue_depth[5m]) - min_over_time(queue_depth[5m]) > 5",
    ],
)
def test_a_function_of_the_right_or_an_unknown_type_is_right(tmp_path: Path, expression: str) -> None:
    recorded = rule("sum by (job) (http_requests_total)", "record", "requests:total")
    assert told(metric_type.CHECK, tmp_path, recorded, rule(expression), code=CODE, exposed=EXPOSED) == []


def test_a_block_of_a_page_and_a_panel_of_a_dashboard_are_looked_at(tmp_path: Path) -> None:
    panel = '{"panels": [{"targets": [{"refId": "A", "expr": "rate(queue_depth[$__rate_interval])"}]}]}'
    scaled = "type: prometheus\nmetadata:\n  serverAddress: http://p\n  query: rate(queue_depth[5m])"
    page = (
        f"{CODE}\n```promql\nrate(queue_depth[5m])\n```\n\n```json\n{panel}\n```\n\n```yaml\n{scaled}\n```\n\n"
        "```bash\npromtool query instant http://p 'rate(queue_depth[5m])'\n```\n"
    )
    found = found_by(metric_type.CHECK, tmp_path, {"docs/page.md": page})
    assert [line.split(":")[1:3] for line in found] == [["7", "1"], ["12", "49"], ["19", "10"], ["23", "34"]]


@pytest.mark.parametrize("expression", ["redis_up == 0", "max by (job) (probe_success) < 1", "min(cart_ready) == 0"])
def test_an_urgent_alert_on_a_series_that_may_be_gone_is_told(tmp_path: Path, expression: str) -> None:
    (found,) = told(silent_alert.CHECK, tmp_path, rule(expression))
    assert found.startswith("warning: `Down` is silent when `")


@pytest.mark.parametrize(
    "rules",
    [
        (rule("redis_up == 0"), rule("absent(redis_up)", name="Gone")),
        (rule("redis_up == 0 or absent(redis_up)"),),
        (rule("redis_up == 0", severity="warning"),),
        (rule("kube_deployment_status_replicas_available{deployment='a'} == 0"),),
        (rule("up{job='redis'} == 0"),),
        (rule("redis_connected_clients > 5"),),
        (rule("redis_up == 0"), rule("kube_pod_info unless on (pod) redis_up", name="Gone")),
    ],
)
def test_an_alert_whose_absence_is_seen_or_can_wait_is_right(tmp_path: Path, rules: tuple[str, ...]) -> None:
    assert told(silent_alert.CHECK, tmp_path, *rules) == []
