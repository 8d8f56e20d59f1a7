"""The pages of post-mortems, and of a folder that has none."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from conftest import Pages, Serve
from opsbook.nouns.post_mortem.durations import TICKS, duration_svg, span
from opsbook.nouns.post_mortem.load import parse_post_mortem
from opsbook.nouns.post_mortem.model import fill, load_template
from opsbook.site.language import SiteLanguage
from opsbook.site.links import link_to
from small_site import built, site_of, write
from trial_runbook import FILES


def draft(**times: str) -> str:
    started = {"title": '"Orders {{ 7*7 }} *down*"', "severity": "sev2", "started": "2026-03-04T10:00Z"}
    return fill(load_template(Path("none"), "none"), {**started, **times})


def test_the_scale_ends_at_the_first_tick_that_no_duration_is_past() -> None:
    def one(minutes: int) -> str:
        end = timedelta(hours=10, minutes=minutes)
        hours, rest = divmod(int(end.total_seconds()) // 60, 60)
        return draft(resolved=f"2026-03-04T{hours:02}:{rest:02}Z")

    path = "post-mortems/2026-03-04-x.md"
    short, long = (parse_post_mortem(one(minutes), path)[0] for minutes in (20, 61))
    assert (span([short]), span([short, long]), span([])) == (60, 360, 60)
    assert [minutes for minutes, _ in TICKS] == sorted(minutes for minutes, _ in TICKS)
    assert "detected" not in duration_svg(short, 60, SiteLanguage())


def test_a_draft_says_what_is_still_to_write_and_its_title_is_no_markup(tmp_path: Path) -> None:
    site = built(write(tmp_path, {"post-mortems/2026-03-04-orders.md": draft(detected="2026-03-04T10:05Z")}))
    text = (site / "post-mortems" / "2026-03-04-orders" / "index.html").read_text("utf-8")
    assert "Still to write: when it was mitigated, when it was resolved, Summary, Impact" in text
    assert "<title>Orders {{ 7*7 }} *down* - Elsewhere</title>" in text
    assert "<!-- What had to be true" not in text


def test_a_folder_with_runbooks_and_no_post_mortem_has_the_template_and_no_empty_list(tmp_path: Path) -> None:
    site = built(write(tmp_path, FILES))
    assert [file.name for file in (site / "post-mortems").iterdir()] == ["template"]
    text = (site / "post-mortems" / "template" / "index.html").read_text("utf-8")
    assert "## Where we were lucky" in text.replace("&#35;", "#")


def test_a_former_address_leads_to_the_post_mortem() -> None:
    text = draft().replace("actions: []", "actions: []\naliases: [old-name]")
    assets = {asset.path: asset.content for asset in site_of({"post-mortems/2026-03-04-orders.md": text}).assets}
    assert link_to("post-mortems/2026-03-04-orders.md") in str(assets["post-mortems/old-name/index.html"])


def test_the_template_is_filled_with_what_the_page_of_a_runbook_noted(
    tmp_path: Path, serve: Serve, page: Pages
) -> None:
    shown = page(f"{serve(built(write(tmp_path, FILES)))}/post-mortems/template/")
    assert not shown.get_by_role("button", name="Discard").is_visible()
    noted = {
        "title": 'Pod "crash"',
        "detected": "2026-11-23T10:00Z",
        "services": "cart, orders",
        "runbooks": "pod-crash-looping",
        "timeline": "- 2026-11-23 10:00 Seen\n- 2026-11-23 10:05 Rolled back",
    }
    shown.evaluate("noted => localStorage.setItem('opsbook:post-mortem', noted)", json.dumps(noted))
    shown.reload()
    shown.get_by_role("button", name="Save as a file").wait_for()
    text = shown.locator("[data-ob-template] code").inner_text()
    filled, _ = parse_post_mortem(
        text.replace("severity: \n", "severity: sev2\n").replace("started: \n", "started: 2026-11-23T09:58Z\n"),
        "post-mortems/2026-11-23-pod-crash.md",
    )
    assert filled.title == 'Pod "crash"'
    assert [moment.text for moment in filled.timeline] == ["Seen", "Rolled back"]
    with shown.expect_download() as download:
        shown.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "2026-11-23-pod-crash.md"
    assert Path(download.value.path()).read_text("utf-8") == text + ("" if text.endswith("\n") else "\n")
    shown.get_by_role("button", name="Discard").click()
    assert "title: \n" in shown.locator("[data-ob-template] code").inner_text()
