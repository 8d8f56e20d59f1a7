"""`opsbook new`: one command in an empty folder, and there is a site that passes every check."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from commands import run_command
from external_programs import program
from git_folder import git
from small_site import built

NAMES = {
    ".github/workflows/playbook.yml",
    ".gitignore",
    "checklist.schema.json",
    "checklist.yml",
    "diagrams/overview.py",
    "docs/.gitkeep",
    "macros/main.py",
    "mkdocs.yml",
    "requirements.txt",
    "runbooks/rules/targets.yml",
    "runbooks/target-down.md",
    "services.schema.json",
    "services.yml",
}
GERMAN = (
    "# Bereit\n\n## Daten\n\n- [x] Das Backup ist getestet\n- [ ] Die Daten werden nicht ohne Schlüssel gespeichert\n"
)

MINE = "title: Mine\nareas: [{id: a, title: A, items: [{id: b, title: B}]}]\n"


def opsbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", *arguments, folder=folder)


def names(root: Path) -> set[str]:
    paths = (path for path in root.rglob("*") if path.is_file())
    return {
        name
        for path in paths
        if not (name := path.relative_to(root).as_posix()).startswith((".git/", ".cache", "site/"))
    }


def passes(root: Path) -> Path:
    checked = opsbook(root, "check", "--strict")
    assert checked.returncode == 0, checked.stderr
    assert "no problem found" in checked.stdout
    return built(root)


def test_a_new_folder_has_all_of_a_site_with_what_git_knows(tmp_path: Path) -> None:
    root = tmp_path / "orders-api"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=trunk")
    git(root, "remote", "add", "origin", "https://somebody:t0ken@github.com/Example-Org/orders-api.git")
    done = opsbook(root, "new", ".")
    assert (done.returncode, done.stderr) == (0, "")
    assert names(root) == NAMES
    assert "t0ken" not in "".join((root / name).read_text("utf-8") for name in NAMES)
    config = (root / "mkdocs.yml").read_text("utf-8")
    assert config.splitlines()[:4] == [
        "site_name: Orders api",
        "site_url: https://example-org.github.io/orders-api/",
        "repo_url: https://github.com/Example-Org/orders-api",
        "strict: true",
    ]
    rule = (root / "runbooks/rules/targets.yml").read_text("utf-8")
    assert "https://example-org.github.io/orders-api/alerts/TargetDown/" in rule
    assert "branches: [trunk]" in (root / ".github/workflows/playbook.yml").read_text("utf-8")
    site = passes(root)
    assert "status: draft\n" in (root / "runbooks/target-down.md").read_text("utf-8")
    drafts = opsbook(root, "check", "--drafts")
    assert drafts.stderr == "runbooks/target-down.md:1:1: note: the key `reviewed` is missing\n"
    for page in ("index.html", "alerts/TargetDown/index.html", "architecture/overview/index.html"):
        assert (site / page).is_file(), page
    alerts = opsbook(root, "alerts", "runbooks/rules", "--base", "https://example-org.github.io/orders-api/")
    assert alerts.returncode == 0, alerts.stdout
    snippets = opsbook(root, "check", "--snippets")
    assert snippets.returncode == 0, snippets.stderr


def test_its_workflow_is_safe(tmp_path: Path) -> None:
    opsbook(tmp_path, "new", ".")
    zizmor = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--quiet", "--no-progress", "--pedantic"]
    judged = subprocess.run([*zizmor, "--strict-collection", ".github"], cwd=tmp_path, capture_output=True, text=True)
    assert judged.returncode == 0, judged.stdout


def test_its_alert_rule_is_one_that_prometheus_takes(tmp_path: Path) -> None:
    opsbook(tmp_path, "new", ".")
    command = [program("promtool"), "check", "rules", "runbooks/rules/targets.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_checklist_from_elsewhere_sets_the_words_and_the_language(tmp_path: Path) -> None:
    (tmp_path / "liste.md").write_text(GERMAN, "utf-8")
    done = opsbook(tmp_path, "new", "seite", "--from", "liste.md")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "next: mkdocs serve -f seite/mkdocs.yml"
    site = tmp_path / "seite"
    assert names(site) == {*NAMES, "checklist.upstream.json"}
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    assert (config["site_name"], config["theme"]) == ("Bereit", {"name": "material", "language": "de"})
    checklist = yaml.safe_load((site / "checklist.yml").read_text("utf-8"))
    assert checklist["upstream"]["address"] == "../liste.md"
    assert checklist["areas"][0]["items"][0]["status"] == "done"
    passes(site)
    again = opsbook(tmp_path, "new", "seite", "--from", "liste.md")
    assert (again.returncode, again.stderr.splitlines()[0]) == (
        1,
        "seite/checklist.yml: this file exists; bring another list into it with `opsbook import --update`, or choose"
        " another folder",
    )


def test_a_checklist_that_is_not_taken_whole_is_told_and_ends_with_1(tmp_path: Path) -> None:
    list_file = "build:\n  items:\n    - title: Sign it\n      owner: a\n      owner: b\n    - title: Scan it\n"
    list_file += '      description: "See [how](https://example.org/how), and `scan --all`."\n'
    (tmp_path / "list.yaml").write_text(list_file, "utf-8")
    done = opsbook(tmp_path, "new", "site", "--from", "list.yaml")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("; left out: 1 repeated key at line 5")
    assert done.stdout.splitlines()[0].endswith(".github/workflows/playbook.yml, 1 page in docs/practices/")
    assert done.stdout.splitlines()[-1] == "next: mkdocs serve -f site/mkdocs.yml"
    passes(tmp_path / "site")
    address = opsbook(tmp_path, "new", "other", "--from", "https://example.org/list.yaml")
    assert address.returncode == 1
    assert address.stderr.startswith("https://example.org/list.yaml: addresses are not fetched; save the file first:")


def test_a_folder_in_a_repository_is_built_where_it_lies(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "remote", "add", "origin", "git@github.com:example-org/shop.git")
    opsbook(tmp_path, "new", "ops/playbook")
    workflow = yaml.safe_load((tmp_path / ".github/workflows/playbook.yml").read_text("utf-8"))
    build = workflow["jobs"]["build"]
    assert build["defaults"]["run"]["working-directory"] == "ops/playbook"
    assert build["steps"][-1]["with"]["path"] == "ops/playbook/site"
    passes(tmp_path / "ops/playbook")


def test_what_is_there_stays_and_is_named(tmp_path: Path) -> None:
    mine = {
        "checklist.yml": f"{MINE}owners: [{{id: us, title: Us}}]\n",
        "requirements.txt": "mine\n",
        "runbooks/README.md": "Mine.\n",
    }
    for name, text in mine.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = opsbook(tmp_path, "new", ".")
    assert done.returncode == 0
    assert {name: (tmp_path / name).read_text("utf-8") for name in mine} == mine
    assert "kept, since it is there: checklist.yml, runbooks/target-down.md" in done.stdout
    assert "owner: us" in (tmp_path / "services.yml").read_text("utf-8")
    passes(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    again = opsbook(tmp_path, "new", ".")
    assert again.stdout.startswith("wrote nothing\nkept, since it is there: ")
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_a_checklist_without_owners_gets_no_runbook_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "checklist.yml").write_text(MINE, "utf-8")
    done = opsbook(tmp_path, "new", ".")
    assert "no runbook and no services: they need an owner, and checklist.yml names none" in done.stdout
    assert not (tmp_path / "runbooks").exists()
    passes(tmp_path)


@pytest.mark.parametrize("name", ["лавка", "it's “x”: {y} #1", "...", "1", "x" * 90])
def test_a_folder_of_any_name_makes_a_site(tmp_path: Path, name: str) -> None:
    done = opsbook(tmp_path, "new", name if name != "..." else "…")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / (name if name != "..." else "…")
    checked = opsbook(folder, "check", "--strict")
    assert checked.returncode == 0, checked.stderr


def test_another_host_gets_no_workflow_for_github(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "ssh://git@gitlab.com:2222/group/sub/shop.git")
    done = opsbook(tmp_path, "new", ".")
    assert "no workflow: the one that comes with Opsbook is for GitHub, and this is on gitlab.com" in done.stdout
    assert not (tmp_path / ".github").exists()
    assert "repo_url: https://gitlab.com/group/sub/shop\n" in (tmp_path / "mkdocs.yml").read_text("utf-8")
    passes(tmp_path)
