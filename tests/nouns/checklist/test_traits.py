"""What items carry beside their titles: text, words, links and controls, on every page that shows an item."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Pages, Serve
from opsbook.assembly.load import draft_handbook
from opsbook.assembly.parts import finished_site
from opsbook.problems import ProblemsError
from opsbook.site.page import Page
from opsbook.source.sitefile import SiteFile
from screens import check_on_each_screen
from small_site import CHECKLIST, WITH_MACROS, built, site_of, write

HEAD = """\
title: Launch
priorities: [Essential, Optional, Advanced]
levels: [1, 2]
standards:
  - id: osps
    title: OSPS Baseline
    controls:
      - id: OSPS-AC-01.01
        title: Two factors
        url: https://example.org/#1
      - id: OSPS-AC-10.01
      - id: OSPS-AC-02.01
  - id: iso
    title: ISO 27001
    prefix: ISO27001-
owners:
  - {id: team, title: Team}
areas:
  - id: accounts
    title: Accounts
    items:
"""
FULL = """\
      - id: manager
        title: Use a manager
        text: |-
          Long & unique.

          As `pass` does.
        priority: Optional
        effort: a <b>day</b>
        level: 2
        tags: [people, two words]
        maps: [OSPS-AC-01.01, ISO27001-A.8.14]
        links:
          - https://example.org/a?b=1&c=2
          - {title: 'The `plan`', file: files/plan.pdf}
          - guides/a.md
      - id: keys
        title: Rotate keys
        status: done
        priority: Essential
        maps: [OSPS-AC-01.01, ISO27001-A.8.4]
        evidence:
          - {url: 'https://example.org/proof', note: The protocol}
      - id: plain
        title: Plain
"""
FILES = {
    "checklist.yml": HEAD + FULL,
    "docs/files/plan.pdf": "plan",
    "docs/guides/a.md": "# Guide A\n",
    "docs/practices/accounts/manager.md": "Why it matters.\n",
}


def said(folder: Path, items: str, head: str = HEAD, **files: str) -> list[str]:
    """The problems of a checklist with `items`."""
    root = write(folder, {"docs/guides/a.md": "# Guide A\n", **files, "checklist.yml": head + items})
    try:
        draft_handbook(root, root / "docs").finish()
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return []


def shown(page: Page) -> str:
    return page.markdown + "".join(each.html for each in page.kept.values())


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.path: page for page in site_of(FILES).pages}


def test_the_page_of_an_item_shows_all_of_it_above_its_guide(pages: dict[str, Page]) -> None:
    page = pages["practices/accounts/manager.md"]
    html = shown(page)
    for part in (
        '<p class="ob-text">Long &amp; unique.</p>',
        '<p class="ob-text">As <code>pass</code> does.</p>',
        '?priority=Optional">Optional</a>',
        '?effort=a%20%3Cb%3Eday%3C/b%3E">a &lt;b&gt;day&lt;/b&gt;</a>',
        '?level=2">2</a>',
        '?tag=two%20words">two words</a>',
        '#OSPS-AC-01.01"><code>OSPS-AC-01.01</code></a>',
        '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>',
        ">The <code>plan</code></a>",
        ">Guide A</a>",
    ):
        assert part in html, part
    assert page.markdown.rstrip().endswith("Why it matters.")
    assert page.meta["search"] == {"words": ["people", "two words", "OSPS-AC-01.01", "ISO27001-A.8.14"]}
    assert page.meta["description"] == "Long & unique."


def test_lists_show_the_words_of_an_item_and_a_number_with_what_it_is(pages: dict[str, Page]) -> None:
    words = "<span>Optional</span> <span>a &lt;b&gt;day&lt;/b&gt;</span> <span>Level 2</span> <span>people</span>"
    for path in ("practices/index.md", "practices/accounts/index.md"):
        assert words in shown(pages[path]), path
        assert shown(pages[path]).count('class="ob-words"') == 2


def test_the_list_is_filtered_by_what_some_item_has_in_the_order_of_the_checklist(pages: dict[str, Page]) -> None:
    html = shown(pages["practices/index.md"])
    assert '<option value="Essential">Essential</option><option value="Optional">Optional</option></select>' in html
    assert "Advanced" not in html
    assert 'data-priority="Optional" data-effort="a &lt;b&gt;day&lt;/b&gt;" data-level="2"' in html
    assert 'data-tag="people,two words" data-standard="osps,iso"' in html
    plain = shown({page.path: page for page in site_of({}).pages}["practices/index.md"])
    assert not any(f'name="{name}"' in plain for name in ("priority", "effort", "level", "tag", "standard"))


def test_the_standards_show_what_covers_each_control_and_what_nothing_covers(pages: dict[str, Page]) -> None:
    html = shown(pages["standards/index.md"])
    assert "1 of 3 controls covered" in html
    assert 'Not covered: <a href="#OSPS-AC-10.01"><code>OSPS-AC-10.01</code></a>, <a href="#OSPS-AC-02.01">' in html
    assert '<a href="https://example.org/#1"><code>OSPS-AC-01.01</code></a> Two factors' in html
    assert '<a href="https://example.org/proof">The protocol</a>' in html
    assert html.index('id="ISO27001-A.8.4"') < html.index('id="ISO27001-A.8.14"')


def test_a_checklist_without_controls_has_no_page_of_standards() -> None:
    site = site_of({})
    assert [page.path for page in site.pages if "standards" in page.path] == []
    assert "Standards" not in str(site.navigation)


def test_controls_of_undeclared_standards_are_grouped_by_their_first_word() -> None:
    title = "        title: First\n"
    items = CHECKLIST.replace(title, f"{title}        maps: [B-10, A-1, B-2, 'ISO 27001']\n")
    page = {page.path: page for page in site_of({"checklist.yml": items}).pages}["standards/index.md"]
    assert [line for line in page.markdown.splitlines() if line.startswith("## ")] == ["## A", "## B", "## ISO"]
    html = shown(page)
    assert [html.index(f'<tr id="{id}">') for id in ("A-1", "B-2", "B-10")] == sorted(
        html.index(f'<tr id="{id}">') for id in ("A-1", "B-2", "B-10")
    )


def test_without_the_part_no_link_leads_to_it(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    graph = draft_handbook(root, root / "docs").finish().graph
    site = finished_site(graph, SiteFile(docs=root / "docs", without=("standards",)))
    assert "standards/index.md" not in {page.path for page in site.pages}
    html = shown({page.path: page for page in site.pages}["practices/accounts/manager.md"])
    assert "<code>OSPS-AC-01.01</code>" in html
    assert "standards/index.md" not in html


WRONG = """\
      - id: one
        title: One
        priority: Esential
        level: 4
        effort: anything
        tags: [a, 'b, c']
        maps: [OSPS-AC-01.02, SOC-1, ISO27001-A.99]
        links:
          - ftp://example.org/
          - {title: Nowhere}
          - {url: 'https://example.org/', page: guides/a.md}
          - guides/b.md
          - files/none.pdf
          - ../secret.txt
          - {file: guides/a.md}
