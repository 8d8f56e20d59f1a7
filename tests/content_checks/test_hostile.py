"""The checks of the content on what nobody writes on purpose: they end soon, and take nothing for what it is not."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from regexploit.ast.sre import SreOpParser  # type: ignore[import-untyped]
from regexploit.redos import find  # type: ignore[import-untyped]

import opsbook.content
from checked_content import found_by
from opsbook.content.checks import CHECKS
from opsbook.content.conditions import read_conditions
from opsbook.content.matching import sample_texts
from opsbook.content.promql_edges import CHECK as EDGES
from plain_runbook import PLAIN_RUNBOOK

MODULES = [module.name for module in pkgutil.iter_modules(opsbook.content.__path__)]
POSSESSIVE = re.compile(r"[+*?}]\+")
"""regexploit 1 cannot read what never goes back."""


def patterns(module: str) -> list[re.Pattern[str]]:
    values = list(vars(importlib.import_module(f"opsbook.content.{module}")).values())
    flat = [each for value in values for each in (value if isinstance(value, tuple) else [value])]
    found = [part for value in flat for part in (value if isinstance(value, tuple) else [value])]
    return [each for each in found if isinstance(each, re.Pattern) and not POSSESSIVE.search(each.pattern)]


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"phrases"}))
def test_no_pattern_takes_more_than_square_time(module: str) -> None:
    for pattern in patterns(module):
        worst = [
            redos for redos in find(SreOpParser().parse_sre(pattern.pattern, pattern.flags)) if redos.starriness > 6
        ]
        assert worst == [], pattern.pattern


LONG = "a" * 5_000


@pytest.mark.parametrize("text", [LONG, "below " * 5_000, "1 or " * 5_000, "`" * 5_000, "[](" * 5_000, "0, " * 5_000])
def test_a_long_branch_is_read_soon_or_not_at_all(text: str) -> None:
    assert len(read_conditions([text])) == 1


def test_a_long_pattern_of_a_matcher_has_a_sample_soon() -> None:
    assert list(sample_texts("(" * 5_000)) == [""]
    assert len(next(sample_texts("a{9999}" * 100))) == 2_000


@pytest.mark.parametrize(
    "block",
    [
        "```bash\nhelm " + "--a " * 20_000 + "\n```",
        "```bash\n" + "apply " * 20_000 + "\n```",
        "```promql\n" + "(" * 400 + "up" + ")" * 400 + "\n```",
        "```promql\n" + "-" * 500 + "up\n```",
        "```promql\n" + " + ".join(["up"] * 900) + "\n```",
        "```yaml\nkind: [a]\napiVersion: {b: c}\nmetadata: 5\n---\n- 7\n```",
        "```yaml\ngroups: [{rules: [{alert: 5, expr: {a: b}}, {alert: [b], expr: up}, {record: 7, expr: 8}]}]\n```",
        "```yaml\nserviceMonitor: &a {enabled: *a}\n```",
        "```json\n{\"panels\": [{\"refId\": 5, \"expr\": \"up{\"}]}\n```",
        "<!-- opsbook:" + " waive" * 5_000,
    ],
)  # fmt: skip
def test_odd_blocks_are_no_fault_of_the_checks(tmp_path: Path, block: str) -> None:
    for check in CHECKS:
        found = found_by(check, tmp_path, {"docs/a.md": f"# A\n\n{block}\n"})
        assert [line for line in found if "fault of opsbook" in line] == []


STEP = "```bash {.read}\nkubectl get pods\n```\n\n```output\ncart   Running\n```\n"


@pytest.mark.parametrize(
    "query",
    [
        'min(up{job="a#b"}) or vector(0)  # a comment',
        r'min(up{job="a\"b\\c"}) or vector(0)',
        "min(up{job=`a\\d`}) or vector(0)",
        'min(up{job=~"(a|b)c{3}[d-f]?"}) or vector(0)',
        'min(up{job="ä", pod="日本"}) or vector(0)',
    ],
)
def test_strings_reach_the_tool_as_they_are(tmp_path: Path, query: str) -> None:
    """An empty result would be told, had the tool refused the query or its series."""
    branches = "- 1 → done\n- 0 → [step 2](#act)\n"
    text = PLAIN_RUNBOOK.replace(STEP, f"```promql\n{query}\n```\n\n{branches}")
    assert found_by(EDGES, tmp_path, {"runbooks/cart-down.md": text}) == []
