"""Many builds in one process, as `mkdocs serve` does them: nothing stays open."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from small_site import write

SCRIPT = """\
import json, os, sys, threading
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

checklist = Path("checklist.yml")
right = checklist.read_text("utf-8")
config = load_config(config_file="mkdocs.yml", site_dir="served")
config.plugins.on_startup(command="serve", dirty=False)
counts = []
for turn in range(10):
    is_wrong = turn % 3 == 2
    checklist.write_text(right.replace("status: done", "status: dnoe") if is_wrong else right + "#\\n" * turn, "utf-8")
    try:
        build(load_config(config_file="mkdocs.yml", site_dir="served"), serve_url="http://127.0.0.1/")
    except Abort:
        assert is_wrong
    counts.append([len(os.listdir(sys.argv[1])), threading.active_count(), len(list(Path().glob(".*.part")))])
print(json.dumps(counts))
"""


def test_the_tenth_build_holds_no_more_than_the_second(tmp_path: Path) -> None:
    write(tmp_path, {})
    open_files = "/proc/self/fd" if sys.platform == "linux" else "/dev/fd"
    command = [sys.executable, "-c", SCRIPT, open_files]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert counts == [counts[1]] * 10
    assert counts[1][1:] == [1, 0]