"""


def test_each_wrong_word_control_and_link_has_its_place(tmp_path: Path) -> None:
    broken = said(tmp_path, WRONG)
    assert broken == [
        "checklist.yml:27:19: `b, c` has a comma or more than one line; allowed: one line without commas",
        "checklist.yml:30:13: `ftp://example.org/` is not a web address; allowed: one that starts with https:// or"
        " http:// and holds no space",
        "checklist.yml:31:13: this link leads nowhere; it needs one of url, page, file",
        "checklist.yml:32:49: a link leads to one place; keep `url` or `page`",
    ]
    wrong = ("b, c", "ftp", "Nowhere", "url:")
    rest = [line for line in WRONG.splitlines(keepends=True) if not any(part in line for part in wrong)]
    assert said(tmp_path, "".join(rest)) == [
        "checklist.yml:24:19: `Esential` is not among `priorities`; did you mean `Essential`?",
        "checklist.yml:25:16: `4` is not among `levels`; allowed: 1, 2",
        "checklist.yml:27:16: no standard has the control `OSPS-AC-01.02`; did you mean `OSPS-AC-01.01`?",
        "checklist.yml:27:31: no standard has the control `SOC-1`; allowed: ISO27001-…, OSPS-AC-01.01, OSPS-AC-02.01, "
        "OSPS-AC-10.01",
        "checklist.yml:29:13: no page is `guides/b.md`; did you mean `guides/a.md`?",
        "checklist.yml:30:13: the site has no file `files/none.pdf`; put it there as docs/files/none.pdf",
        "checklist.yml:31:13: `../secret.txt` is not a path below docs/; allowed: one such as `files/plan.pdf`",
        "checklist.yml:32:20: `guides/a.md` is a page; name it under `page`",
    ]


def test_a_control_with_the_prefix_of_a_complete_list_has_to_be_in_it(tmp_path: Path) -> None:
    head = HEAD.replace("    controls:\n", "    prefix: OSPS-\n    controls:\n")
    assert said(tmp_path, "      - {id: one, title: One, maps: [OSPS-XX-01, OSPS-AC-02.01]}\n", head) == [
        "checklist.yml:23:38: `osps` has no control `OSPS-XX-01`; allowed: OSPS-AC-01.01, OSPS-AC-02.01, OSPS-AC-10.01"
    ]


def test_words_standards_and_controls_stand_once(tmp_path: Path) -> None:
    head = HEAD.replace("[1, 2]", "[1, 2, 1]").replace("OSPS-AC-10.01", "OSPS-AC-01.01").replace("id: iso", "id: osps")
    assert said(tmp_path, "      - {id: one, title: One}\n", head) == [
        "checklist.yml:3:16: the level `1` is already used on line 3; levels are unique",
        "checklist.yml:11:13: the id `OSPS-AC-01.01` is already used on line 8; a control stands in one standard",
        "checklist.yml:13:9: the id `osps` is already used on line 5; ids are unique",
    ]


def test_a_checklist_may_use_any_word_where_it_declares_none(tmp_path: Path) -> None:
    head = "title: Launch\nareas:\n  - id: accounts\n    title: Accounts\n    items:\n"
    words = "priority: 1, effort: XL, level: L2, tags: [a], maps: [A 1], links: [guides/a.md]"
    assert said(tmp_path, f"      - {{id: one, title: One, {words}}}\n", head) == []


def test_what_comes_next_is_in_the_order_of_the_priorities() -> None:
    words = ("Advanced", "Optional", "Essential")
    items = "".join(f"      - {{id: {word.lower()}, title: {word} one, priority: {word}}}\n" for word in words)
    items += "      - {id: none, title: No one}\n      - {id: begun, title: Begun one, status: doing}\n"
    home = {page.path: page for page in site_of({"checklist.yml": HEAD + items}).pages}["index.md"]
    titles = ("Begun one", "Essential one", "Optional one", "Advanced one", "No one")
    places = [shown(home).index(f">{title}</a>") for title in titles]
    assert places == sorted(places)


CALLS = """\
---
render_macros: true
---
# Calls

