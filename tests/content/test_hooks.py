"""What the repositories of others take from this one: the GitHub action and the hooks of pre-commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from git_folder import ALONE, commit, git

PROGRAMS = Path(sys.executable).parent
RULES = """\
groups:
  - name: shop
    rules:
      - alert: StoreDown
        expr: up == 0
        annotations:
          runbook_url: https://ops.example.com/storedown
      - alert: StoreLost
        expr: lost == 0
      - alert: Watchdog
        expr: vector(1)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Somebody else's repository, with rules and runbooks at the places that are looked at first."""
    root = tmp_path / "shop"
    files = {"runbooks/rules/shop.yml": RULES, "runbooks/StoreDown.md": "# StoreDown\n", "runbooks/Old.md": OLD}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


OLD = "# Old\n\n## Alert name: StoreOld\n"


@pytest.fixture
def action(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text("utf-8"))
    return loaded


def run_action(root: Path, shop: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action as GitHub does, with its inputs and their defaults."""
    steps = yaml.safe_load((root / "action.yml").read_text("utf-8"))
    defaults = {name: each["default"] for name, each in steps["inputs"].items()}
    step = steps["runs"]["steps"][-1]
    given = {key: ({**defaults, **inputs})[value.split(".")[1].split(" ")[0]] for key, value in step["env"].items()}
    (shop.parent / "output").write_text("", "utf-8")
    github = {"GITHUB_ACTION_PATH": str(root), "GITHUB_OUTPUT": str(shop.parent / "output")}
    here = {"RUNNER_TEMP": str(shop.parent), "OPSBOOK": str(PROGRAMS / "opsbook")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=shop,
        env={**os.environ, **given, **github, **here},
        capture_output=True,
        text=True,
    )


def test_the_action_fits_its_schema_and_every_input_is_in_the_manual_and_handed_on(
    root: Path, action: dict[str, Any]
) -> None:
    command = [
        str(PROGRAMS / "check-jsonschema"),
        "--builtin-schema",
        "vendor.github-actions",
        str(root / "action.yml"),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    manual = (root / "docs/opsbook/alerts.md").read_text("utf-8")
    assert [name for name in action["inputs"] if f"| `{name}` |" not in manual] == []
    text = (root / "action.yml").read_text("utf-8")
    assert [name for name in action["inputs"] if f"${{{{ inputs.{name} }}}}" not in text] == []
    script = (root / "scripts/action").read_text("utf-8")
    handed = {*action["runs"]["steps"][1]["env"], *action["runs"]["steps"][2]["env"]}
    assert [name for name in handed if f"${name}" not in script] == []


def test_the_action_writes_annotations_and_a_sarif_file(root: Path, shop: Path) -> None:
    done = run_action(root, shop, exclude="Watchdog\n  nothing  \n", orphans="false", sarif="out/alerts.sarif")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "::error file=runbooks/rules/shop.yml,line=8,col=16::no runbook is for the alert `StoreLost`; name it under"
        " `alerts` of one, or link to one",
        "::notice ::--exclude nothing leaves nothing out: no alert and no file is called so",
    ]
    (found,) = json.loads((shop / "out/alerts.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert (found["ruleId"], found["locations"][0]["physicalLocation"]["region"]) == (
        "missing-runbook",
        {"startLine": 8, "startColumn": 16},
    )
    assert (shop.parent / "output").read_text("utf-8") == "sarif=out/alerts.sarif\n"
    assert run_action(root, shop, exclude="Watchdog\nStoreLost", orphans="false").returncode == 0


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"command": "lint"}, "the input command is `lint`; allowed: alerts, check"),
        ({"rules": "nowhere"}, "Path 'nowhere' does not exist"),
        ({"base": "ops"}, "`ops` is no address of a site"),
    ],
)
def test_the_action_says_what_is_wrong_with_its_inputs(
    root: Path, shop: Path, inputs: dict[str, str], said: str
) -> None:
    done = run_action(root, shop, **inputs)
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert not (shop / "opsbook.sarif").exists()


def test_the_action_checks_a_site(root: Path, shop: Path) -> None:
    done = run_action(root, shop, command="check")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=")
    assert json.loads((shop / "opsbook.sarif").read_text("utf-8"))["runs"][0]["results"]


def test_pre_commit_installs_and_runs_the_hooks(root: Path, shop: Path, tmp_path: Path) -> None:
    """The packages that Opsbook needs come from the environment of the tests; Opsbook itself is built and installed."""
    source = tmp_path / "source"
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source.mkdir(exist_ok=True)
        shutil.copy(root / name, source / name)
    shutil.copytree(root / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    git(source, "init", "--quiet")  # Else the folder `site` would be left out, as what a build makes.
    commit(source, "2026-11-01")
    commit(shop, "2026-11-01")
    (packages,) = {str(Path(path)) for path in sys.path if path.endswith("site-packages")}
    environment = {
        **os.environ,
        **ALONE,
        "PYTHONPATH": packages,
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip takes a switch that begins with `no` the other way round.
    }

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        command = [str(PROGRAMS / "pre-commit"), "try-repo", str(source), name, "--all-files", "--color", "never"]
        return subprocess.run(command, cwd=shop, env=environment, capture_output=True, text=True)

    done = hook("opsbook-alerts")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "runbooks/rules/shop.yml:8:16: no runbook is for the alert `StoreLost`;" in done.stdout
    assert "runbooks/Old.md:3:1: no rule has the alert `StoreOld` any more" in done.stdout
    mended = RULES.replace("StoreLost", "StoreOld").partition("      - alert: Watchdog")[0]
    (shop / "runbooks/rules/shop.yml").write_text(mended, "utf-8")
    commit(shop, "2026-11-02")
    done = hook("opsbook-alerts")
    assert done.returncode == 0, done.stdout + done.stderr
    done = hook("opsbook-check")
    assert done.returncode == 1
    assert "- hook id: opsbook-check" in done.stdout
    assert "the folder of the pages, `docs`, is not there" in done.stdout
