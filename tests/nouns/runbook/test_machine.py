"""What programs read of a site: every runbook as JSON, each one as Markdown, and the list of pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands import run_command
from opsbook.site.page import Asset
from small_site import CONFIG, build, built, check, site_of, write
from trial_runbook import FILES


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(write(tmp_path_factory.mktemp("machine"), FILES))


@pytest.fixture(scope="module")
def trial(site: Path) -> dict[str, Any]:
    runbooks = json.loads((site / "runbooks.json").read_text("utf-8"))["runbooks"]
    assert [each["id"] for each in runbooks] == ["other", "trial"]
    found: dict[str, Any] = runbooks[1]
    return found


def test_a_runbook_is_there_with_what_its_header_says(trial: dict[str, Any]) -> None:
    said = {key: value for key, value in trial.items() if key not in ("sections", "variables")}
    assert said == {
        "id": "trial",
        "title": "Trial <b>loop</b> & *stars*",
        "summary": "A container of `cart` keeps exiting.",
        "page": "runbooks/trial/",
        "markdown": "runbooks/trial/index.md",
        "draft": False,
        "severity": "critical",
        "owner": {"id": "team", "title": "The team"},
        "reviewed": "2020-01-31",
        "review_due": "2020-07-29",
        "exercised": "2020-02-01",
        "alerts": [
            {"name": "TrialLooping", "page": "alerts/TrialLooping/"},
            {"name": "TrialWaiting", "page": "alerts/TrialWaiting/"},
        ],
        "symptoms": ["`CrashLoopBackOff` <i>everywhere</i>", "exit code 137"],
        "services": ["cart"],
        "items": ["first"],
    }
    assert trial["variables"][1] == {
        "name": "POD",
        "description": "The pod.",
        "pattern": "[a-z0-9-]+",
        "example": "cart-7f",
        "from": ["pod", "exported_pod"],
    }


def test_steps_have_commands_with_their_risk_and_branches_with_their_places(trial: dict[str, Any]) -> None:
    steps = {step["anchor"]: step for section in trial["sections"] for step in section["steps"]}
    assert [(step["number"], step["anchor"], step["risk"]) for step in steps.values()] == [
        (1, "look", "read"),
        (2, "act", "destroy"),
        (3, "change", "change"),
        (4, "recovered", "read"),
    ]
    assert steps["look"]["parts"][0] == {
        "kind": "command",
        "role": "do",
        "language": "bash",
        "risk": "read",
        "code": 'kubectl --namespace "$NAMESPACE" describe pod "${POD}"',
        "variables": ["NAMESPACE", "POD"],
        "output": "\tLast State:  Terminated\n\n  Reason:   *OOMKilled* <none>",
    }
    assert steps["look"]["branches"] == [
        {"when": "`OOMKilled`", "then": "[step 2](#act)", "to": [{"runbook": "trial", "anchor": "act"}]}
    ]
    assert {part["role"] for part in steps["act"]["parts"]} == {"do", "verify", "undo"}


def test_a_branch_leads_to_another_runbook_or_elsewhere() -> None:
    files = {**FILES, "runbooks/other.md": FILES["runbooks/other.md"].replace("[Trial](trial.md)", "[T](trial.md#act)")}
    (text,) = (asset.content for asset in site_of(files).assets if asset.path == "runbooks.json")
    other = json.loads(text)["runbooks"][0]
    (see,) = (step for section in other["sections"] for step in section["steps"] if step["anchor"] == "see")
    assert [branch["to"] for branch in see["branches"]] == [[{"runbook": "trial", "anchor": "act"}]]


def test_the_markdown_beside_a_page_has_the_commands_as_they_are_written(site: Path) -> None:
    text = (site / "runbooks" / "trial" / "index.md").read_text("utf-8")
    assert text.startswith("# [Trial <b>loop</b> & *stars*](./)\n\nA container of `cart` keeps exiting.\n")
    assert '```bash\nkubectl --namespace "$NAMESPACE" describe pod "${POD}"\n```\n' in text
    assert "This destroys what cannot be brought back:\n\n```bash\ncat <<-EOF\n" in text
    assert "The review was due" not in text
    assert (site / "runbooks" / "trial" / "index.html").is_file()


def test_the_list_of_pages_leads_to_files_of_the_site(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Elsewhere\n\n## Home\n")
    assert "- [Other](runbooks/other/index.md): Other: Something else.\n" in text
    links = [line.partition("](")[2].partition(")")[0] for line in text.splitlines() if line.startswith("- [")]
    assert len(links) > 15
    assert [link for link in links if not (site / link / "index.html").is_file() and not (site / link).is_file()] == []


def machine_files(site: Path) -> list[str]:
    names = ("runbooks.json", "llms.txt", "runbooks/trial/index.md")
    return [name for name in names if (site / name).exists()]


def test_a_site_without_files_for_machines_has_none(site: Path, tmp_path: Path) -> None:
    assert len(machine_files(site)) == 3
    config = CONFIG.replace("opsbook]", "{opsbook: {machine_readable: false}}]")
    assert machine_files(built(write(tmp_path, {**FILES, "mkdocs.yml": config}))) == []


def test_a_file_of_the_sites_own_stays(tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "docs/llms.txt": "mine\n", "docs/runbooks.json": "[]\n"})
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    assert (root / "site" / "llms.txt").read_text("utf-8") == "mine\n"
    assert (root / "site" / "runbooks.json").read_text("utf-8") == "[]\n"
    assert check(root)[0] == 0


def test_the_generated_source_has_the_runbooks_and_no_markdown_that_another_engine_would_make_a_page(
    tmp_path: Path,
) -> None:
    root = write(tmp_path, FILES)
    done = run_command("opsbook", "generate", root / "source", folder=root)
    assert done.returncode == 0, done.stderr
    docs = root / "source" / "docs"
    assert (docs / "runbooks.json").is_file()
    assert not (docs / "llms.txt").exists()
    assert [path for path in docs.rglob("*") if path.suffix == ".raw"] == []
    assert (docs / "runbooks" / "trial" / "index.md").read_text("utf-8").startswith("---\n")  # The page itself.


def test_files_for_machines_are_marked() -> None:
    marked: list[Asset] = [asset for asset in site_of(FILES).assets if asset.for_machines]
    assert [asset.path for asset in marked] == [
        "runbooks.json",
        "runbooks/other/index.md",
        "runbooks/trial/index.md",
        "llms.txt",
    ]
