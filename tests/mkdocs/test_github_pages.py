"""Pages, guides and runbooks with Markdown that people write for GitHub, as a browser shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Pages, Serve
from runbook_tab import pasted
from screens import check_on_each_screen
from small_site import built, write
from trial_runbook import FILES, TRIAL

TASKS = "Do this:\n- [ ] tell the channel\n- [x] page the team\n  1. [ ] the first\n"
SESSION = "```console\n$ kubectl get pods\nNAME  READY\nshop  1/1\n$ kubectl get nodes\nn1    Ready\n```\n"
PRINTED = "```console\nn1    Ready\n```\n"
PAGE = f"# Page\n\n{TASKS}\n{SESSION}\n{PRINTED}\n> [!WARNING]\n> Mind **this**.\n\nA note[^1].\n\n[^1]: See https://example.org.\n"
GUIDE = f"## Why it matters\n\n{TASKS}\n{SESSION}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    runbook = TRIAL.replace("## Impact\n", f"{TASKS}\n{SESSION}\n## Impact\n", 1)
    files = {**FILES, "docs/page.md": PAGE, "docs/practices/one/first.md": GUIDE, "runbooks/trial.md": runbook}
    return built(write(tmp_path_factory.mktemp("github"), files))


@pytest.mark.parametrize("address", ["page", "practices/one/first", "runbooks/trial"])
def test_tasks_are_boxes_with_names(address: str, site: Path, page: Pages, serve: Serve) -> None:
    tab = page(f"{serve(site)}/{address}/")
    boxes = tab.locator(".task-list-item input")
    assert boxes.evaluate_all("boxes => boxes.map(box => [box.checked, box.disabled, box.ariaLabel])") == [
        [False, True, "Done"],
        [True, True, "Done"],
        [False, True, "Done"],
    ]


@pytest.mark.parametrize("address", ["page", "practices/one/first"])
def test_the_button_of_a_session_copies_its_commands(address: str, site: Path, page: Pages, serve: Serve) -> None:
    tab = page(f"{serve(site)}/{address}/")
    tab.locator(".language-console button.md-code__button[data-md-type=copy]").first.click()
    tab.get_by_text("Copied to clipboard").wait_for()
    assert pasted(tab) == "kubectl get pods\nkubectl get nodes"


def test_what_was_printed_has_no_button(site: Path, page: Pages, serve: Serve) -> None:
    tab = page(f"{serve(site)}/page/")
    tab.locator(".md-code__nav").first.wait_for()
    assert tab.locator(".language-console").nth(1).locator("button").count() == 0
    runbook = page(f"{serve(site)}/runbooks/trial/")
    runbook.locator(".ob-copy").first.wait_for()
    session = runbook.locator(".ob-command", has_text="kubectl get nodes")
    assert session.locator("code").inner_text().startswith("$ kubectl get pods\nNAME  READY\n")
    assert session.locator("button").count() == 0


def test_such_a_page_fits_every_screen(site: Path, page: Pages, serve: Serve) -> None:
    check_on_each_screen(page, f"{serve(site)}/page/")
