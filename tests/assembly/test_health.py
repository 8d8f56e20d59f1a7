"""The page on the health of a handbook: what it lists, in which order, and what it says where all is well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from each_noun import OF_EACH_NOUN
from opsbook.assembly.health import MOST_SHOWN, topic_lists
from opsbook.assembly.load import draft_handbook
from opsbook.source.sitefile import SiteFile, WrittenNav
from reader_clock import open_on
from screens import check_on_each_screen
from small_site import CHECKLIST, built, site_of, write
from trial_runbook import FILES

RULES = """\
groups:
  - name: shop
    rules:
      - {alert: TrialLooping, expr: up == 0, annotations: {runbook_url: 'https://book.example/alerts/TrialLooping/'}}
      - {alert: Elsewhere, expr: up == 0, annotations: {runbook_url: 'https://other.example/what/'}}
      - {alert: TrialWaiting, expr: up == 0, labels: {severity: critical}}
"""
FACTS = "facts: [{id: region, title: Region, value: eu, source: 'https://example.org/', reviewed: 2026-01-01}]\n"
CHECKLIST_UNWELL = """\
title: Elsewhere
owners: [{id: team, title: The team}]
areas:
  - id: one
    title: One
    owner: team
    items:
      - {id: first, title: First, status: done}
      - {id: second, title: Second, status: done, evidence: [{url: 'https://example.org/'}]}
  - id: two
    title: Two
    items:
      - id: third
        title: Third
        status: waived
        waiver: {reason: Nothing is stored., until: 2027-01-31}
      - {id: fourth, title: Fourth, owner: team}
