"""`mkdocs serve`: what is saved shows in the browser, and a mistake is told and forgiven."""

from __future__ import annotations

import inspect
import os
import re
import shutil
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
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.livereload import LiveReloadServer

from conftest import Pages
from drawing_scripts import PAIR
from plain_runbook import PLAIN_RUNBOOK
from small_site import CHECKLIST, WITH_MACROS, write

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

    def lacks(self, path: str, text: str) -> None:
        """Wait until the page at `path` is there without `text`."""
        self._wait(lambda: text not in (self.page(path) or text), f"{path} always held {text!r}")

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
    write(
        root, {"mkdocs.yml": WITH_MACROS, "macros/main.py": MACROS, "docs/practices/one/first.md": "## Old\n\nText.\n"}
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = tmp_path / "said.txt"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with said.open("wb") as output:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        # A shell starts what runs in its background with Ctrl+C ignored, and the server would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=output)
    try:
        here = Served(root, f"http://127.0.0.1:{port}", said)
        here.has("", "Elsewhere")
        yield here
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(timeout=20)
        finally:
            server.kill()


def test_whatever_is_saved_shows_on_its_page(served: Served) -> None:
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Changed"), "utf-8")
    served.has("practices/one/first/", "Changed")
    (served.root / "docs/practices/one/first.md").write_text("## New words\n\nText.\n", "utf-8")
    served.has("practices/one/first/", "New words")
    (served.root / "diagrams").mkdir()
    (served.root / "diagrams/pair.py").write_text(PAIR, "utf-8")
    served.has("architecture/", "pair")


def test_what_did_not_exist_at_the_start_shows_when_it_comes_and_whenever_it_changes(served: Served) -> None:
    runbook = served.root / "runbooks/shop/cart-down.md"
    for round in range(2):
        runbook.parent.mkdir(parents=True)
        runbook.write_text(PLAIN_RUNBOOK.replace("Nobody can pay.", f"Nobody can pay {round}."), "utf-8")
        served.has("runbooks/cart-down/", f"Nobody can pay {round}.")
        time.sleep(1)
        runbook.write_text(PLAIN_RUNBOOK.replace("Nobody can pay.", f"Nobody can buy {round}."), "utf-8")
        served.has("runbooks/cart-down/", f"Nobody can buy {round}.")
        shutil.rmtree(served.root / "runbooks")
        served.lacks("sitemap.xml", "cart-down")
    services = served.root / "services.yml"
    for title in ("The cart", "The basket"):
        services.write_text(
            f"services: [{{id: cart, title: {title}, summary: It sells., owner: team, tier: 1}}]\n", "utf-8"
        )
        served.has("services/", title)
    replaced = served.root / "new.yml"
    for title in ("Moved", "Moved again"):
        replaced.write_text(CHECKLIST.replace("title: First", f"title: {title}"), "utf-8")
        replaced.replace(served.root / "checklist.yml")
        served.has("practices/one/first/", title)


ROLES = """\
roles:
  - {id: on-call, title: On call, ask: You have it., rbac: [rbac/roles/on-call.yml]}
default_role: on-call
services: [{id: cart, title: Cart, summary: It sells., owner: team, tier: 1}]
"""
ROLE = """\
kind: Role
metadata: {name: on-call}
rules: [{apiGroups: [""], resources: [pods], verbs: [VERB]}]
"""


def test_a_file_that_a_role_names_shows_whenever_it_changes(served: Served) -> None:
    role = served.root / "rbac/roles/on-call.yml"
    role.parent.mkdir(parents=True)
    role.write_text(ROLE.replace("VERB", "list"), "utf-8")
    (served.root / "runbooks").mkdir()
    (served.root / "runbooks/cart-down.md").write_text(PLAIN_RUNBOOK, "utf-8")
    (served.root / "services.yml").write_text(ROLES, "utf-8")
    served.has("services/", "It sells.")
    served.lacks("runbooks/cart-down/", "list pods")
    for verb in ("watch", "list", "watch"):
        time.sleep(1)
        role.write_text(ROLE.replace("VERB", verb), "utf-8")
        (served.lacks if verb == "list" else served.has)("runbooks/cart-down/", "list pods")


def test_other_files_beside_the_sources_start_no_build(served: Served) -> None:
    time.sleep(1.5)
    before = served.said.read_text("utf-8").count("Building documentation")
    for name in ("site/index.html", "node_modules/x/index.js", "nohup.out", ".venv/lib/x.py"):
        file = served.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", "utf-8")
    time.sleep(2.5)
    assert served.said.read_text("utf-8").count("Building documentation") == before


def test_a_mistake_is_told_with_its_place_and_its_repair_shows(served: Served) -> None:
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("status: done", "status: dnoe"), "utf-8")
    served.says("checklist.yml:14:17: `dnoe` is not known; did you mean `done`?")
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Mended"), "utf-8")
    served.has("practices/one/first/", "Mended")
    assert "Traceback" not in served.said.read_text("utf-8")


