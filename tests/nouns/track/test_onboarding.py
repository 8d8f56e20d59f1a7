"""Onboarding tracks: what is read, what is told about mistakes, and what the browser remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from linked import name_mistakes
from opsbook.graph import Graph, GraphNode
from opsbook.nouns.kind import CheckContext, Loaded, Project, Record
from opsbook.nouns.track.check import check
from opsbook.nouns.track.load import parse_track
from opsbook.nouns.track.model import KINDS
from opsbook.nouns.track.reading import reading_minutes, text_fingerprint
from opsbook.nouns.track.steps import track_minutes, track_stages
from opsbook.problems import ProblemsError
from small_site import built, problems, write

TRACK = """\
---
title: Tester
summary: From nothing to something.
day-one:
  - page: start.md
    do: Read `start` and greet somebody.
    access: [Chat, Mail]
week-one:
  - item: first
    title: The first thing
    do: Do it.
    access: [Mail, Cluster]
month-one:
  - url: https://example.org/book
    title: A book
    do: Read it.
---

Ask when you are **stuck**.
"""
PATH = "docs/onboarding/tester.md"
FILES = {
    "docs/onboarding/tester.md": TRACK,
    "docs/start.md": "# Start\n\nSome words.\n",
    "docs/practices/one/first.md": "## Why it matters\n\nBecause.\n",
}


def known() -> Graph:
    """The things that tracks may lead to here."""
    pages = {"start.md": "Some words."}
    items = {"first": "word " * 500, "second": " "}
    nodes = [
        *(GraphNode("page", id, object(), "Start", "x", path=id) for id in pages),
        *(GraphNode("item", id, object(), id.capitalize(), "x", path=f"{id}.md") for id in items),
    ]
    texts = {**pages, **items}
    by_value = {id(node.value): texts[node.id] for node in nodes}
    return Graph(nodes, texts=dict.fromkeys(("page", "item"), lambda _, value: by_value[id(value)]))


def wrong(text: str, path: str = PATH) -> list[str]:
    try:
        track, front = parse_track(text, path)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    graph = known()
    ids = {kind: graph.nodes(kind) for kind in ("page", "item", "runbook", "drawing", "post-mortem")}
    names = name_mistakes(track, front, **{kind.replace("-", "_"): each for kind, each in ids.items()})
    context = CheckContext(graph, Project(Path(), Path("docs")), Loaded((Record(track, front),)))
    return [*names, *map(str, check(context))]


def test_a_track_knows_its_time_and_the_access_that_it_takes() -> None:
    track, _ = parse_track(TRACK, PATH)
    stages = track_stages(track, known())
    assert [(stage.title, [step.title for step in stage.steps]) for stage in stages] == [
        ("Day one", ["Start"]),
        ("Week one", ["The first thing"]),
        ("Month one", ["A book"]),
    ]
    assert [step.minutes for stage in stages for step in stage.steps] == [1, 3, None]
    assert track_minutes(track, known()) == 4
    assert track.access == ("Chat", "Mail", "Cluster")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("page: start.md", "page: star.md", ["5:11: no page is `star.md`; did you mean `start.md`?"]),
        ("item: first", "item: frist", ["9:11: no item is `frist`; did you mean `first`?"]),
        (
            "item: first",
            "item: second",
            ["9:11: the item `second` has no text yet; write it first, or lead somewhere else"],
        ),
        (
            "item: first",
            "item: first\n    page: start.md",
            [f"9:5: a step leads to one target, not page and item; allowed: {', '.join(KINDS)}"],
        ),
        ("    title: A book\n", "", ["14:10: a step to an address needs a `title`"]),
        ("    do: Do it.\n", "", ["9:5: the key `do` is missing; it is required here"]),
        ("item: first", "page: start.md", ["9:11: the page `start.md` is already used on line 5; steps are unique"]),
        (
            "week-one:",
            "week-two:",
            [
                "2:1: the key `week-one` is missing; it is required here",
                "8:1: unknown key `week-two`; did you mean `week-one`?",
            ],
        ),
    ],
)
def test_a_mistake_in_a_track_is_told_with_its_place(old: str, new: str, expected: list[str]) -> None:
    assert wrong(TRACK.replace(old, new, 1)) == [f"{PATH}:{line}" for line in expected]


def test_the_name_of_the_file_is_that_of_a_role() -> None:
    assert wrong(TRACK, "docs/onboarding/On Call.md") == [
        "docs/onboarding/On Call.md: `On Call` is not the name of a track; allowed: such as `on-call-engineer.md`"
    ]


def test_reading_takes_as_long_as_its_words_and_its_lines_of_code() -> None:
    assert reading_minutes("") == 1
    assert reading_minutes("word " * 200) == 1
    assert reading_minutes("word " * 201) == 2
    assert reading_minutes("[word](https://example.org/a-long-address-that-nobody-reads) " * 200) == 1
    assert reading_minutes("word " * 200 + "\n\n```bash\n" + "command\n" * 20 + "```\n") == 2
    assert reading_minutes("<!-- " + "word " * 1000 + "-->") == 1


def test_a_fingerprint_changes_with_the_words_and_not_with_the_spacing() -> None:
    assert text_fingerprint("a b\n\nc") == text_fingerprint("a b c")
    assert text_fingerprint("a b c") != text_fingerprint("a b d")


def test_a_step_that_leads_nowhere_stops_the_build(tmp_path: Path) -> None:
    files = {**FILES, "docs/onboarding/tester.md": TRACK.replace("item: first", "item: second")}
    assert problems(write(tmp_path, files)) == [
        f"{PATH}:9:11: the item `second` has no text yet; write it first, or lead somewhere else"
    ]


def test_every_step_of_a_track_leads_to_a_page_with_text(tmp_path: Path) -> None:
    site = built(write(tmp_path, FILES))
    text = (site / "onboarding" / "tester" / "index.html").read_text("utf-8")
    assert '<a href="../../start/">Start</a>' in text
    assert '<a href="../../practices/one/first/">The first thing</a>' in text
    assert '<a href="https://example.org/book">A book</a>' in text
    assert "Ask when you are <strong>stuck</strong>." in text
    assert "Because." in (site / "practices" / "one" / "first" / "index.html").read_text("utf-8")


def test_without_tracks_there_is_no_list_of_them(tmp_path: Path) -> None:
    site = built(write(tmp_path, {}))
    assert not (site / "onboarding").exists()
    assert "New here?" not in (site / "index.html").read_text("utf-8")


DEVELOPER = """\
---
title: Developer
summary: From nothing to something.
day-one:
  - {page: start.md, do: Read it.}
  - {item: first, title: The first thing, do: Do it.}
  - {page: third.md, do: Read it.}
