"""What must hold of the repository itself: pins, locks, workflows, and the scripts that set it up."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from commands import run_command

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ \\;]+)( ; [^\\]+)?( \\)?$")


def pins(root: Path, name: str) -> dict[str, str]:
    """The packages that a lock pins, each with its version."""
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for match in map(PIN.match, lines) if match}


def workflows(root: Path) -> dict[str, dict[str, Any]]:
    return {
        path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((root / ".github/workflows").glob("*.yml"))
    }


@pytest.mark.parametrize(
    "script", [".ci/run", "scripts/action", "scripts/backstage", "scripts/dist", "scripts/lowest", "scripts/setup"]
)
def test_a_script_can_be_run(root: Path, script: str) -> None:
    assert os.access(root / script, os.X_OK)


def test_the_three_lists_of_packages_are_in_step(root: Path) -> None:
    plain = pins(root, "requirements.txt")
    assert plain == pins(root, "requirements.lock")
    assert plain.items() <= pins(root, "requirements-dev.lock").items()
    assert (root / "requirements.txt").read_text(encoding="utf-8").endswith("\n-e .\n")


def test_the_pins_are_what_pyproject_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *(each for each in groups["dev"] if isinstance(each, str))]
    pinned = pins(root, "requirements-dev.lock")
    for requirement in map(Requirement, [*wanted, *groups["build"]]):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}; run `make lock`"
    assert set(project["build-system"]["requires"]) <= set(groups["build"])


def test_what_the_engine_imports_is_declared(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    of_module = packages_distributions()
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (root / "src").rglob("*.py")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom) and node.module}
    # pydantic_core is the half of pydantic that is compiled; pydantic pins it.
    foreign = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"opsbook", "pydantic_core"}
    undeclared = {name for name in foreign if not {canonicalize_name(each) for each in of_module[name]} & declared}
    assert undeclared == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(root: Path, lock: str) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.partition("make lock\n")[2])
    assert [entry.partition(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r".*(?:://|--index|--find-links| @ |=/).*", text) == []


def test_the_lock_of_the_tools_for_scripts_holds_hashes_and_no_address(root: Path) -> None:
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
    asked = json.loads((root / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert asked == {name: packages[f"node_modules/{name}"]["version"] for name in asked}


def test_the_plain_list_names_no_address(root: Path) -> None:
    text = (root / "requirements.txt").read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--index|--find-links| @ ).*", text) == []


def test_an_action_is_pinned_to_a_commit_and_says_its_version(root: Path) -> None:
    used = [
        line.partition("uses:")[2].strip()
        for path in (*(root / ".github/workflows").glob("*.yml"), root / "action.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    assert [line for line in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_a_job_has_its_own_permissions_and_an_end(root: Path) -> None:
    for name, workflow in workflows(root).items():
        assert workflow["permissions"] == {}, name
        for job in workflow["jobs"].values():
            assert job["permissions"], name
            assert job["timeout-minutes"] <= 30, name


def test_a_checkout_keeps_no_credentials(root: Path) -> None:
    steps = [
        step for workflow in workflows(root).values() for job in workflow["jobs"].values() for step in job["steps"]
    ]
    checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_only_what_publishes_may_write(root: Path) -> None:
    writers = {
        (name, job_name, scope)
        for name, workflow in workflows(root).items()
        for job_name, job in workflow["jobs"].items()
        for scope, access in job["permissions"].items()
        if access != "read"
    }
    assert writers == {
        ("publish.yml", "deploy", "pages"),
        ("publish.yml", "deploy", "id-token"),
        ("release.yml", "publish", "id-token"),
    }


def test_what_holds_a_token_for_the_index_runs_nothing_of_the_repository(root: Path) -> None:
    publish = workflows(root)["release.yml"]["jobs"]["publish"]
    assert publish["environment"] == {"name": "release"}
    assert publish["needs"] == "build"
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


def test_each_python_that_the_metadata_names_is_a_column_of_ci(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    classifiers = " ".join(project["classifiers"])
    jobs = workflows(root)["ci.yml"]["jobs"]
    named = re.findall(r"Python :: (3\.\d+)", classifiers)
    assert jobs["test"]["strategy"]["matrix"]["python"] == named
    assert project["requires-python"] == f">={named[0]}"


def test_no_hook_is_fetched_from_elsewhere(root: Path) -> None:
    config = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]


def test_help_lists_every_command(root: Path) -> None:
    listed = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    phony = re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert re.findall(r"^make ([a-z]+) +\S", listed, re.MULTILINE) == phony[1].split()


def test_every_command_of_the_readme_exists(root: Path) -> None:
    commands = set(re.findall(r"(?:^|`)make ([a-z]+)", (root / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):.*##", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert commands <= targets


def test_what_tools_bring_in_is_ignored_as_a_folder_and_as_a_link(root: Path) -> None:
    ignored = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/.venv", "/node_modules"} <= set(ignored), "with a slash at the end, a link of the name is committed"


def test_every_script_that_make_runs_is_there(root: Path) -> None:
    scripts = set(
        re.findall(r"\b(?:bench|scripts|tests)/[\w/]+(?:\.\w+)?", (root / "Makefile").read_text(encoding="utf-8"))
    )
    assert {script for script in scripts if not (root / script).is_file()} == set()


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A folder of programs without a Python and without apt-get."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "id", "rm", "grep", "tee", "tail"):
        path = shutil.which(name)
        assert path is not None
        (programs / name).symlink_to(path)
    return programs


def setup_says(root: Path, programs: Path) -> str:
    """What setting up says on a machine that has only `programs`; it must fail, with one line."""
    done = subprocess.run(
        [root / "scripts/setup", root / "requirements.lock"],
        cwd=programs.parent,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert not (programs.parent / ".venv").exists()
    return done.stderr


def add_python(programs: Path, script: str) -> None:
    python = programs / "python3"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)


def test_a_machine_without_python_is_told_how_to_get_one(root: Path, bare_machine: Path) -> None:
    assert setup_says(root, bare_machine) == (
        "setup: missing: Python 3.11 or later (here: none). Get it with `sudo apt-get install python3 python3-venv`"
        " (Debian 12, Ubuntu 24.04 and later) or `brew install python@3.13`\n"
    )


def test_a_python_that_is_too_old_is_named(root: Path, bare_machine: Path) -> None:
    add_python(bare_machine, 'case $1 in --version) echo "Python 3.10.12";; *) exit 1;; esac')
    assert "(here: Python 3.10.12)" in setup_says(root, bare_machine)


def test_a_python_without_the_venv_module_is_told_how_to_get_it(root: Path, bare_machine: Path) -> None:
    add_python(bare_machine, "case $2 in *ensurepip*) exit 1;; *print*) echo python3.12-venv;; esac")
    assert setup_says(root, bare_machine) == (
        "setup: missing: the venv module of python3. Get it with `sudo apt-get install python3.12-venv`\n"
    )


@pytest.mark.parametrize(
    ("source", "pattern"), [("Makefile", r"zizmor(?= --).*"), (".pre-commit-config.yaml", r"zizmor(?= --).*")]
)
def test_a_workflow_that_does_not_fit_its_schema_is_refused(
    root: Path, tmp_path: Path, source: str, pattern: str
) -> None:
    shutil.copytree(root / ".github", tmp_path / ".github")
    shutil.copy(root / "action.yml", tmp_path)
    found = re.search(pattern, (root / source).read_text("utf-8"))
    assert found
    command = [str(Path(sys.executable).parent / "zizmor"), *found[0].split()[1:]]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    broken = "on: push\npermissions: {}\njobs: {a: {runs-on: ubuntu-latest, step: [{run: make}]}}\n"
    (tmp_path / ".github/workflows/broken.yml").write_text(broken, "utf-8")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 1


def test_a_new_site_pins_the_actions_that_this_repository_pins(tmp_path: Path, root: Path) -> None:
    made = run_command("opsbook", "new", ".", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    uses = re.findall(
        r"uses: (\S+@[0-9a-f]{40} # v\S+)", (tmp_path / ".github/workflows/playbook.yml").read_text("utf-8")
    )
    ours = "".join(path.read_text("utf-8") for path in (root / ".github/workflows").glob("*.yml"))
    assert len(uses) == 4
    assert [each for each in uses if f"uses: {each}" not in ours] == []
