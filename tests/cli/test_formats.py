"""What `opsbook check` tells other programs, how it ends, and what it leaves out as known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from commands import run_command
from small_site import CHECKLIST, CONFIG, write

WRONG = CHECKLIST.replace("status: done", "status: dnoe")
DEAD = "# Page\n\n[a, b: 100 %](nowhere.md) [a](nowhere.md)\n"
WARNS = "<i onclick='x'>y</i>\n"
# What the schema of SARIF 2.1.0 demands of the parts that are written here.
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool"],
            "additionalProperties": False,
            "properties": {
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"required": ["name"]}}},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": -1},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
                "locations": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"physicalLocation": {"$ref": "#/$defs/place"}},
        },
        "place": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                },
                "region": {
                    "additionalProperties": False,
                    "properties": {key: {"type": "integer", "minimum": 1} for key in ("startLine", "startColumn")},
                },
            },
        },
    },
}


def run(root: Path, *options: str, folder: Path | None = None) -> CompletedProcess[str]:
    return run_command("opsbook", "check", *options, folder=folder or root)


def test_json_gives_every_problem_with_its_place(tmp_path: Path) -> None:
    done = run(write(tmp_path, {"docs/ä b.md": DEAD, "docs/c.md": WARNS}), "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    tree = json.loads(done.stdout)
    assert tree["summary"] == {"errors": 2, "warnings": 1, "checked": "4 practices, 0 guides, 0 runbooks"}
    places = [(each["path"], each["line"], each["column"], each["severity"]) for each in tree["problems"]]
    assert places == [("docs/c.md", 1, 1, "warning"), ("docs/ä b.md", 3, 1, "error"), ("docs/ä b.md", 3, 27, "error")]
    assert tree["problems"][1]["message"].startswith("the site has no file `nowhere.md`; ")


def test_sarif_fits_its_schema_and_names_files_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "ops").mkdir()
    root = write(tmp_path / "ops", {"docs/ä b.md": DEAD, "docs/c.md": WARNS})
    done = run(root, "--root", "ops", "--format", "sarif", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    log = json.loads(done.stdout)
    jsonschema.validate(log, SARIF, format_checker=jsonschema.FormatChecker())
    results = log["runs"][0]["results"]
    assert [each["level"] for each in results] == ["warning", "error", "error"]
    place = results[1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "ops/docs/%C3%A4%20b.md", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 1}
    (root / "checklist.yml").unlink()
    log = json.loads(run(root, "--format", "sarif").stdout)
    jsonschema.validate(log, SARIF)
    assert "region" not in log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]


def test_a_rule_of_runbooks_is_a_rule_in_sarif(tmp_path: Path) -> None:
    from plain_runbook import PLAIN_RUNBOOK

    text = PLAIN_RUNBOOK.replace("None.", "See [it](#nowhere).")
    done = run(write(tmp_path, {"runbooks/cart-down.md": text}), "--format", "sarif")
    (found,) = json.loads(done.stdout)["runs"][0]["results"]
    assert found["ruleId"] == "dead-link"
    assert json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"][found["ruleIndex"]] == {"id": "dead-link"}


def test_github_gets_commands_in_which_nothing_is_left_unescaped(tmp_path: Path) -> None:
    (tmp_path / "ops").mkdir()
    root = write(tmp_path / "ops", {"docs/a,b.md": "[x](100%.md)\n", "docs/c.md": WARNS})
    done = run(root, "-f", "ops/mkdocs.yml", "--format", "github", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    first, second = done.stdout.splitlines()
    assert first == (
        "::error file=ops/docs/a%2Cb.md,line=1,col=1::the site has no file `100%25.md`; allowed: a page or a file below"
        " docs/, or a picture or text beside a runbook or post-mortem"
    )
    assert second.startswith("::warning file=ops/docs/c.md,line=1,col=1::")


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ({}, (), 0),
        ({"docs/c.md": WARNS}, (), 0),
        ({"docs/c.md": WARNS}, ("--strict",), 1),
        ({"checklist.yml": WRONG}, (), 1),
        ({"docs/a.md": DEAD}, (), 1),
        ({}, ("--format", "xml"), 2),
        ({}, ("--write-baseline",), 2),
        ({}, ("--root", "nowhere"), 2),
    ],
)
def test_the_exit_code_is_the_same_in_every_format(
    tmp_path: Path, files: dict[str, str], options: tuple[str, ...], code: int
) -> None:
    root = write(tmp_path, files)
    for form in ("text", "json", "sarif", "github"):
        assert run(root, "--format", form, *options).returncode == code


def test_known_problems_count_for_nothing_wherever_they_have_moved(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/a.md": DEAD, "docs/c.md": WARNS})
    written = run(root, "--baseline", "known.json", "--write-baseline")
    assert (written.returncode, written.stdout) == (0, "3 known problems in known.json\n")
    (root / "docs/a.md").write_text("# More\n\nText.\n\n" + DEAD, "utf-8")
    done = run(root, "--baseline", "known.json", "--strict")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "4 practices, 0 guides, 0 runbooks: no new problem found",
        "3 known problems of known.json left out",
    ]
    (root / "docs/a.md").write_text(DEAD + "[b](nowhere.md) [c](new.md)\n", "utf-8")
    done = run(root, "--baseline", "known.json")
    places = [line.split(" ")[0] for line in done.stderr.splitlines()]
    assert (done.returncode, places) == (1, ["docs/a.md:4:1:", "docs/a.md:4:17:", "2"])
    (root / "docs/a.md").write_text("# Page\n\n[a](nowhere.md)\n", "utf-8")
    done = run(root, "--baseline", "known.json")
    assert done.returncode == 0
    assert re.fullmatch(
        r"known\.json: mended, so take it out or write the file anew: docs/a\.md: the site has no file .*",
        done.stdout.splitlines()[-1],
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[{", "known.json:1:3: not valid JSON: Expecting property name enclosed in double quotes"),
        ("[1]", "known.json: this is no list of known problems; write one with --write-baseline"),
        ("{}", "known.json: this is no list of known problems; write one with --write-baseline"),
        (None, "known.json: no such file"),
    ],
)
def test_a_wrong_list_of_known_problems_is_a_problem(tmp_path: Path, text: str | None, said: str) -> None:
    root = write(tmp_path, {} if text is None else {"known.json": text})
    done = run(root, "--baseline", "known.json")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, said)


def test_blocks_have_the_same_formats(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/a.md": "```json\n{\n```\n", "mkdocs.yml": CONFIG})
    done = run(root, "--snippets", "--format", "github")
    assert (done.returncode, done.stdout.startswith("::error file=docs/a.md,line=2,")) == (1, True)
    assert run(root, "--snippets", "--baseline", "b.json", "--write-baseline").returncode == 0
    assert run(root, "--snippets", "--baseline", "b.json").returncode == 0
