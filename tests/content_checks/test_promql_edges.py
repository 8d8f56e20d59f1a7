"""`promql-edges`: the branches of a step name every value that its query can give, and each of them once."""

from __future__ import annotations

from pathlib import Path

import pytest

from checked_content import found_by
from opsbook.content.promql_edges import CHECK
from plain_runbook import PLAIN_RUNBOOK

COMMAND = "```bash {.read}\nkubectl get pods\n```\n\n```output\ncart   Running\n```\n"
AT = PLAIN_RUNBOOK[: PLAIN_RUNBOOK.index(COMMAND)].count("\n") + 1
"""The line of the fence of the first query."""


def edges(root: Path, *parts: str) -> list[str]:
    """What is found in a step made of `parts`: queries, and bullets. Their places are lines below the first fence."""
    text = PLAIN_RUNBOOK.replace(COMMAND, "\n\n".join(parts) + "\n")
    found = found_by(CHECK, root, {"runbooks/cart-down.md": text})
    lines = [line.removeprefix("runbooks/cart-down.md:").split(":", 2) for line in found]
    return [f"{int(line) - AT}: {message.strip()}" for line, _, message in lines]


def query(code: str) -> str:
    return f"```promql\n{code}\n```"


def gap(value: str, series: str) -> str:
    return f"0: no branch names {value}, which this query gives for {series}; add a branch for it"


def twice(first: str, second: str, value: str, series: str) -> str:
    both = f"`{first}` and `{second}` are both for {value}, which the query gives for {series}"
    return f"5: {both}, and lead to different places; let one of them name it"


FILLING = "free_bytes\n  / -deriv(free_bytes[6h]) / 3600"
SHARE = 'sum(rate(answers_total{code=~"5.."}[5m])) / sum(rate(answers_total[5m]))'


@pytest.mark.parametrize(
    ("code", "bullets", "expected"),
    [
        (
            FILLING,
            "- a few hours, or less than 3 % is left → [step 2](#act)\n- days, or `+Inf` since it stands still → done\n"
            "- a negative number: it gets emptier → done\n- nothing → [step 3](#verify)",
            [
                gap("`NaN`", "`free_bytes 0x90`"),
                "6: this branch is for `+Inf`, which the query never gives; name what it gives in that case",
            ],
        ),
        (
            SHARE,
            "- below 0.001 → done\n- above → [step 2](#act)\n- no result → [step 3](#verify)",
            [gap("`NaN`", '`answers_total{code="500"} 1000x90` and no `answers_total`')],
        ),
        (
            "min(reload_successful)",
            "- 1 → done\n- 0 → [step 2](#act)",
            [gap("an empty result", "no `reload_successful`")],
        ),
        (
            "min(probe_success)",
            "- 0 → [step 2](#act)\n- nothing → [step 3](#verify)",
            [gap("1", "`probe_success 1x90`")],
        ),
        (
            "sum(queue_length)",
            "- 0 → done\n- nothing → [step 3](#verify)",
            [gap("100", "`queue_length 100x90`")],
        ),
        (
            "used_bytes / max_bytes",
            "- below 0.8, `NaN` or nothing → done\n- 0.8 to 1 → [step 2](#act)",
            [],
        ),
        (
            "redis_memory_used_bytes / redis_memory_max_bytes",
            "- `NaN` or nothing → done\n- below 0.8 → done\n- at least 0.8 and at most 1 → [step 2](#act)",
            [gap("`+Inf`", "`redis_memory_used_bytes 100x90` and `redis_memory_max_bytes 0x90`")],
        ),
        (
            "sum(queue_length)",
            "- below 10, or nothing → done\n- above 100 → [step 2](#act)",
            [gap("20", "`queue_length 20x90`")],
        ),
        (
            "sum(queue_length)",
            "- above 10 → [step 2](#act)\n- empty → done",
            [
                gap("0", "`queue_length 0x90`"),
                gap("1", "`queue_length 1x90`"),
            ],
        ),
        (
            "delta(queue_length[1h])",
            "- above 0 → [step 2](#act)\n- 0 → done\n- nothing → [step 3](#verify)",
            [gap("a negative number", "`queue_length 9000-60x90`")],
        ),
        (
            "histogram_quantile(0.99, sum by (le) (rate(answer_seconds_bucket[5m])))",
            "- below 0.5 → done\n- more → [step 2](#act)\n- nothing → [step 3](#verify)",
            [gap("`NaN`", "`answer_seconds_bucket 1000x90`")],
        ),
        (
            "sum(queue_length)",
            "- below 10 → done\n- less than 5, or nothing → [step 2](#act)\n- 10 or more → [step 3](#verify)",
            [twice("below 10", "less than 5, or nothing", "0", "`queue_length 0x90`")],
        ),
        (
            "sum(queue_length)",
            "- 10 or less → done\n- between 5 and 20 → [step 2](#act)\n- above 20 → done\n- empty → done",
            [twice("10 or less", "between 5 and 20", "5", "`queue_length 5x90`")],
        ),
    ],
)
def test_a_value_that_no_branch_names_or_two_of_them_is_told(
    tmp_path: Path, code: str, bullets: str, expected: list[str]
) -> None:
    assert edges(tmp_path, query(code), bullets) == expected


