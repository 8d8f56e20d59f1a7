"""Post-mortems as files: what is read, and what is told about mistakes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from linked import name_mistakes
from opsbook.nouns.kind import Project
from opsbook.nouns.post_mortem.load import load, parse_post_mortem
from opsbook.nouns.post_mortem.model import FIELDS, SECTIONS, ActionStatus, PostMortem, fill, load_template
from opsbook.problems import ProblemsError
from package import ASSETS

KNOWN = {"owner": ["team"], "item": ["first"], "runbook": ["restart"], "service": ["orders"]}
PATH = "post-mortems/2026-03-04-orders-down.md"
FRONT = """\
---
title: Orders were down
severity: sev2
times:
  started: 2026-03-04T10:00Z
  detected: 2026-03-04 10:07 UTC
  mitigated: 2026-03-04T11:30Z
  resolved: 2026-03-05T10:00:00Z
services: [orders]
runbooks: [restart]
actions:
  - title: Alert on it
    owner: team
    due: 2026-04-01
    item: first
  - title: Write it down
    owner: team
    due: 2026-03-10
    status: done
---
"""
TIMELINE = """\
- 2026-03-04 10:00 The deployment ends.
- ~2026-03-04 10:05 Errors rise, see
  [the graph](https://example.org/graph).
- 2026-03-04 11:30 UTC: Rolled back.
"""


def body(**texts: str) -> str:
    given = {"Timeline": TIMELINE, "Impact": "10 % of the orders failed.", "Actions": "", **texts}
    return "\n".join(f"## {name}\n\n{given.get(name, 'Text.')}\n" for name in SECTIONS)


def read(text: str, path: str = PATH) -> PostMortem:
    return parse_post_mortem(text, path)[0]


def problems(text: str, path: str = PATH) -> list[str]:
    try:
        found, front = parse_post_mortem(text, path)
    except ProblemsError as error:
        return [str(problem) for problem in error.problems]
    return name_mistakes(found, front, **KNOWN)


def test_a_post_mortem_knows_how_long_it_took() -> None:
    found = read(FRONT + body())
    assert found.id == "2026-03-04-orders-down"
    assert [found.times.until(stage) for stage in ("detected", "mitigated", "resolved")] == [
        timedelta(minutes=7),
        timedelta(minutes=90),
        timedelta(days=1),
    ]
    assert [action.is_open for action in found.actions] == [True, False]
    assert found.actions[1].status is ActionStatus.DONE
    assert found.gaps == ()


def test_the_timeline_is_read_entry_by_entry_in_utc() -> None:
    moments = read(FRONT + body()).timeline
    assert [(f"{moment.time:%m-%d %H:%M%z}", moment.is_approximate, moment.text) for moment in moments] == [
        ("03-04 10:00+0000", False, "The deployment ends."),
        ("03-04 10:05+0000", True, "Errors rise, see\n[the graph](https://example.org/graph)."),
        ("03-04 11:30+0000", False, "Rolled back."),
    ]


LINES = FRONT.count("\n")
NO_ENTRY = (
    "this is no entry of the timeline; allowed: such as `- 2026-11-23 14:05 What happened`, in UTC,"
    " with `~` before a time that is not exact"
)
NO_BLOCK = "a block or a comment with text beside it is no entry of the timeline; write it in another section"
BROKEN = {
    "text before the first section": (
        FRONT + "<!-- a note -->\n\nWhat all of it was about.\n\n" + body(),
        [f"{PATH}:{LINES + 3}:1: text before the first section; start with `## Summary`"],
    ),
    "a block before the first section": (
        FRONT + "```text\nmore\n```\n\n" + body(),
        [f"{PATH}:{LINES + 1}:1: text before the first section; start with `## Summary`"],
    ),
    "a block in the timeline, and text behind a comment": (
        FRONT + body(Timeline=TIMELINE + "\n  ```text\n  more\n  ```\n\n<!-- note --> and more\n\n<!--\na note\n-->\n"),
        [f"{PATH}:{LINES + 16}:1: {NO_BLOCK}", f"{PATH}:{LINES + 20}:1: {NO_BLOCK}"],
    ),
    "a time that is not in utc": (
        FRONT.replace("2026-03-04T11:30Z", "2026-03-04T11:30+01:00") + body(),
        [f"{PATH}:7:14: `2026-03-04T11:30+01:00` is not a time in UTC; allowed: such as 2026-11-23T14:05Z"],
    ),
    "a day that does not exist": (
        FRONT.replace("2026-03-04T11:30Z", "2026-02-30T11:30Z") + body(),
        [f"{PATH}:7:14: `2026-02-30T11:30Z` is not a time in UTC; allowed: such as 2026-11-23T14:05Z"],
    ),
    "times out of order": (
        FRONT.replace("2026-03-04T11:30Z", "2026-03-04T10:01Z") + body(),
        [f"{PATH}:7:14: `mitigated` is before `detected`; allowed order: started, detected, mitigated, resolved"],
    ),
    "an empty start": (
        FRONT.replace("started: 2026-03-04T10:00Z", "started:") + body(),
        [f"{PATH}:5:11: `started` is empty; write its value"],
    ),
    "an unknown severity": (
        FRONT.replace("sev2", "high") + body(),
        [f"{PATH}:3:11: `high` is not known; allowed: sev1, sev2, sev3, sev4"],
    ),
    "an action without a day": (
        FRONT.replace("    due: 2026-04-01\n", "") + body(),
        [f"{PATH}:12:5: the key `due` is missing; it is required here"],
    ),
    "names that nobody declares": (
        FRONT.replace("[orders]", "[order]").replace("[restart]", "[stop]").replace("item: first", "item: frist")
        + body(),
        [
            f"{PATH}:9:12: no service has the id `order`; did you mean `orders`?",
            f"{PATH}:10:12: no runbook has the id `stop`; allowed: restart",
            f"{PATH}:15:11: no item of the checklist has the id `frist`; did you mean `first`?",
        ],
    ),
    "sections that are missing, unknown or twice": (
        FRONT + body().replace("## Trigger", "## Triger") + "## Summary\n",
        [
            f"{PATH}:{LINES + 21}:1: no section is called `Triger`; did you mean `Trigger`?",
            f"{PATH}:{LINES + 48}:1: `Summary` stands here twice; a section stands once",
            f"{PATH}:{LINES + 49}:1: the section `## Trigger` is missing; it is required",
        ],
    ),
    "sections in another order": (
        FRONT + "## Impact\n\n1 user.\n\n" + body().replace("## Impact\n\n10 % of the orders failed.\n\n", ""),
        [f"{PATH}:{LINES + 5}:1: `Summary` comes before `Impact`; the order is {', '.join(SECTIONS)}"],
    ),
    "a heading of level 1": (
        FRONT + "# Orders\n\n" + body(),
        [f"{PATH}:{LINES + 1}:1: a post-mortem has no `#` heading; its title stands in the front matter"],
    ),
    "a timeline that goes back, and a line without a time": (
        FRONT + body(Timeline="- 2026-03-04 10:05 b\n- 2026-03-04 10:00 a\n- 10:00 c\nText\n"),
        [
            f"{PATH}:{LINES + 12}:3: this is earlier than the entry before it; put it in order",
            f"{PATH}:{LINES + 13}:1: {NO_ENTRY}",
            f"{PATH}:{LINES + 14}:1: {NO_ENTRY}",
        ],
    ),
    "an impact without a number": (
        FRONT + body(Impact="Some users were unhappy."),
        [f"{PATH}:{LINES + 5}:1: `Impact` has no number; say how many, how much or how long"],
    ),
    "gaps in what is no draft": (
        FRONT.replace("  resolved: 2026-03-05T10:00:00Z\n", "") + body(Trigger="<!-- later -->"),
        [
            f"{PATH}:5:3: `resolved` is missing; write it, or say `draft: true`",
            f"{PATH}:{LINES + 20}:1: `Trigger` is empty; write it, or say `draft: true`",
        ],
    ),
    "no front matter": (
        body(),
        [f"{PATH}:1:1: a post-mortem starts with front matter; write `---`, its keys, and `---`"],
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_mistake_is_told_with_its_place(case: str) -> None:
    text, expected = BROKEN[case]
    assert problems(text) == expected


def test_the_name_of_the_file_begins_with_the_day_of_the_start() -> None:
    path = "post-mortems/2026-03-05-orders-down.md"
    assert problems(FRONT + body(), path) == [
        f"{path}: the name says 2026-03-05, but it started on 2026-03-04; they are one day"
    ]
    assert problems(FRONT + body(), "post-mortems/Orders.md") == [
        "post-mortems/Orders.md: `Orders` is not the name of a post-mortem;"
        " allowed: such as `2026-03-04-what-failed.md`"
    ]


def test_a_draft_may_have_gaps_and_says_which() -> None:
    text = fill(
        load_template(Path("none"), "none"), {"title": '"Down"', "severity": "sev3", "started": "2026-03-04T10:00Z"}
    )
    assert read(text).gaps == (
        "when it was detected",
        "when it was mitigated",
        "when it was resolved",
        *(name for name in SECTIONS if name != "Actions"),
    )


def test_the_newest_comes_first_and_every_file_is_told_about(tmp_path: Path) -> None:
    later = FRONT.replace("2026-03-04", "2026-06-07").replace("2026-03-05", "2026-06-08")
    folder = tmp_path / "post-mortems"
    folder.mkdir()
    (folder / "2026-03-04-a.md").write_text(FRONT + body(), "utf-8")
    (folder / "2026-06-07-b.md").write_text(later + body().replace("2026-03-04", "2026-06-07"), "utf-8")
    (folder / "template.md").write_text("not read here", "utf-8")
    project = Project(tmp_path, tmp_path / "docs")
    found = [record.value for record in load(project).records]
    assert [each.id for each in found if isinstance(each, PostMortem)] == ["2026-06-07-b", "2026-03-04-a"]
    for file in folder.glob("2026*.md"):
        file.write_text(file.read_text("utf-8").replace("sev2", "bad"), "utf-8")
    assert [problem.path for problem in load(project).problems] == [
        "post-mortems/2026-03-04-a.md",
        "post-mortems/2026-06-07-b.md",
    ]


def test_the_page_of_the_template_fills_the_same_fields() -> None:
    script = (ASSETS / "postmortem.js").read_text("utf-8")
    assert "|".join(FIELDS) in script
