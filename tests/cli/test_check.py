"""`opsbook check` names what a build runs as a program."""

from __future__ import annotations

from pathlib import Path

from commands import run_command
from drawing_scripts import PAIR
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
