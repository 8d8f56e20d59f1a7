"""What nobody foresaw in one file: a problem with its name, and the others are read all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from small_site import write

SAID = (
    "this could not be read: ValueError: nobody foresaw this; "
    "it is a fault of opsbook, please report it, --debug shows where"
)
FAULTY = """\
import sys
from opsbook.{module} import {name} as real
import opsbook.{user} as user

def faulty(*arguments, **options):
    if any("broken" in str(each) for each in arguments):
        raise ValueError("nobody\\nforesaw this")
    return real(*arguments, **options)

user.{name} = faulty
from opsbook.cli import main
sys.argv = ["opsbook", *sys.argv[1:]]
main()
"""
RUNBOOK = "---\nid: {id}\n---\n"


def run(root: Path, module: str, user: str, name: str, *arguments: str) -> tuple[int, list[str], str]:
    """What a command says where `name` of `module` fails, as `user` calls it, for what is called `broken`."""
    code = FAULTY.format(module=module, user=user, name=name)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=root, env=os.environ, capture_output=True, text=True, timeout=60
    )
    return done.returncode, [line for line in done.stderr.splitlines() if SAID in line], done.stderr


def test_a_fault_in_one_file_of_each_kind_names_it_and_hides_no_other(tmp_path: Path) -> None:
    files = {
        "docs/broken.md": "x",
        "docs/wrong.md": "\x07",
        "docs/onboarding/broken.md": "x",
        "docs/templates/broken.md": "x",
        "docs/practices/one/first.md": "## Why\n",
        "docs/api/broken.yml": "x",
        "runbooks/broken.md": RUNBOOK.format(id="broken"),
        "post-mortems/broken.md": "x",
        "diagrams/broken.py": "x",
    }
    write(tmp_path, files)
    users = (
        *(f"nouns.{noun}.load" for noun in ("page", "track", "template", "api", "runbook", "post_mortem", "drawing")),
    )
    found: set[str] = set()
    for user in users:
        code, said, everything = run(tmp_path, "source.text", user, "read_text", "check")
        assert code == 1
        assert "Traceback" not in everything
        assert "docs/wrong.md:1:1: the control character U+0007 is not allowed; remove it" in everything or (
            user == "nouns.page.load"
        )
        found |= set(said)
    names = [name for name in files if "broken" in name]
    assert found == {f"{name}: {SAID}" for name in names}


def test_a_page_that_cannot_be_made_names_its_file(tmp_path: Path) -> None:
    checklist = "title: T\nareas:\n  - {id: one, title: broken, items: [{id: first, title: F}]}\n"
    write(tmp_path, {"checklist.yml": checklist})
    code, said, everything = run(tmp_path, "nouns.checklist.practices", "nouns.checklist.pages", "area_page", "check")
    assert (code, said) == (1, [f"checklist.yml: {SAID}"]), everything


def test_debug_shows_where_a_fault_is(tmp_path: Path) -> None:
    write(tmp_path, {"docs/broken.md": "x"})
    _, said, everything = run(tmp_path, "source.text", "nouns.page.load", "read_text", "--debug", "check")
    assert said == [f"docs/broken.md: {SAID}"]
    assert "Traceback (most recent call last):" in everything
    assert "nouns/page/load.py" in everything


def test_a_fault_outside_of_a_users_file_keeps_its_traceback(tmp_path: Path) -> None:
    write(tmp_path, {})
    code = "import opsbook.cli.checking as user\ndef faulty(*a, **o): raise ValueError('x')\n"
    code += "user.draft_handbook = faulty\nimport sys\nfrom opsbook.cli import main\n"
    code += "sys.argv = ['opsbook', 'check']\nmain()"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
