"""`mkdocs serve`: what is saved shows in the browser, and a mistake is told and forgiven."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import Pages
from drawing_scripts import PAIR
from elsewhere import CHECKLIST, WITH_MACROS, write

MACROS = "def define_env(env):\n    pass\n"
PATIENCE = 60.0
"""Seconds until a test gives up; a rebuild takes about one."""


@dataclass
class Served:
    """A folder under `mkdocs serve`."""

    root: Path
    address: str
    said: Path

    def has(self, path: str, text: str) -> None:
        """Wait until the page at `path` holds `text`."""
        self._wait(lambda: text in self.page(path), f"{path} never held {text!r}")

    def says(self, text: str) -> None:
        """Wait until the server has printed `text`."""
        self._wait(lambda: text in self.said.read_text("utf-8"), f"never said {text!r}")

    def page(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"{self.address}/{path}", timeout=10) as answer:
                content: bytes = answer.read()
                return content.decode()
        except urllib.error.URLError:
            return ""

    def _wait(self, happened: Callable[[], bool], message: str) -> None:
        end = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < end, f"{message}\n{self.said.read_text('utf-8')}"
            time.sleep(0.1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    root = tmp_path / "site-of-somebody"
    root.mkdir()
    for folder in ("runbooks", "diagrams"):
        (root / folder).mkdir()
    write(
        root, {"mkdocs.yml": WITH_MACROS, "macros/main.py": MACROS, "docs/practices/one/first.md": "## Old\n\nText.\n"}
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = tmp_path / "said.txt"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with said.open("wb") as output:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=output)
    try:
        here = Served(root, f"http://127.0.0.1:{port}", said)
        here.has("", "Elsewhere")
        yield here
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def test_whatever_is_saved_shows_on_its_page(served: Served) -> None:
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Changed"), "utf-8")
    served.has("practices/one/first/", "Changed")
    (served.root / "docs/practices/one/first.md").write_text("## New words\n\nText.\n", "utf-8")
    served.has("practices/one/first/", "New words")
    (served.root / "diagrams/pair.py").write_text(PAIR, "utf-8")
    served.has("architecture/", "pair")


def test_a_mistake_is_told_with_its_place_and_its_repair_shows(served: Served) -> None:
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("status: done", "status: dnoe"), "utf-8")
    served.says("checklist.yml:14:17: `dnoe` is not known; did you mean `done`?")
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Mended"), "utf-8")
    served.has("practices/one/first/", "Mended")
    assert "Traceback" not in served.said.read_text("utf-8")


def test_the_script_that_reloads_a_page_runs_and_the_policy_adds_no_other(served: Served, page: Pages) -> None:
    shown = page(f"{served.address}/")
    assert shown.evaluate("typeof livereload") == "function"
    first, second = (set(re.findall(r"'sha256-[^']+'", served.page(""))) for _ in range(2))
    assert len(first - second) == len(second - first) == 1
    assert "unsafe-inline" not in served.page("")
