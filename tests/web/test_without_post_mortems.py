"""A runbook on a site without post-mortems offers to start none."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Pages, Serve
from small_site import CONFIG, built, write
from trial_runbook import FILES


@pytest.mark.parametrize(("without", "is_offered"), [("glossary", True), ("post-mortems", False)])
def test_a_post_mortem_is_offered_where_the_site_has_them(
    without: str, is_offered: bool, tmp_path: Path, serve: Serve, page: Pages
) -> None:
    config = CONFIG.replace("search, opsbook", f"search, {{opsbook: {{without: [{without}]}}}}")
    shown = page(f"{serve(built(write(tmp_path, {**FILES, 'mkdocs.yml': config})))}/runbooks/other/")
    log = shown.locator(".ob-log")
    log.get_by_role("textbox").fill("Seen")
    log.get_by_role("textbox").press("Enter")
    log.get_by_role("button", name="Copy timeline").wait_for()
    assert log.get_by_role("button", name="Start the post-mortem").is_visible() is is_offered