phases: [{id: phase-one, title: Phase one, goals: [{title: Goal, items: [one]}]}]
"""
UNWELL = {
    **OF_EACH_NOUN,
    "checklist.yml": CHECKLIST_UNWELL,
    "facts.yml": FACTS,
    "runbooks/rules/trial.yml": RULES,
}
WELL = {"checklist.yml": CHECKLIST.replace("    title: Two\n", "    title: Two\n    owner: team\n")}


def listed(root: Path, nav: tuple[str, ...] | None = None) -> list[str]:
    """Return every entry of the page of the handbook in `root`: its topic, day, title, place and note."""
    settings = SiteFile(docs=root / "docs", nav=WrittenNav(nav) if nav is not None else None)
    graph = draft_handbook(root, root / "docs", site=settings).handbook.graph
    return [
        f"{name} {each.day or '-'} " + " ".join([each.title, f"{each.file}:{each.line}", each.note, *each.details])
        for name, entries in ((topic.topic.name, topic.entries) for topic in topic_lists(graph))
        for each in entries
    ]


def test_every_noun_says_what_needs_a_look_and_the_gravest_comes_first(tmp_path: Path) -> None:
    trial = "Trial <b>loop</b> & *stars*"
    assert listed(write(tmp_path, UNWELL)) == [
        "ALERTS - TrialWaiting runbooks/rules/trial.yml:6 it does not link to its runbook",
        "ALERTS - Elsewhere runbooks/rules/trial.yml:5 its link leads to another site",
        f"REVIEWS 2020-07-29 {trial} runbooks/trial.md:10 runbook The team",
        "REVIEWS 2026-06-30 Region facts.yml:1 fact eu",
        "REVIEWS 2027-04-30 Other runbooks/other.md:8 runbook The team",
        "ACTIONS 2026-12-31 Act post-mortems/2026-03-04-orders.md:0  The team Orders",
        "WAIVERS 2027-01-31 Third checklist.yml:13 practice Nothing is stored.",
        f"WAIVERS 2030-01-01 {trial} runbooks/trial.md:19 rule tab A here-document with tabs.",
        f"WAIVERS 2030-01-01 {trial} runbooks/trial.md:20 rule trailing-space A line of blanks.",
        "OWNERS - Two checklist.yml:10 practices without an owner 1",
        "DRAFTS - Orders post-mortems/2026-03-04-orders.md:0 post-mortem",
        "UNPROVEN - First checklist.yml:8 practice One",
    ]


def test_a_page_that_no_nav_and_no_text_leads_to_is_an_orphan(tmp_path: Path) -> None:
    pages = {
        "docs/lost.md": "# Lost\n",
        "docs/howto/a.md": "# A\n\n[b](b.md) and <a href='../c/'>c</a>\n",
        "docs/howto/b.md": "# B\n",
        "docs/howto/c.md": "# C\n",
        "docs/howto/a.de.md": "# A auf Deutsch\n",
        "docs/practices/index.md": "# Practices\n",
    }
    root = write(tmp_path, {**WELL, **pages})
    assert listed(root) == []
    assert listed(root, ("index.md", "howto/a.md")) == ["ORPHANS - Lost docs/lost.md:0 "]


def test_a_review_that_a_waiver_puts_off_is_due_after_it(tmp_path: Path) -> None:
    waiver = "waivers:\n  - {rule: review, reason: The system goes., until: 2031-05-05}\n"
    runbook = FILES["runbooks/trial.md"].replace("waivers:\n", waiver)
    assert runbook != FILES["runbooks/trial.md"]
    found = listed(write(tmp_path, {**FILES, "runbooks/trial.md": runbook}))
    assert [each.split(" ")[1] for each in found if each.startswith("REVIEWS") and "trial.md" in each] == ["2031-05-05"]


def page_of(files: dict[str, str]) -> str:
    """Return the HTML of the page on the health of the site of `files`, as it is before MkDocs."""
    page = next(page for page in site_of(files).pages if page.path == "health.md")
    return "".join(fragment.html for fragment in page.kept.values())


def test_a_handbook_in_which_all_is_well_says_so() -> None:
    html = page_of(WELL)
    assert "All is well: nothing is overdue, unowned, unproven or unfinished." in html
    assert "No action of a post-mortem is open." in html
    assert "<strong>" not in html


def test_of_three_thousand_entries_the_first_are_shown_and_the_others_are_behind_a_line() -> None:
    many = "".join(f"      - {{id: done-{at}, title: Done {at}, status: done}}\n" for at in range(2999))
    html = page_of({"checklist.yml": CHECKLIST_UNWELL.replace("    items:\n", f"    items:\n{many}", 1)})
    assert f"<summary>{3000 - MOST_SHOWN:,} more</summary>" in html
    shown = html.partition("<details")[0]
    assert shown.count(" · One · ") == MOST_SHOWN
    assert html.count(" · One · ") == 3000


def test_the_page_yields_to_one_of_the_sites_own_and_can_be_switched_off(tmp_path: Path) -> None:
    off = "site_name: Elsewhere\ntheme: material\nplugins: [search, opsbook: {without: [health]}]\n"
    for name, files in (
        ("other", {"docs/health/index.md": "# Our health\n"}),
        ("off", {"mkdocs.yml": off}),
        ("before", {"docs/health.md": "# Ours\n\nFirst.\n"}),
    ):
        (tmp_path / name).mkdir()
        site = built(write(tmp_path / name, {**WELL, **files}))
        text = (site / "health/index.html").read_text("utf-8") if name != "off" else ""
        assert ("All is well" in text) == (name == "before")
        assert ("Ours" in text, "Our health" in text) == (name == "before", name == "other")
        assert ('href="health/"' in (site / "index.html").read_text("utf-8")) == (name != "off")


@pytest.fixture(scope="module", params=["en", "ar"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """A site with much to look at, in English and in a language that runs from right to left."""
    theme = f"{{name: material, language: {request.param}}}"
    config = f"site_name: Elsewhere\ntheme: {theme}\nplugins: [search, opsbook]\n"
    files = {**UNWELL, "docs/page.md": "# Page\n", "docs/guides/README.md": "# Guides\n", "mkdocs.yml": config}
    return serve(built(write(tmp_path_factory.mktemp("health"), files)))


def counts(shown: Tab) -> list[str]:
    """Return what the counts say, each on one line."""
    shown.locator(".ob-health small").first.wait_for()
    return [re.sub(r"\s+", " ", text) for text in shown.locator(".ob-health a").all_inner_texts()]


def test_what_has_a_day_is_counted_by_the_clock_of_the_reader(address: str, page: Pages) -> None:
    shown = page(f"{address}/health/")
    open_on(shown, "2026-12-31")
    assert counts(shown) == [
        "2 Alerts without a way to a runbook",
        "2 Reviews overdue, and 0 more within 30 days",
        "0 Open actions overdue, and 1 more within 30 days",
        "0 Waivers overdue, and 0 more within 30 days",
        "1 Missing owners",
        "1 Drafts",
        "1 Done without evidence",
    ]
    assert shown.locator("[data-ob-as-of]").inner_text() == "As of 2026-12-31, by the clock of this browser."
    assert shown.locator(".ob-health__late").all_inner_texts()[:4] == ["review due", "review due", "", ""]
    open_on(shown, "2027-02-01")
    assert counts(shown)[1:4] == [
        "2 Reviews overdue, and 0 more within 30 days",
        "1 Open actions overdue, and 0 more within 30 days",
        "1 Waivers overdue, and 0 more within 30 days",
    ]
    shown.locator(".ob-health a").first.click()
    assert shown.evaluate("location.hash") == "#alerts"


def test_the_page_fits_every_screen_and_breaks_no_rule_of_accessibility(address: str, page: Pages) -> None:
    check_on_each_screen(page, f"{address}/health/")
