"""`opsbook check` names what a build runs as a program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from commands import run_command
from drawing_scripts import PAIR
from plain_runbook import PLAIN_RUNBOOK
from small_site import CONFIG, WITH_MACROS, write

MODULE = "def define_env(env):\n    pass\n"


def check(root: Path) -> list[str]:
    done = run_command("opsbook", "check", folder=root)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_is_trusted_is_named(tmp_path: Path) -> None:
    config = WITH_MACROS.replace("theme: material", "theme: {name: material, custom_dir: own}") + "hooks: [hook.py]\n"
    files = {
        "mkdocs.yml": config,
        "macros/main.py": MODULE,
        "diagrams/pair.py": PAIR,
        "own/.gitkeep": "",
        "hook.py": "",
    }
    assert check(write(tmp_path, files))[1:] == [
        "trusted, since a build runs it: diagrams/ (1 script), macros/main.py, hook.py, own/ (templates)"
    ]


def test_where_nothing_is_run_nothing_is_named(tmp_path: Path) -> None:
    assert check(write(tmp_path, {"mkdocs.yml": CONFIG})) == ["4 practices, 0 guides, 0 runbooks: no problem found"]


SHELL = """\
```bash {.read}
kubectl exec -n x $(kubectl get po -oname) -- date
```
"""
NO_SHELLCHECK = (
    "runbooks: warning: shellcheck is missing, so `bash -n` has read its commands, which finds less;"
    ' get it with `pip install "opsbook[checkers]"`'
)


def test_without_shellcheck_the_check_says_once_that_another_machine_may_find_more(tmp_path: Path) -> None:
    runbooks = {f"runbooks/{name}.md": runbook(name) for name in ("cart-down", "cart-slow")}
    write(tmp_path, {"mkdocs.yml": CONFIG, **runbooks})
    with_it = run_command("opsbook", "check", folder=tmp_path)
    assert "(SC2046)" in with_it.stderr

    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/bash").symlink_to(str(shutil.which("bash")))
    code = "import sys; sys.executable = '/nowhere/python'; from opsbook.cli import main; main()"
    environment = {**os.environ, "PATH": str(tmp_path / "bin")}
    command = [sys.executable, "-c", code, "check"]
    without = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert without.returncode == 0, without.stderr
    assert [line for line in without.stdout.splitlines() if "shellcheck" in line] == [NO_SHELLCHECK]


def runbook(name: str) -> str:
    text = PLAIN_RUNBOOK.replace("id: cart-down", f"id: {name}").replace("alerts: [CartDown]\n", "")
    return text.replace("```bash {.read}\nkubectl get pods\n```\n", SHELL)
