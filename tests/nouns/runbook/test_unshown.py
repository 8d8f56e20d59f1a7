"""What no part of the page of a runbook would show is told: text before the first section, words of an output."""

from __future__ import annotations

from pathlib import Path

import pytest

from plain_runbook import PLAIN_RUNBOOK
from small_site import check, refused, write


@pytest.mark.parametrize(
    ("before", "line"), [("Text.\n", 12), ("```text\nA block.\n```\n", 12), ("<!-- note -->\n<!-- note --> text\n", 13)]
)
def test_what_stands_before_the_first_section_is_told(tmp_path: Path, before: str, line: int) -> None:
    root = write(tmp_path, {"runbooks/cart-down.md": PLAIN_RUNBOOK.replace("## Meaning", f"{before}\n## Meaning")})
    message = "text before the first section; start with `## Meaning`"
    assert refused(root) == [f"runbooks/cart-down.md:{line}:1: {message}"]


def test_what_an_output_block_does_not_take_is_told(tmp_path: Path) -> None:
    text = PLAIN_RUNBOOK.replace("```output", '```output title="On a good day" {.wide}', 1)
    line = text[: text.index("```output")].count("\n") + 1
    told = refused(write(tmp_path, {"runbooks/cart-down.md": text}))
    assert told == [
        f"runbooks/cart-down.md:{line}:1: an `output` block takes nothing else, and `{word}` would not be shown;"
        " write `output` alone"
        for word in ("title", "wide")
    ]


def test_a_comment_may_stand_there(tmp_path: Path) -> None:
    note = "<!-- a note\nof two lines -->\n\n## Meaning"
    assert check(write(tmp_path, {"runbooks/cart-down.md": PLAIN_RUNBOOK.replace("## Meaning", note)})) == (0, [])
