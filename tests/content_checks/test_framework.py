"""`opsbook check --content`: findings have a place and a name, and are waived beside it, for a time and a reason."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from commands import run_command
from opsbook.content.checks import CHECKS
from plain_runbook import PLAIN_RUNBOOK
from small_site import site_of, write

RULES = """\
groups:
  - name: shop
    rules:
      - alert: Never
        expr: up{job="cart", job="orders"} == 0
        annotations: {runbook_url: "https://example.org/never"}
"""
FOUND = 'no series has `job="cart"` and `job="orders"` at once; take one of them, or `job=~`'
PLACED = f"runbooks/rules/shop.yml:5:15: `Never` cannot fire: {FOUND} (never-fires)"
ABOVE = "- alert: Never"
ON_A_DAY = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000"}
FENCE = f"# Rules\n\n```yaml\n{RULES}```\n"


def told(root: Path, *options: str) -> tuple[int, list[str]]:
    """The exit code and what is said of problems."""
    done = run_command("opsbook", "check", "--content", *options, folder=root, environment=ON_A_DAY)
    assert "Traceback" not in done.stderr
    return done.returncode, [line for line in done.stderr.splitlines() if line.startswith(("runbooks/", "docs/", "."))]


def waived(comment: str) -> str:
    return RULES.replace(ABOVE, f"# opsbook: waive {comment}\n      {ABOVE}")


def test_a_finding_has_its_place_its_name_and_the_reason_of_its_check(tmp_path: Path) -> None:
    write(tmp_path, {"runbooks/rules/shop.yml": RULES, "docs/rules.md": FENCE})
    done = run_command("opsbook", "check", "--content", folder=tmp_path)
    (reason,) = (check.reason for check in CHECKS if check.name == "never-fires")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"never-fires: {reason}",
        PLACED.replace("runbooks/rules/shop.yml:5:15", "docs/rules.md:8:15"),
        PLACED,
        "2 problems found",
    ]


def test_programs_get_the_name_of_the_check_and_its_reason(tmp_path: Path) -> None:
    write(tmp_path, {"runbooks/rules/shop.yml": RULES})
    done = run_command("opsbook", "check", "--content", "--format", "json", folder=tmp_path)
    tree = json.loads(done.stdout)
    assert [(each["line"], each["column"], each["rule"]) for each in tree["problems"]] == [(5, 15, "never-fires")]
    assert list(tree["reasons"]) == ["never-fires"]
    done = run_command("opsbook", "check", "--content", "--format", "sarif", folder=tmp_path)
    (rule,) = json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert rule == {"id": "never-fires", "shortDescription": {"text": tree["reasons"]["never-fires"]}}
    done = run_command("opsbook", "check", "--content", "--format", "github", folder=tmp_path)
    assert done.stdout.startswith("::error file=runbooks/rules/shop.yml,line=5,col=15::`Never` cannot fire")


def test_a_known_finding_counts_for_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"runbooks/rules/shop.yml": RULES})
    done = run_command("opsbook", "check", "--content", "--baseline", "k.json", "--write-baseline", folder=tmp_path)
    assert done.stdout == "1 known problem in k.json\n"
    assert told(tmp_path, "--baseline", "k.json") == (0, [])


@pytest.mark.parametrize(
    "files",
    [
        {"runbooks/rules/shop.yml": waived("never-fires until 2027-03-31: no exporter yet")},
        {"runbooks/rules/shop.yml": RULES.replace(" == 0", " == 0  # opsbook: waive never-fires until 2027-03-31: a")},
        {"docs/rules.md": FENCE.replace("```yaml", "<!-- opsbook: waive never-fires until 2027-03-31: a -->\n```yaml")},
        {
            "docs/rules.md": FENCE.replace(
                "```yaml", "<!-- opsbook: waive never-fires until 2027-03-31:\nb -->\n\n```yaml"
            )
        },
        {
            "runbooks/rules/shop.yml": RULES,
            ".content.yml": "waivers:\n  - {check: never-fires, file: runbooks/, reason: a, until: 2027-03-31}\n",
        },
        {
            "runbooks/rules/shop.yml": RULES,
            ".content.yml": "waivers:\n  - check: never-fires\n    file: runbooks/rules/shop.yml\n    says: '`Never`'\n"
            "    reason: a\n    until: 2027-03-31\n",
        },
    ],
)
def test_a_finding_is_waived_at_its_place_or_in_a_file(tmp_path: Path, files: dict[str, str]) -> None:
    assert told(write(tmp_path, files)) == (0, [])


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("never-fires", "this waiver does not give the last day on which it holds; write `opsbook: waive NAME until"),
        (
            "never-fires until 2027-03-31",
            "this waiver does not give a reason; write `opsbook: waive NAME until YYYY-MM",
        ),
        ("never-fires until 2027-02-31: a", "`2027-02-31` is no day; write `opsbook: waive NAME until YYYY-MM-DD: re"),
        ("", "this waiver cannot be read; write `opsbook: waive NAME until YYYY-MM-DD: reason`"),
        ("never fires until 2027-03-31: a", "this waiver cannot be read; write `opsbook: waive NAME until YYYY-MM-DD"),
        ("never-fire until 2027-03-31: a", "no check is called `never-fire`; did you mean `never-fires`?"),
    ],
)
def test_a_waiver_that_cannot_be_read_waives_nothing(tmp_path: Path, comment: str, message: str) -> None:
    code, (waiver, finding) = told(write(tmp_path, {"runbooks/rules/shop.yml": waived(comment)}))
    assert code == 1
    assert waiver.startswith(f"runbooks/rules/shop.yml:4:7: {message}")
    assert finding == PLACED.replace(":5:", ":6:")


def test_a_waiver_that_has_ended_waives_nothing_and_is_told(tmp_path: Path) -> None:
    code, (waiver, finding) = told(
        write(tmp_path, {"runbooks/rules/shop.yml": waived("never-fires until 2026-01-31: a")})
    )
    assert code == 1
    said = "this waiver ended on 2026-01-31; mend the cause, or give the reason for a new date"
    assert waiver == f"runbooks/rules/shop.yml:4:7: warning: {said}"
    assert finding == PLACED.replace(":5:", ":6:")


def test_a_waiver_of_nothing_is_told_wherever_it_stands(tmp_path: Path) -> None:
    comment = "opsbook: waive never-fires until 2027-03-31: a"
    right = RULES.replace(', job="orders"', "")
    files = {
        "runbooks/rules/shop.yml": right.replace(ABOVE, f"# {comment}\n      {ABOVE}"),
        "docs/rules.md": f"# Rules\n\nText. <!-- {comment} -->\n\n```markdown\n<!-- {comment} -->\n```\n",
        ".content.yml": "waivers:\n  - {check: never-fires, file: docs/rules.md, reason: a, until: 2027-03-31}\n",
    }
    message = "warning: this waiver matches no finding; remove it"
    assert told(write(tmp_path, files)) == (
        0,
        [f".content.yml:2:5: {message}", f"docs/rules.md:3:7: {message}", f"runbooks/rules/shop.yml:4:7: {message}"],
    )
    assert told(tmp_path, "--strict")[0] == 1


def test_a_waiver_is_for_its_block_alone(tmp_path: Path) -> None:
    text = waived("never-fires until 2027-03-31: a") + RULES[RULES.index("      - alert") :].replace("Never", "Again")
    code, found = told(write(tmp_path, {"runbooks/rules/shop.yml": text}))
    assert (code, [line.split(":")[1] for line in found]) == (1, ["9"])


def test_a_waiver_is_shown_to_nobody_who_reads_the_runbook(tmp_path: Path) -> None:
    comment = "<!-- opsbook: waive promql-edges until 2027-03-31: it\nalways runs -->"
    step = f"Look.\n\n{comment}\n\n```promql\nmin(a)\n```\n\n- 1 → done {comment}\n- 0 → [step 2](#act)\n"
    before, _, after = PLAIN_RUNBOOK.partition("```bash")
    runbook = before + step + after.partition("Running\n```\n")[2]
    site = site_of({"runbooks/cart-down.md": runbook})
    texts = [page.markdown for page in site.pages] + [str(asset.content) for asset in site.assets]
    assert [text for text in texts if "opsbook: waive" in text] == []
    assert any("- 1 → done" in text for text in texts)
    message = "warning: this waiver matches no finding; remove it"
    line = runbook[: runbook.index("- 1 →")].count("\n") + 1
    assert told(write(tmp_path, {"runbooks/cart-down.md": runbook})) == (
        0,
        [f"runbooks/cart-down.md:{line}:12: {message}"],
    )


def test_the_settings_are_checked_as_every_file_is(tmp_path: Path) -> None:
    code, found = told(write(tmp_path, {".content.yml": "waiver: []\n"}))
    assert (code, found) == (1, [".content.yml:1:1: unknown key `waiver`; did you mean `waivers`?"])


def test_a_component_stands_in_the_settings_once(tmp_path: Path) -> None:
    entry = "  - {id: cart, title: Cart}\n"
    code, found = told(write(tmp_path, {".content.yml": f"components:\n{entry}{entry}"}))
    said = "`cart` stands here more than once; write all of it in one entry"
    assert (code, found) == (1, [f".content.yml:2:3: {said}"])


def test_what_keeps_the_handbook_from_being_read_comes_first(tmp_path: Path) -> None:
    code, found = told(write(tmp_path, {"runbooks/cart.md": "# Cart\n", "docs/rules.md": FENCE}))
    assert (code, len(found)) == (1, 1)
    assert found[0].startswith("runbooks/cart.md:1:1: a runbook starts with front matter")
