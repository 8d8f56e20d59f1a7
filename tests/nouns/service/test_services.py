from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from linked import name_mistakes
from opsbook.graph import Graph
from opsbook.nouns.kind import CheckContext, Loaded, Project
from opsbook.nouns.service.check import self_dependencies
from opsbook.nouns.service.load import load
from opsbook.nouns.service.model import Catalog
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


def loaded(root: Path) -> Loaded:
    return load(Project(root, root / "docs"))


def catalog_of(found: Loaded) -> Catalog:
    catalog = found.records[0].value
    assert isinstance(catalog, Catalog)
    return catalog


def problems(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "services.yml").write_text(text, "utf-8")
    try:
        found = loaded(tmp_path)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    catalog = catalog_of(found)
    known = {"service": [each.id for each in catalog.services], "escalation": [each.id for each in catalog.escalations]}
    context = CheckContext(Graph(), Project(tmp_path, tmp_path), found)
    own = [str(problem) for problem in self_dependencies(context)]
    return [*name_mistakes(catalog, found.records[0].places, **known), *own]


def test_services_say_who_is_called_and_what_they_promise(tmp_path: Path) -> None:
    (tmp_path / "services.yml").write_text(SERVICES, "utf-8")
    found = loaded(tmp_path)
    catalog = catalog_of(found)
    orders, _ = catalog.services
    assert [(level.notify, level.after) for level in catalog.escalations[0].levels] == [
        ("developers", 0),
        ("platform", 15),
    ]
    assert orders.slos[0].objective == Decimal("99.9")
    assert orders.slos[0].error_budget == Decimal("0.001")
    assert name_mistakes(catalog, found.records[0].places, owner=OWNERS) == []
    assert name_mistakes(catalog, found.records[0].places, owner={"developers", "platfrom"}) == [
        "services.yml:6:17: no owner has the id `platform`; did you mean `platfrom`?",
        "services.yml:28:12: no owner has the id `platform`; did you mean `platfrom`?",
    ]


def test_without_the_file_there_are_no_services(tmp_path: Path) -> None:
    assert catalog_of(loaded(tmp_path)).services == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("[queue]", "[queu]", "services.yml:14:18: no service has the id `queu`; did you mean `queue`?"),
        ("[queue]", "[orders]", "services.yml:14:18: `orders` depends on itself; name another service"),
        ("id: queue", "id: orders", "services.yml:25:9: the id `orders` is already used on line 9; ids are unique"),
        ("escalation: on-call", "escalation: oncall", "no escalation policy has the id `oncall`"),
        ("objective: 99.9", "objective: 100", "services.yml:21:20:"),
        ("promql: sum(up)", "promql: sum(up", "services.yml:24:17: not valid PromQL: unclosed left parenthesis"),
        ("window: 30d", "window: a month", "services.yml:22:17: `a month`"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(tmp_path: Path, before: str, after: str, expected: str) -> None:
    assert expected in "\n".join(problems(tmp_path, SERVICES.replace(before, after)))
