from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from opsbook.nouns.service.model import load_services, owner_problems
from opsbook.problems import ProblemsError

OWNERS = {"platform", "developers", "security"}
SERVICES = """\
escalations:
  - id: on-call
    title: Someone is called
    levels:
      - notify: developers
      - notify: platform
        after: 15
services:
  - id: orders
    title: Orders
    summary: Takes orders.
    owner: developers
    tier: 1
    depends_on: [queue]
    escalation: on-call
    rto: 30m
    rpo: '0'
    slos:
      - id: availability
        title: Requests are answered
        objective: 99.9
        window: 30d
        sli: Good is any answer below 500.
        promql: sum(up)
  - id: queue
    title: Queue
    summary: Carries orders.
    owner: platform
    tier: 2
"""


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "services.yml").write_text(text, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load_services(tmp_path / "services.yml", "services.yml")
    return [str(problem) for problem in caught.value.problems]


def test_services_know_their_neighbours_and_who_is_called(tmp_path: Path) -> None:
    (tmp_path / "services.yml").write_text(SERVICES, "utf-8")
    catalog, document = load_services(tmp_path / "services.yml", "services.yml")
    orders, queue = catalog.services
    assert catalog.dependents("queue") == (orders,)
    assert catalog.escalation(queue) is None
    policy = catalog.escalation(orders)
    assert policy is not None
    assert [(level.notify, level.after) for level in policy.levels] == [("developers", 0), ("platform", 15)]
    assert orders.slos[0].objective == Decimal("99.9")
    assert orders.slos[0].error_budget == Decimal("0.001")
    assert list(owner_problems(catalog, document, OWNERS)) == []
    assert [str(problem) for problem in owner_problems(catalog, document, {"developers", "platfrom"})] == [
        "services.yml:28:12: no owner has the id `platform`; did you mean `platfrom`?",
        "services.yml:6:17: no owner has the id `platform`; did you mean `platfrom`?",
    ]


def test_without_the_file_there_are_no_services(tmp_path: Path) -> None:
    catalog, _ = load_services(tmp_path / "services.yml", "services.yml")
    assert catalog.services == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[queue]", "[queu]", "services.yml:14:18: no service has the id `queu`; did you mean `queue`?"),
        ("[queue]", "[orders]", "services.yml:14:18: `orders` depends on itself; name another service"),
        ("id: queue", "id: orders", "services.yml:25:9: the id `orders` stands on line 9 too; an id is used once"),
        ("escalation: on-call", "escalation: oncall", "no escalation policy has the id `oncall`"),
        ("objective: 99.9", "objective: 100", "services.yml:21:20:"),
        ("promql: sum(up)", "promql: sum(up", "services.yml:24:17: not valid PromQL: unclosed left parenthesis"),
        ("window: 30d", "window: a month", "services.yml:22:17: `a month`"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(tmp_path: Path, before: str, after: str, expected: str) -> None:
    assert expected in "\n".join(problems(tmp_path, SERVICES.replace(before, after)))
