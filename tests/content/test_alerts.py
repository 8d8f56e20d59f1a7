"""The alert rules of this repository, with its runbooks and their own unit tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from external_programs import program
from opsbook.nouns.alert.alert_problems import lint_rules, read_folder
from opsbook.nouns.alert.alerts import report
from opsbook.nouns.alert.collection import own_pages
from opsbook.nouns.alert.rules import read_rules
from opsbook.nouns.runbook.load import load_runbooks


def test_the_rules_of_this_repository_and_its_runbooks_go_together(root: Path) -> None:
    sources = load_runbooks(root / "runbooks", "runbooks").sources
    files, unreadable = read_folder(root / "runbooks" / "rules", "runbooks/rules")
    problems = (*unreadable, *lint_rules(files, root / "runbooks" / "rules", "runbooks/rules", sources))
    assert [str(problem) for problem in problems] == []


def test_the_links_of_this_repositorys_rules_are_those_that_would_be_written(root: Path) -> None:
    sources = load_runbooks(root / "runbooks", "runbooks").sources
    for path in sorted((root / "runbooks" / "rules").glob("*.yml")):
        found = report([read_rules(path, path.name)], own_pages(sources), base="https://handbook.example.com")
        assert [judged.alert.url for judged in found.alerts] == [judged.annotation for judged in found.alerts]


def test_the_rules_of_this_repository_hold_what_their_unit_tests_say(root: Path) -> None:
    tests = sorted(str(path) for path in (root / "runbooks" / "rules" / "tests").glob("*.yml"))
    done = subprocess.run([program("promtool"), "test", "rules", *tests], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_file_has_unit_tests_of_every_alert(root: Path) -> None:
    for path in sorted((root / "runbooks" / "rules").glob("*.yml")):
        tests = yaml.safe_load((path.parent / "tests" / path.name).read_text("utf-8"))
        tested = {case["alertname"] for test in tests["tests"] for case in test["alert_rule_test"]}
        assert {judged.name for judged in read_rules(path, path.name).alerts} == tested