week-one:
  - {page: fourth.md, do: Read it.}
  - {page: fifth.md, do: Read it.}
month-one:
  - {url: https://example.org/book, title: A book, do: Read it.}
---
"""


@pytest.fixture(scope="module")
def served_site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a site with a track of six steps."""
    pages = {f"docs/{name}.md": f"# The {name} page\n\nSome words.\n" for name in ("third", "fourth", "fifth")}
    files = {**FILES, **pages, "docs/onboarding/developer.md": DEVELOPER}
    return serve(built(write(tmp_path_factory.mktemp("tracks"), files)))


def state(shown: Tab) -> str:
    return shown.locator(".ob-track__state").inner_text()


def test_ticks_are_remembered_and_the_dashboard_goes_on_from_there(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/onboarding/developer/")
    boxes = shown.get_by_role("checkbox", name="Done:")
    boxes.nth(0).check()
    boxes.nth(1).check()
    total = boxes.count()
    third = shown.locator("[data-ob-task]").nth(2)
    title, anchor = third.locator("a").inner_text(), third.get_attribute("id")
    shown.reload()
    boxes.nth(1).wait_for()
    assert state(shown) == f"2 of {total} done"
    assert [boxes.nth(index).is_checked() for index in range(3)] == [True, True, False]

    shown.goto(f"{served_site}/onboarding/")
    shown.get_by_text(f"2 of {total} done").wait_for()
    shown.goto(f"{served_site}/")
    link = shown.get_by_role("link", name=f"Continue: {title}")
    link.click()
    assert shown.url == f"{served_site}/onboarding/developer/#{anchor}"


def test_the_dashboard_offers_nothing_to_whoever_has_not_begun(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/")
    shown.get_by_role("link", name="Developer").wait_for()
    assert not shown.locator("[data-ob-resume]").is_visible()


def test_a_page_that_changed_since_it_was_read_says_so(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/onboarding/developer/")
    boxes = shown.get_by_role("checkbox", name="Done:")
    boxes.nth(0).check()
    key = shown.evaluate("Object.keys(localStorage).find((key) => key.startsWith('opsbook:onboarding'))")
    kept = json.loads(shown.evaluate("key => localStorage.getItem(key)", key))
    (tick,) = kept["tracks"]["developer"]["done"].values()
    tick |= {"at": "2026-01-02T03:04:05.000Z", "hash": "before"}
    shown.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, json.dumps(kept)])
    shown.reload()
    notice = shown.get_by_text("Changed since you read it on 2026-01-02.")
    notice.wait_for()
    assert " · 1 page changed since" in state(shown)
    shown.get_by_role("button", name="I have read it again").first.click()
    assert not notice.is_visible()
    assert "changed" not in state(shown)


def test_progress_goes_to_another_browser_as_a_file(served_site: str, page: Pages, tmp_path: Path) -> None:
    here = page(f"{served_site}/onboarding/developer/")
    here.get_by_role("checkbox", name="Done:").nth(0).check()
    with here.expect_download() as download:
        here.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / "onboarding.json"
    download.value.save_as(saved)

    there = page(f"{served_site}/onboarding/developer/")
    boxes = there.get_by_role("checkbox", name="Done:")
    boxes.nth(4).check()
    there.get_by_label("Load a file").set_input_files(saved)
    there.get_by_text(f"2 of {boxes.count()} done").wait_for()
    assert [boxes.nth(index).is_checked() for index in range(5)] == [True, False, False, False, True]

    for text in (
        "no json",
        "{}",
        '{"format": "opsbook-onboarding", "tracks": {"developer": {"done": {"x": 1}}}}',
        "null",
    ):
        saved.write_text(text, "utf-8")
        there.get_by_label("Load a file").set_input_files(saved)
        there.get_by_text("That file holds no onboarding progress").wait_for()
        boxes.nth(4).uncheck()
        boxes.nth(4).check()
    there.once("dialog", lambda dialog: dialog.accept())
    there.locator(".ob-track").get_by_role("button", name="Clear").click()
    assert state(there) == f"0 of {boxes.count()} done"


def test_what_others_have_written_into_the_storage_does_no_harm(served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/onboarding/developer/")
    for text in ("{", "[]", "7", '{"tracks": 7}', '{"tracks": {"developer": null}}', '{"last": "../x", "tracks": {}}'):
        shown.evaluate("text => localStorage.setItem('opsbook:onboarding:/', text)", text)
        shown.reload()
        shown.get_by_role("checkbox", name="Done:").nth(0).wait_for()
        assert state(shown).startswith("0 of ")
    shown.goto(f"{served_site}/")
    assert not shown.locator("[data-ob-resume]").is_visible()


def test_what_could_not_be_read_is_told_once_and_not_as_a_step_that_leads_nowhere(tmp_path: Path) -> None:
    files = {**FILES, "docs/start.md": "---\ntitle: a\ntitle: b\n---\n", "runbooks/broken.md": "---\nid: broken\n"}
    track = TRACK.replace("month-one:\n", "month-one:\n  - runbook: broken\n    do: Walk through it.\n")
    assert problems(write(tmp_path, {**files, PATH: track})) == [
        "docs/start.md:3:1: duplicate key `title`; the first one stands on line 2",
        "runbooks/broken.md:1:1: the front matter is not closed; end it with `---` on a line of its own",
    ]