@pytest.mark.parametrize(
    ("code", "bullets"),
    [
        (FILLING, "- `NaN`, it is full → [step 2](#act)\n- `-Inf` or negative → done\n- days, or nothing → done"),
        (SHARE, "- below 0.001, `NaN` or no result → done\n- above → [step 2](#act)"),
        (SHARE, "- below 0.001 for ten minutes, `NaN`, or no result since nothing fails → done\n- unchanged → done"),
        ("sum(queue_length)", "- 0 → done\n- more → [step 2](#act)\n- nothing → [step 3](#verify)"),
        ("up == 0", "- empty → done\n- the same job again → [step 2](#act)\n- other jobs → [step 3](#verify)"),
        (SHARE + " > 0.01", "- nothing → done\n- above 0.01 → [step 2](#act)"),
        ("min(reload_successful)", "- 1 → done\n- 0, or nothing → [step 2](#act)"),
        ("min(reload_successful)", "- 1 → done\n- otherwise → [step 2](#act)"),
        ("sum(queue_length) or vector(0)", "- 0 → done\n- above 0 → [step 2](#act)"),
        ("absent(queue_length)", "- empty → done\n- 1 → [step 2](#act)"),
        ("count(up == 0) or vector(0)", "- 0 → done\n- 1 or more → [step 2](#act)"),
        ("sum(queue_length)", "- below 10, or nothing → done\n- 10 or more → [step 2](#act)"),
        ("sum(queue_length)", "- it falls → done\n- it rises, or nothing is listed → [step 2](#act)"),
        (
            'sum by (code) (increase(answers_total{code=~"5.."}[1d]))\n```\n\n```output\n{code="503"}  911',
            "- 503 for some seconds → [step 2](#act)\n- nothing is listed → done",
        ),
        (
            "sum(rate(answers_total[5m])) / sum(rate(answers_total[5m] offset 1w))",
            "- below 2 → done\n- 2 or more → [step 2](#act)\n- `+Inf`, `NaN` or no result → [step 3](#verify)",
        ),
        ("sum(lag_seconds)", "- below 10 → done\n- -1, or no result → [step 2](#act)\n- 10 or more → done"),
        (
            "histogram_quantile(0.1, sum by (le) (rate(left_seconds_bucket[5m])))",
            "- above 168, or `NaN` → done\n- less, 0 too: it has ended → [step 2](#act)\n- nothing → [step 3](#verify)",
        ),
        (
            "sum(queue_length)",
            "- below 10 → done\n- more → [step 2](#act). No result: nobody asks it → [step 3](#verify)",
        ),
        ("sum(queue_length)", "Below 10 → done. More → [step 2](#act). No result: look again in a minute."),
        # What cannot be read may be for any value.
        ("sum(queue_length)", "- all is as ever → done\n- 0 → [step 2](#act)"),
        ("min(reload_successful)", "- 1, and they buy → done\n- 1, and not → [step 2](#act)\n- else → done"),
        # Said beside the branches.
        ("min(reload_successful)", "An empty result means that nothing runs.\n\n- 1 → done\n- 0 → [step 2](#act)"),
    ],
)
def test_branches_for_every_value_are_right(tmp_path: Path, code: str, bullets: str) -> None:
    assert edges(tmp_path, query(code), bullets) == []


def test_sentences_with_arrows_are_branches_too(tmp_path: Path) -> None:
    (said,) = edges(tmp_path, query("min(reload_successful)"), "1 → [step 2](#act). 0 → [step 3](#verify).")
    assert said.startswith("0: no branch names an empty result")


def test_queries_that_branches_follow_together_are_each_looked_at(tmp_path: Path) -> None:
    bullets = "- 0 twice, or nothing → done\n- above 0 → [step 2](#act)"
    (said,) = edges(tmp_path, query("sum(a)"), "The same of b:", query("sum(b) / sum(c)"), bullets)
    assert said.startswith("6: no branch names `NaN`, which this query gives for `b 0x90` and `c 0x90`")


def test_branches_after_another_command_are_left_alone(tmp_path: Path) -> None:
    bullets = "- 1 → done\n- 0 → [step 2](#act)"
    assert edges(tmp_path, query("min(a)"), COMMAND.rstrip("\n"), bullets) == []


def test_a_variable_is_tried_with_its_example(tmp_path: Path) -> None:
    variables = "variables:\n  - name: JOB\n    description: A job.\n    pattern: '[a-z]+'\n    example: cart\n---"
    step = query('min(up{job=~"$JOB(-old)?", pod!="", zone!~"a|b"})') + "\n\n- 1 → done\n- 0 → [step 2](#act)\n"
    text = PLAIN_RUNBOOK.replace("\n---", f"\n{variables}", 1).replace(COMMAND, step)
    (said,) = found_by(CHECK, tmp_path, {"runbooks/cart-down.md": text})
    assert 'which this query gives for no `up{job="cart-old", pod="a"}`' in said


def test_what_this_promtool_does_not_know_is_left_alone(tmp_path: Path) -> None:
    assert edges(tmp_path, query("sum(limitk(2, a))"), "- 1 → done\n- 0 → [step 2](#act)") == []


def test_a_waiver_before_the_query_is_for_its_values(tmp_path: Path) -> None:
    waiver = "<!-- opsbook: waive promql-edges until 2027-03-31: it always runs -->"
    assert edges(tmp_path, waiver, query("min(a)"), "- 1 → done\n- 0 → [step 2](#act)") == []
