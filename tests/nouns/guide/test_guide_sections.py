"""What `opsbook check` says of the sections of guides."""

from __future__ import annotations

import pytest

from opsbook.nouns.guide.check import SECTIONS, section_warnings
from opsbook.nouns.guide.model import Guide

WHOLE = "\n".join(f"## {name}\n\nText.\n" for name in SECTIONS)
ALL = "Why it matters, How to do it, How to verify, Pitfalls, References"


def warnings(text: str) -> list[str]:
    return [
        str(each) for each in section_warnings([Guide("a", "practices/x/a.md", text, file="docs/practices/x/a.md")])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE, []),
        (WHOLE.replace("Text.", "```yaml\n## Pitfalls\n```", 1), []),
        (WHOLE.replace("## Pitfalls\n\nText.", "## Pitfalls\n\n### One\n\nText."), []),
        (WHOLE + "\n## More\n", []),
        (
            WHOLE.replace("## Pitfalls\n\nText.\n\n", ""),
            [f"docs/practices/x/a.md:1:1: warning: no section `## Pitfalls`; a guide has: {ALL}"],
        ),
        (
            WHOLE.replace("Pitfalls", "x").replace("How to do it", "Pitfalls").replace("## x", "## How to do it"),
            [
                "docs/practices/x/a.md:9:1: warning: `How to verify` stands below `Pitfalls`; "
                f"the order is: {ALL}",
                "docs/practices/x/a.md:13:1: warning: `How to do it` stands below `How to verify`; "
                f"the order is: {ALL}",
            ],
        ),
        (
            WHOLE.replace("## Pitfalls\n\nText.", "## Pitfalls\n\n<!-- later -->"),
            ["docs/practices/x/a.md:13:1: warning: the section `Pitfalls` is empty"],
        ),
        (
            WHOLE.removesuffix("Text.\n"),
            ["docs/practices/x/a.md:17:1: warning: the section `References` is empty"],
        ),
        (
            "```yaml\n",
            ["docs/practices/x/a.md:1:1: warning: this fence is not closed; "
             "end it with ``` on a line of its own, indented as it is here"],
        ),
    ],
)  # fmt: skip
def test_a_guide_is_told_what_its_sections_lack(text: str, expected: list[str]) -> None:
    assert warnings(text) == expected


def test_a_guide_that_was_imported_has_the_form_of_its_source() -> None:
    assert warnings("<!-- imported -->\n\nText.\n") == []
    assert len(warnings("Text.\n\n<!-- imported -->\n")) == 5
