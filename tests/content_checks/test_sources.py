"""`metric-source` and `component-installed`: what is asked for is exported, installed and read by Prometheus."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content import component_installed, metric_source
from opsbook.content.metrics import known_components

HELM = (
    "```bash\nhelm repo add a https://charts.example.com\nhelm upgrade {release} {chart} --install \\\n"
    "  --namespace {release} --values {release}/values.yaml\n```\n"
)
STACK = HELM.format(release="kube-prometheus-stack", chart="prometheus-community/kube-prometheus-stack")


def yaml(text: str, title: str = "a.yaml") -> str:
    return f'```yaml title="{title}"\n{text}\n```\n'


def monitor(kind: str, name: str, spec: str = "{}") -> str:
    return yaml(f"apiVersion: monitoring.coreos.com/v1\nkind: {kind}\nmetadata:\n  name: {name}\nspec: {spec}")


def deployment(name: str, image: str) -> str:
    spec = f"{{template: {{spec: {{containers: [{{name: a, image: {image}}}]}}}}}}"
    return yaml(f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec: {spec}")


def sources(root: Path, query: str, *guide: str, **settings: str) -> list[str]:
    """What is said of a rule with `query`, and of the same query on a page, in a handbook with `guide`."""
    rule = f"groups:\n  - name: a\n    rules:\n      - alert: Down\n        expr: {query}\n"
    page = f"# Guide\n\n```promql\n{query}\n```\n\n{STACK}\n" + "\n".join(guide)
    files = {"runbooks/rules/a.yml": rule, "docs/guide.md": page}
    if settings:
        files[".content.yml"] = settings["content"]
    found = found_by(metric_source.CHECK, root, files)
    at = {"docs/guide.md:3:1: ": "page: ", "runbooks/rules/a.yml:5:15: ": "rule: "}
    return [line.replace(place, name) for line in found for place, name in at.items() if line.startswith(place)]


OWN = monitor("PodMonitor", "shop", "{selector: {matchLabels: {part-of: shop}}}")
HOW = "declare it under `components` in .content.yml"
REDIS = "`prometheus-redis-exporter`, `redis-exporter`, `redis_exporter`"
MISSING = f"the Redis exporter, which exports it, is installed nowhere here; show its installation ({REDIS}), or {HOW}"
UNREAD = f"show a monitor, a scrape job or the switch of its chart, or {HOW}"
VAULT = HELM.format(release="vault", chart="hashicorp/vault")
TRAEFIK = HELM.format(release="ingress-controller", chart="oci://ghcr.io/traefik/helm/traefik")
PROBE = (
    "{jobName: shop, prober: {url: 'blackbox:9115'}, targets: {staticConfig: {static: [https://shop.example.com/]}}}"
)
BLACKBOX = HELM.format(release="blackbox", chart="prometheus-community/prometheus-blackbox-exporter")
CLOUDWATCH = (
    deployment("cloudwatch-exporter", "prom/cloudwatch-exporter:v0.16.0"),
    monitor("ServiceMonitor", "cloudwatch"),
)
VALUES = "ingress-controller/values.yaml"
SWITCHED = TRAEFIK.replace("--values", "--set metrics.serviceMonitor.enabled=true --values")


def never_says(title: str, *words: str) -> str:
    said = " or ".join(f"`{word}`" for word in words)
    return f"the configuration of {title} never says {said}, without which there is no such metric; add it"


TELEMETRY = "```hcl\ntelemetry { unauthenticated_metrics_access = true }\n```\n"


@pytest.mark.parametrize(
    ("query", "guide", "fault"),
    [
        ("redis_up == 0", (), MISSING),
        ("redis_up == 0", (deployment("cache", "redis:8"),), MISSING),
        (
            "redis_up == 0",
            (deployment("exporter", "quay.io/oliver006/redis_exporter:v1.80.0"), monitor("ServiceMonitor", "postgres")),
            f"Prometheus does not read the Redis exporter; {UNREAD}",
        ),
        ("traefik_open_connections > 5", (TRAEFIK,), f"Prometheus does not read Traefik; {UNREAD}"),
        (
            "traefik_open_connections > 5",
            (
                TRAEFIK,
                yaml("metrics: {prometheus: {serviceMonitor: {enabled: false}}}", VALUES),
            ),
            f"Prometheus does not read Traefik; {UNREAD}",
        ),
        ("vault_core_unsealed == 0", (VAULT,), f"Prometheus does not read Vault; {UNREAD}"),
        (
            "vault_core_unsealed == 0",
            (VAULT, monitor("ServiceMonitor", "vault")),
            never_says("Vault", "unauthenticated_metrics_access", "/v1/sys/metrics"),
        ),
        (
            "aws_billing_estimated_charges_maximum > 5",
            (*CLOUDWATCH, yaml("metrics: [{aws_namespace: AWS/SQS}]")),
            never_says("the CloudWatch exporter", "AWS/Billing"),
        ),
        (
            "max(rollout_info{phase='Degraded'}) > 0",
            (),
            "Argo Rollouts, which exports it, is installed nowhere here; show its installation (`argo-rollouts`), or "
            + HOW,
        ),
    ],
)
def test_a_metric_that_nothing_gives_is_told(tmp_path: Path, query: str, guide: tuple[str, ...], fault: str) -> None:
    page, rule = sources(tmp_path, query, *guide)
    assert page.endswith(f"`: {fault}")
    assert page.startswith("page: `")
    assert rule.endswith(f"`: {fault}")
    assert rule.startswith("rule: `Down` asks for `")


def test_a_probe_has_to_ask_the_address_of_the_rule(tmp_path: Path) -> None:
    guide = (BLACKBOX, monitor("Probe", "shop", PROBE))
    assert sources(tmp_path, 'probe_success{instance="https://shop.example.com/"} == 0', *guide) == []
    page, _ = sources(tmp_path, 'probe_success{instance="https://pay.example.com/"} == 0', *guide)
    assert page == (
        "page: `probe_success` of `https://pay.example.com/`: "
        "no monitor of the blackbox exporter has it among its targets; add it"
    )


@pytest.mark.parametrize(
    ("query", "guide"),
    [
        ("kube_pod_info > 1", ()),
        ("node_load1 > 5 and on () container_memory_rss > 5", ()),
        ("up == 0", ()),
        ("redis_up == 0", (deployment("a", "quay.io/oliver006/redis_exporter"), monitor("PodMonitor", "redis"))),
        ("redis_up == 0", ("Redis is the same with `quay.io/oliver006/redis_exporter`, with the `job` `redis`.\n",)),
        ("traefik_open_connections > 5", (TRAEFIK, yaml("serviceMonitor: {enabled: true}", VALUES))),
        ("traefik_open_connections > 5", (SWITCHED,)),
        ("vault_core_unsealed == 0", (VAULT, TELEMETRY, monitor("ServiceMonitor", "vault"))),
        ("aws_billing_estimated_charges_maximum > 5", (*CLOUDWATCH, yaml("metrics: [{aws_namespace: AWS/Billing}]"))),
        ("cart_lines > 5", (OWN, "```python\nLINES = Gauge('cart_lines', 'Lines.')\n```\n")),
        ("rate(cart_seconds_bucket[5m]) > 5", (OWN, "```go\nNewHistogram(Opts{Name: \"cart_seconds\"})\n```\n")),
        ("cart:lines > 5", (yaml("groups: [{name: a, rules: [{record: 'cart:lines', expr: up}]}]"),)),
        (
            "pg_up == 0",
            (
                "```hcl\nresource \"helm_release\" \"pg\" {\n  chart = \"prometheus-postgres-exporter\"\n}\n```\n",
                yaml("scrape_configs: [{job_name: postgres, static_configs: [{targets: ['pg:9187']}]}]"),
            ),
        ),
        ("rate(coredns_forward_requests_total[5m]) > 5", ()),
    ],
)  # fmt: skip
def test_a_metric_with_a_source_is_right(tmp_path: Path, query: str, guide: tuple[str, ...]) -> None:
    assert sources(tmp_path, query, *guide) == []


def test_an_unknown_metric_is_told_as_such_and_can_be_declared(tmp_path: Path) -> None:
    page, rule = sources(tmp_path, "sum(cart_lines) > 5")
    unknown = f"nothing here is known to export it; show the code that does, or {HOW}"
    assert page == f"page: warning: `cart_lines`: {unknown}"
    assert rule == f"rule: warning: `Down` asks for `cart_lines`: {unknown}"
    declared = "components:\n  - id: cart\n    title: Cart\n    metrics: ['cart_*']\n    {}\n"
    elsewhere = declared.format("elsewhere: https://git.example.com/cart")
    assert sources(tmp_path, "sum(cart_lines) > 5", content=elsewhere) == []
    (page, _) = sources(tmp_path, "sum(cart_lines) > 5", content=declared.format("installed_by: [cart]"))
    assert page.startswith("page: `cart_lines`: Cart, which exports it, is installed nowhere here")
    installed = (deployment("cart", "example.com/cart:1"), monitor("PodMonitor", "cart"))
    assert sources(tmp_path, "sum(cart_lines) > 5", *installed, content=declared.format("installed_by: [cart]")) == []


def test_a_known_component_is_replaced_by_that_of_the_handbook(tmp_path: Path) -> None:
    content = (
        "components:\n  - {id: redis-exporter, title: Redis, metrics: ['redis_*'], elsewhere: the platform team}\n"
    )
    assert sources(tmp_path, "redis_up == 0", content=content) == []


def test_a_metric_of_own_code_that_no_monitor_reads_is_told(tmp_path: Path) -> None:
    code = "```python\nLINES = Gauge('cart_lines', 'Lines.')\n```\n"
    page, _ = sources(tmp_path, "cart_lines > 5", code, *CLOUDWATCH)
    made = "code of this handbook makes it, and no monitor or scrape job reads such a program; show one"
    assert page == f"page: `cart_lines`: {made}"


def test_a_handbook_that_installs_nothing_is_about_what_others_install(tmp_path: Path) -> None:
    files = {"docs/a.md": "# A\n\n```promql\nredis_up == 0\n```\n"}
    assert found_by(metric_source.CHECK, tmp_path, files) == []


def resource(group: str, kind: str) -> str:
    return yaml(f"apiVersion: {group}/v1\nkind: {kind}\nmetadata:\n  name: a")


@pytest.mark.parametrize(
    ("group", "kind", "title", "names"),
    [
        ("external-secrets.io", "ExternalSecret", "External Secrets", "`external-secrets`"),
        ("argoproj.io", "Rollout", "Argo Rollouts", "`argo-rollouts`"),
        ("keda.sh", "ScaledObject", "KEDA", "`keda`, `keda-operator`"),
        ("elbv2.k8s.aws", "TargetGroupBinding", "the AWS Load Balancer Controller", "`aws-load-balancer-controller`"),
    ],
)
def test_a_resource_of_what_is_not_installed_is_told_once(
    tmp_path: Path, group: str, kind: str, title: str, names: str
) -> None:
    page = f"# A\n\n{resource(group, kind)}\n{resource(group, kind)}\n{STACK}"
    assert found_by(component_installed.CHECK, tmp_path, {"docs/a.md": page}) == [
        f"docs/a.md:5:7: `{kind}` is a resource of {title}, which is installed nowhere here; show its installation "
        f"({names}), or {HOW}"
    ]


@pytest.mark.parametrize(
    "guide",
    [
        HELM.format(release="external-secrets", chart="external-secrets/external-secrets"),
        '```hcl\nresource "helm_release" "a" {\n  chart = "external-secrets"\n}\n```\n',
        yaml("apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec: {source: {chart: external-secrets}}")
        + HELM.format(release="argocd", chart="argo/argo-cd"),
        "```bash\nkubectl apply --filename https://example.com/external-secrets/releases/v1/all.yaml\n```\n",
    ],
)  # fmt: skip
def test_a_resource_of_what_is_installed_in_any_way_is_right(tmp_path: Path, guide: str) -> None:
    page = f"# A\n\n{resource('external-secrets.io', 'ExternalSecret')}\n{resource('apps', 'Deployment')}\n{guide}"
    assert found_by(component_installed.CHECK, tmp_path, {"docs/a.md": page}) == []


def test_values_for_a_chart_that_nothing_installs_are_told(tmp_path: Path) -> None:
    values = yaml("config: {}", "logging/fluent-bit.values.yaml")
    (said,) = found_by(component_installed.CHECK, tmp_path, {"docs/a.md": f"# A\n\n{values}\n{STACK}"})
    assert said.startswith(
        "docs/a.md:3:1: `logging/fluent-bit.values.yaml` holds values of Fluent Bit, which is installed"
    )
    chart = HELM.format(release="fluent-bit", chart="fluent/fluent-bit")
    assert found_by(component_installed.CHECK, tmp_path, {"docs/a.md": f"# A\n\n{values}\n{STACK}{chart}"}) == []


def test_every_known_component_has_a_source_and_names_and_an_id_of_its_own() -> None:
    known = known_components()
    assert [each.id for each in known if not (each.source and each.installed_by)] == []
    assert len({each.id for each in known}) == len(known)
    patterns = [pattern for each in known for pattern in each.metrics]
    assert sorted(patterns) == sorted(set(patterns))
