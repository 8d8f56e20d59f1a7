"""The benchmarks run: what they put a clock on is there, and the sources that they make build strictly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from small_site import CONFIG, write

BENCH = ROOT / "bench"


def environment() -> dict[str, str]:
    paths = filter(None, (str(BENCH), os.environ.get("PYTHONPATH")))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def test_each_stage_of_a_build_is_measured(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    write(tmp_path / "source", {"mkdocs.yml": CONFIG})
    command = [sys.executable, str(BENCH / "stages.py"), "source", "site", "out.json"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=environment())
    stages = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert {"load", "pages", "pictures", "Markdown", "templates", "search", "navigation", "files"} <= stages.keys()
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_checklist_is_copied_several_times_with_links_that_lead_somewhere(tmp_path: Path) -> None:
    program = f"import sys, pathlib, scaled; scaled.make_scaled(pathlib.Path({str(ROOT)!r}), pathlib.Path('twice'), 2)"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, env=environment())
    check = [sys.executable, "-m", "opsbook", "check", "--strict"]
    done = subprocess.run(check, cwd=tmp_path / "twice", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
