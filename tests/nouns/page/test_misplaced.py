"""Front matter of a runbook, a post-mortem or a track in a page of `docs/`: a line says where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from each_noun import POST_MORTEM, TRACK
from plain_runbook import PLAIN_RUNBOOK
from small_site import check, refused, write

STAGE = "is a key of a track; allowed: onboarding/<role>.md, below the folder of the pages"
RUNBOOK = "this is the front matter of a runbook, which no page here shows; allowed: runbooks/<id>.md beside mkdocs.yml"


@pytest.mark.parametrize(
    "path", ["docs/developer.md", "docs/onboarding/team/developer.md", "docs/onboarding/developer.markdown"]
)
def test_a_track_that_lies_elsewhere_is_told_at_each_stage(tmp_path: Path, path: str) -> None:
    told = refused(write(tmp_path, {path: TRACK}))
    assert told == [
        f"{path}:{line}:1: `{key}` {STAGE}" for line, key in ((4, "day-one"), (5, "week-one"), (6, "month-one"))
    ]


def test_a_page_among_the_tracks_with_misspelt_stages_is_told(tmp_path: Path) -> None:
    text = TRACK.replace("day-one", "dayone").replace("week-one", "Week-One").replace("month-one", "month_one")
    assert refused(write(tmp_path, {"docs/onboarding/developer.md": text})) == [
        "docs/onboarding/developer.md:4:1: unknown key `dayone`; did you mean `day-one`?",
        "docs/onboarding/developer.md:5:1: unknown key `Week-One`; did you mean `week-one`?",
        "docs/onboarding/developer.md:6:1: unknown key `month_one`; did you mean `month-one`?",
    ]


def test_a_runbook_and_a_post_mortem_in_the_folder_of_the_pages_are_told(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/runbooks/cart-down.md": PLAIN_RUNBOOK, "docs/incidents/orders.md": POST_MORTEM})
    assert refused(root) == [
        "docs/incidents/orders.md:2:1: this is the front matter of a post-mortem, which no page here shows;"
        " allowed: post-mortems/<day>-<name>.md beside mkdocs.yml",
        f"docs/runbooks/cart-down.md:2:1: {RUNBOOK}",
    ]


def test_other_keys_and_a_translation_of_a_runbook_are_taken(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "runbooks/cart-down.md": PLAIN_RUNBOOK,
            "docs/runbooks/cart-down.de.md": PLAIN_RUNBOOK,
            "docs/onboarding/welcome.md": "---\ntitle: Welcome\nsummary: All.\ndays: 3\nweekly: true\n---\n\nText.\n",
            "docs/plain.md": "---\nid: plain\ntitle: Plain\nowner: team\nseverity: high\n---\n\nText.\n",
        },
    )
    assert check(root) == (0, [])