{{ items(level=2) }}

{{ items(priority="Essential", standard="osps") }}

{{ items(tag="two words", effort="a <b>day</b>") }}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    macros = {"macros/main.py": (root / "macros" / "main.py").read_text("utf-8"), "mkdocs.yml": WITH_MACROS}
    return built(write(tmp_path_factory.mktemp("traits"), {**FILES, **macros, "docs/calls.md": CALLS}))


def test_a_macro_lists_the_items_with_a_word(site: Path) -> None:
    page = (site / "calls" / "index.html").read_text("utf-8").split("<article", 1)[1].split("</article>", 1)[0]
    assert re.findall(r'<span class="ob-item"><a href="[^"]*">([^<]*)</a>', page) == [
        "Use a manager",
        "Rotate keys",
        "Use a manager",
    ]


def test_a_word_of_an_item_leads_to_the_items_that_have_it(site: Path, serve: Serve, page: Pages) -> None:
    tab = page(f"{serve(site)}/practices/accounts/manager/")
    tab.get_by_role("link", name="two words").click()
    tab.wait_for_url("**/practices/?tag=two%20words")
    rows = tab.locator("tbody tr:visible td:first-child > a")
    assert rows.all_inner_texts() == ["Use a manager"]
    tab.get_by_label("Tag").select_option("")
    tab.get_by_label("Standard").select_option("osps")
    assert rows.all_inner_texts() == ["Use a manager", "Rotate keys"]
    tab.get_by_label("Find").fill("osps-ac-01.01 essential")
    assert rows.all_inner_texts() == ["Rotate keys"]
    tab.goto(f"{tab.url.partition('practices/')[0]}practices/accounts/manager/")
    tab.get_by_role("link", name="OSPS-AC-01.01").click()
    tab.wait_for_url("**/standards/#OSPS-AC-01.01")
    tab.locator("tr:target").get_by_role("link", name="Rotate keys").click()
    tab.wait_for_url("**/practices/accounts/keys/")


def test_the_search_finds_an_item_by_its_tags_and_controls(site: Path, serve: Serve, page: Pages) -> None:
    tab = page(serve(site))
    tab.locator("label[for=__search].md-header__button").dispatch_event("click")
    field = tab.get_by_role("textbox", name="Search")
    for words in ("ISO27001-A.8.14", "two words", "Long unique"):
        field.fill("")
        field.press_sequentially(words)
        tab.locator(".md-search-result__link", has_text="Use a manager").first.wait_for()


@pytest.mark.parametrize("address", ["practices/accounts/manager/", "practices/", "practices/accounts/", "standards/"])
def test_pages_with_words_and_controls_fit_every_screen(site: Path, serve: Serve, page: Pages, address: str) -> None:
    check_on_each_screen(page, f"{serve(site)}/{address}")