def test_the_last_good_site_is_there_while_a_mistake_stands(served: Served) -> None:
    wrong = CHECKLIST.replace("status: done", "status: <i data-probe>").replace("owner: team", "ownr: team")
    (served.root / "checklist.yml").write_text(wrong, "utf-8")
    served.has("", "ob-mistakes")
    for path in ("", "practices/one/first/"):
        shown = served.page(path)
        assert "The last build failed. This is the site as it was before." in shown
        assert "<li>checklist.yml:8:5: unknown key `ownr`" in shown
        assert "<li>checklist.yml:14:17: `&lt;i data-probe&gt;` is not known" in shown
        assert "<i data-probe>" not in shown
        assert "livereload(" in shown
    assert '"docs"' in served.page("search/search_index.json")
    assert "ob-mistakes" not in served.page("assets/opsbook/opsbook.js")
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Mended"), "utf-8")
    served.has("practices/one/first/", "Mended")
    served.lacks("practices/one/first/", "ob-mistakes")


def test_a_bug_in_a_macro_or_a_setting_leaves_the_server_and_the_site(served: Served) -> None:
    right = (served.root / "mkdocs.yml").read_text("utf-8")
    (served.root / "mkdocs.yml").write_text(right + "nonsense: [\n", "utf-8")
    served.has("", "ob-mistakes")
    (served.root / "mkdocs.yml").write_text(right, "utf-8")
    served.lacks("", "ob-mistakes")
    (served.root / "macros/main.py").write_text("def define_env(env):\n    raise SystemExit(7)\n", "utf-8")
    (served.root / "mkdocs.yml").write_text(right + "watch: [macros]\n", "utf-8")
    served.has("", "the build ended with 7")
    (served.root / "macros/main.py").write_text(MACROS, "utf-8")
    served.lacks("", "ob-mistakes")


def test_requests_are_answered_while_a_build_runs(served: Served) -> None:
    gate = served.root / "gate"
    slow = "import os, time\n\ndef define_env(env):\n    while os.path.exists('gate'):\n        time.sleep(0.05)\n"
    (served.root / "macros/main.py").write_text(slow, "utf-8")
    gate.touch()
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Changed"), "utf-8")
    served.says("Detected file changes")
    for _ in range(20):
        shown = served.page("practices/one/first/")
        assert "First" in shown
        assert "Changed" not in shown
    gate.unlink()
    served.has("practices/one/first/", "Changed")


def test_an_open_page_shows_the_problems_and_its_repair_by_itself(served: Served, page: Pages) -> None:
    opened = page(f"{served.address}/practices/one/first/")
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("status: done", "status: <i data-probe>"), "utf-8")
    problems = opened.get_by_role("region", name="Problems of the last build")
    problems.wait_for(timeout=PATIENCE * 1000)
    assert "14:17: `<i data-probe>` is not known" in problems.inner_text()
    assert opened.locator("[data-probe]").count() == 0
    box = problems.bounding_box()
    assert box is not None
    assert box["y"] == 0
    faults = Axe().run(opened, context=".ob-mistakes")
    assert faults.response["violations"] == []
    (served.root / "checklist.yml").write_text(CHECKLIST.replace("title: First", "title: Mended"), "utf-8")
    opened.get_by_role("heading", name="Mended").wait_for(timeout=PATIENCE * 1000)
    assert problems.count() == 0


def test_what_is_used_of_the_server_and_is_not_documented_is_still_there() -> None:
    serve = inspect.getsource(LiveReloadServer._serve_request)
    assert "self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)" in serve
    loop = inspect.getsource(LiveReloadServer._build_loop)
    steps = ["self._wanted_epoch = _timestamp()", "self.builder()", "self._visible_epoch = self._wanted_epoch"]
    assert [step for step in steps if step in loop] == steps
    assert steps == sorted(steps, key=loop.index)
    strict = inspect.getsource(mkdocs_build)
    assert "logging.getLogger('mkdocs').addHandler(warning_counter)" in strict
    assert strict.index("on_post_build") < strict.index("warning_counter.get_counts()")


def test_the_script_that_reloads_a_page_runs_and_the_policy_adds_no_other(served: Served, page: Pages) -> None:
    shown = page(f"{served.address}/")
    assert shown.evaluate("typeof livereload") == "function"
    first, second = (set(re.findall(r"'sha256-[^']+'", served.page(""))) for _ in range(2))
    assert len(first - second) == len(second - first) == 1
    assert "unsafe-inline" not in served.page("")
