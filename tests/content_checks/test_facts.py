"""`facts`: what pages, rules, manifests and drawings write of a fact is what `facts.yml` says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from checked_content import DAY
from commands import run_command
from drawing_scripts import HEAD
from opsbook.content.check import check_content
from opsbook.content.facts import CHECK
from opsbook.content.load import load_content
from opsbook.graph import Graph, GraphNode
from opsbook.nouns.drawing.load import load_drawings
from opsbook.nouns.fact.compare import contradicts
from opsbook.nouns.fact.model import Fact
from opsbook.source.sitefile import SiteFile
from small_site import write


def a_fact(value: str, **keys: object) -> Fact:
    tree = {"id": "kibana", "title": "Kibana", "source": "https://example.org/", "reviewed": "2026-11-01", **keys}
    return Fact.model_validate({**tree, "value": value})


def found(root: Path, facts: Sequence[Fact], files: dict[str, str]) -> list[str]:
    """What is said of `files`, where `facts` stand on line 7 of their file."""
    (root / "docs").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    drawings, problems = load_drawings(root)
    assert problems == ()
    nodes = [GraphNode("fact", each.id, each, each.title, "facts.yml", 7) for each in facts]
    content, problems = load_content(root, SiteFile(docs=root / "docs"), Graph(nodes, drawings), DAY)
    assert problems == ()
    return [str(each).removesuffix(" (facts)") for each in check_content(content, [CHECK]).problems]


IMAGE = a_fact("9.2.8", images=["elastic/kibana"])
OFFICIAL = a_fact("8.1", images=["redis"])
CHART = a_fact("88.5.3", charts=["kube-prometheus-stack"])
FIELD = a_fact("9.2.8", fields=["Kibana.spec.version"])
REGION = a_fact("eu-central-1", matches=["AWS_REGION=", 'region = "'], others=["us-east-1"])
KEPT = a_fact("35d", matches=["retention:", "kept for {value} in all"])
SCHEDULE = a_fact("17 3 * * *", matches=["schedule:"])
WORDS = a_fact("30 days", matches=["Prometheus keeps"])


def fence(text: str, language: str = "yaml") -> str:
    return f"```{language}\n{text}\n```\n"


@pytest.mark.parametrize(
    ("fact", "text", "place", "says"),
    [
        (IMAGE, fence("image: docker.example.com/elastic/kibana:9.2.1"), "2:42", "9.2.1"),
        (IMAGE, fence("FROM elastic/kibana:9.1.0-slim", "dockerfile"), "2:21", "9.1.0-slim"),
        (IMAGE, "It runs `elastic/kibana:v8.19.3`.\n", "1:25", "v8.19.3"),
        (IMAGE, fence("image:\n  repository: elastic/kibana\n  tag: 9.2.1"), "4:8", "9.2.1"),
        (IMAGE, fence("image:\n  registry: a.b\n  repository: elastic/kibana\n  tag: '9.2.1'"), "5:8", "9.2.1"),
        (OFFICIAL, fence("services:\n  cache:\n    image: redis:7.4-alpine"), "4:18", "7.4-alpine"),
        (OFFICIAL, fence("docker run --rm -p 6379:6379 redis:7", "bash"), "2:36", "7"),
        (OFFICIAL, fence("image: 123456789012.example.com/docker-hub/library/redis:7"), "2:58", "7"),
        (CHART, fence("helm upgrade a b/kube-prometheus-stack \\\n  --version 82.16.1", "bash"), "3:13", "82.16.1"),
        (CHART, fence("helm install a kube-prometheus-stack --repo b --version 82.1", "bash"), "2:57", "82.1"),
        (CHART, fence('V="82.16.1"\nhelm install a b/kube-prometheus-stack --version "$V"', "bash"), "2:4", "82.16.1"),
        (CHART, fence('chart = "kube-prometheus-stack"\n  version = "82.16.1"', "text"), "", ""),
        (
            CHART,
            fence('resource "helm_release" "a" {\n  chart = "kube-prometheus-stack"\n  version = "82.16.1"\n}', "hcl"),
            "4:14",
            "82.16.1",
        ),
        (
            CHART,
            fence("kind: Application\nspec:\n  source:\n    chart: kube-prometheus-stack\n    targetRevision: 82.16.1"),
            "6:21",
            "82.16.1",
        ),
        (
            CHART,
            fence("dependencies:\n  - name: kube-prometheus-stack\n    repository: a\n    version: 82.16.1"),
            "5:14",
            "82.16.1",
        ),
        (FIELD, fence("kind: Kibana\nspec:\n  version: 9.2.1"), "4:12", "9.2.1"),
        (REGION, fence("export AWS_REGION=eu-west-1", "bash"), "2:19", "eu-west-1"),
        (REGION, fence('provider "aws" {\n  region  =  "eu-north-1"\n}', "hcl"), "3:15", "eu-north-1"),
        (KEPT, fence("prometheus:\n  retention: 15d"), "3:14", "15d"),
        (KEPT, fence("prometheus:\n  retention: 48h"), "3:14", "48h"),
        (KEPT, "Metrics are kept for 10d in all.\n", "1:22", "10d"),
        (SCHEDULE, fence('spec:\n  schedule: "0 4 * * 1"'), "3:14", "0 4 * * 1"),
        (WORDS, "Here Prometheus keeps 14 days of metrics.\n", "1:23", "14 days"),
    ],
)  # fmt: skip
def test_a_literal_that_contradicts_a_fact_is_told_at_its_place(
    tmp_path: Path, fact: Fact, text: str, place: str, says: str
) -> None:
    told = [f"docs/a.md:{place}: Kibana: this says `{says}`; facts.yml:7 says `{fact.value}`"] if place else []
    assert found(tmp_path, [fact], {"docs/a.md": text}) == told


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (IMAGE, fence("image: elastic/kibana:9.2.8@sha256:0123")),
        (IMAGE, fence("image: elastic/kibana:9.2.8-arm64\n---\nimage: elastic/kibana:9.2")),
        (IMAGE, fence("image: elastic/kibana:$TAG\n---\nimage: elastic/kibana:{{ .Values.tag }}")),
        (IMAGE, fence("image: elastic/kibana-oss:9.1.0\n---\nimage: my-elastic/kibana:9.1.0")),
        (IMAGE, "<!-- it was elastic/kibana:9.2.1 -->\n\nText.\n"),
        (OFFICIAL, fence("redis-cli -u redis://redis:6379\nREDIS=redis:6379", "bash")),
        (OFFICIAL, fence("image: quay.io/example/redis:1.0\n---\nimage: my-redis:2")),
        (CHART, fence("helm upgrade a b/kube-prometheus-stack-extras --version 1.0.0", "bash")),
        (CHART, fence("helm upgrade a b/other --version 1.0\nhelm upgrade b c/kube-prometheus-stack", "bash")),
        (CHART, fence("helm repo update\nhelm list\nkube-prometheus-stack --version 1.0", "bash")),
        (CHART, fence("helm upgrade a c/other --namespace kube-prometheus-stack --version 1.0", "bash")),
        (CHART, fence("name: kube-prometheus-stack\nversion: 1.0")),
        (FIELD, fence("kind: Elasticsearch\nspec:\n  version: 9.2.1")),
        (REGION, fence("export AWS_REGION=us-east-1 MY_AWS_REGION=eu-west-1", "bash")),
        (REGION, fence("export AWS_REGION=<region> \nAWS_REGION=$REGION\nAWS_REGION=eu", "bash")),
        (KEPT, fence("prometheus:\n  retention: 840h\n---\nretention: long\n---\nretention: 35")),
        (SCHEDULE, fence("schedule: daily at three in the night\n---\nschedule: '17 3 * * *'")),
        (WORDS, "Prometheus keeps what it has. Prometheus keeps 30 days.\n"),
    ],
)  # fmt: skip
def test_what_says_the_same_or_may_say_it_is_let_be(tmp_path: Path, fact: Fact, text: str) -> None:
    assert found(tmp_path, [fact], {"docs/a.md": text}) == []


def test_runbooks_rules_and_drawings_are_held_to_facts_and_post_mortems_are_not(tmp_path: Path) -> None:
    script = f'{HEAD}with Diagram("A"):\n    EC2("Kibana 9.2.1")\n'
    text = "Kibana 9.2.1 runs.\n"
    files = {
        "runbooks/a.md": text,
        "runbooks/rules/a.yml": "# Kibana 9.1\ngroups: []\n",
        "diagrams/a.py": script,
        "post-mortems/2026-01-01-a.md": text,
    }
    assert found(tmp_path, [a_fact("9.2.8", matches=["Kibana"])], files) == [
        "diagrams/a.py:4:1: Kibana: this says `9.2.1`; facts.yml:7 says `9.2.8`",
        "runbooks/a.md:1:8: Kibana: this says `9.2.1`; facts.yml:7 says `9.2.8`",
        "runbooks/rules/a.yml:1:10: Kibana: this says `9.1`; facts.yml:7 says `9.2.8`",
    ]


def test_an_old_value_is_waived_beside_it(tmp_path: Path) -> None:
    waiver = "<!-- opsbook: waive facts until 2027-03-31: an image with known faults, for the scanner -->\n"
    text = waiver + fence("FROM elastic/kibana:8.0.0", "dockerfile")
    assert found(tmp_path, [IMAGE], {"docs/a.md": text}) == []


@pytest.mark.parametrize(
    ("value", "literal", "is_other"),
    [
        ("1.30", "1.3", True),
        ("1.3", "1.30", True),
        ("v1.2.3", "1.2.3", False),
        ("17", "17.4", False),
        ("17.4", "16", True),
        ("1Gi", "1024Mi", False),
        ("1Gi", "1G", True),
        ("60s", "1m", False),
        ("500m", "500Mi", False),
        ("35", "35d", False),
        ("99.9", "99.95", True),
        ("2026-12-02", "2026-12-03", True),
        ("2026-12-02", "2026", False),
        ("shop-production", "shop-staging", True),
        ("shop-production", "shop", False),
        ("5 0 * * 1-5", "0 0 * * *", True),
        ("3 days", "5 days", True),
        ("3 days", "in 5", False),
    ],
)
def test_values_are_compared_by_what_they_mean(value: str, literal: str, is_other: bool) -> None:
    assert contradicts(value, literal) is is_other


FACTS = (
    "facts:\n  - {id: kibana, title: Kibana, value: 9.2.8, source: 'https://example.org/', reviewed: 2026-11-01,\n"
    "     images: [elastic/kibana]}\n"
)


def test_the_command_tells_of_a_page(tmp_path: Path) -> None:
    write(tmp_path, {"facts.yml": FACTS, "docs/a.md": "# A\n\nIt is `elastic/kibana:9.2.1`.\n"})
    done = run_command("opsbook", "check", "--content", folder=tmp_path)
    assert "docs/a.md:3:23: Kibana: this says `9.2.1`; facts.yml:2 says `9.2.8` (facts)" in done.stderr
    assert done.returncode == 1
