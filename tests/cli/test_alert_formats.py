"""What `opsbook alerts` tells other programs, and what it leaves out as known."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import jsonschema
import pytest

from cli.test_formats import SARIF
from commands import run_command

RULES = """\
groups:
  - name: shop
    rules:
      - alert: StoreDown
        expr: up == 0
        annotations:
          summary: "100 %, really"
          runbook_url: https://ops.example.com/storedown
      - alert: StoreLost
        expr: lost == 0
      - alert: StoreFull
        expr: full == 0
        annotations:
          runbook_url: https://ops.example.com/gone
      - alert: StoreAway
        expr: away == 0
        annotations:
          runbook_url: https://wiki.example.com/away
"""
PLACES = [
    ("books/ä b.md", 3, "orphaned-runbook", "error"),
    ("rules/shop.yml", 9, "missing-runbook", "error"),
    ("rules/shop.yml", 14, "dead-link", "error"),
    ("rules/shop.yml", 18, "link-elsewhere", "warning"),
]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    files = {
        "rules/shop.yml": RULES,
        "books/StoreDown.md": "# StoreDown\n",
        "books/ä b.md": "# B\n\n## Alert: OldOne\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def alerts(root: Path, *options: str) -> CompletedProcess[str]:
    return run_command("opsbook", "alerts", "rules", "--runbooks", "books", *options, folder=root)


def test_sarif_has_each_problem_at_the_line_of_its_rule(shop: Path) -> None:
    done = alerts(shop, "--format", "sarif")
    assert (done.returncode, done.stderr) == (1, "")
    log = json.loads(done.stdout)
    jsonschema.validate(log, SARIF, format_checker=jsonschema.FormatChecker())
    found = []
    for result in log["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        path = place["artifactLocation"]["uri"].replace("%C3%A4%20", "ä ")
        found.append((path, place["region"]["startLine"], result["ruleId"], result["level"]))
    assert found == PLACES
    assert alerts(shop, "--format", "sarif").stdout == done.stdout


def test_a_file_outside_of_the_folder_has_an_address_of_its_own_in_sarif(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    done = run_command(
        "opsbook", "alerts", "../rules", "--runbooks", shop / "books", "--format", "sarif", folder=tmp_path / "here"
    )
    log = json.loads(done.stdout)
    jsonschema.validate(log, SARIF, format_checker=jsonschema.FormatChecker())
    places = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in log["runs"][0]["results"]}
    assert places == {(shop / "rules/shop.yml").as_uri(), (shop / "books/ä b.md").as_uri()}


def test_the_current_folder_is_no_part_of_a_path(shop: Path) -> None:
    done = run_command("opsbook", "alerts", ".", "--runbooks", ".", "--format", "github", folder=shop)
    assert [line.split(",")[0] for line in done.stdout.splitlines() if "error" in line] == [
        "::error file=books/ä b.md",
        "::error file=rules/shop.yml",
    ]
    assert '"path": "./' not in run_command("opsbook", "alerts", ".", "--runbooks", ".", "--json", folder=shop).stdout


def test_json_has_each_problem_and_the_report_the_state_of_each_alert(shop: Path) -> None:
    tree = json.loads(alerts(shop, "--format", "json").stdout)
    assert [(each["path"], each["line"], each["rule"], each["severity"]) for each in tree["problems"]] == PLACES
    assert tree["notes"] == ["1 alert links to wiki.example.com, which was not looked at"]
    report = json.loads(alerts(shop, "--json").stdout)
    assert [each["status"] for each in report["alerts"]] == ["linked", "missing", "dead", "elsewhere"]
    assert report["notes"] == tree["notes"]


def test_github_gets_a_command_for_each_problem(shop: Path) -> None:
    done = alerts(shop, "--format", "github", "--no-orphans", "--exclude", "StoreAway")
    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            "::error file=rules/shop.yml,line=9,col=16::no runbook is for the alert `StoreLost`; name it under `alerts`"
            " of one, or link to one",
            "::error file=rules/shop.yml,line=14,col=24::`https://ops.example.com/gone` leads to no runbook",
        ],
    )


def test_known_problems_of_alerts_count_for_nothing(shop: Path) -> None:
    written = alerts(shop, "--baseline", "known.json", "--write-baseline")
    assert (written.returncode, written.stdout) == (0, "4 known problems in known.json\n")
    (shop / "rules/shop.yml").write_text(f"# More\n{RULES}", "utf-8")
    done = alerts(shop, "--baseline", "known.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 known problems of known.json left out" in done.stdout
    (shop / "rules/shop.yml").write_text(RULES.replace("StoreLost", "StoreNew"), "utf-8")
    done = alerts(shop, "--baseline", "known.json")
    assert done.returncode == 1
    assert done.stderr.startswith("rules/shop.yml:9:16: no runbook is for the alert `StoreNew`;")
    assert "known.json: mended, so take it out or write the file anew: rules/shop.yml: no runbook" in done.stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--json", "--format", "json"),
        ("--write", "--annotations"),
        ("--write-baseline",),
        ("--json", "--baseline", "known.json"),
        ("--format", "xml"),
    ],
)
def test_options_that_do_not_go_together_are_refused(shop: Path, options: tuple[str, ...]) -> None:
    assert alerts(shop, *options).returncode == 2
