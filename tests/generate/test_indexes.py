"""Pages that become the index of a folder, and the links of Markdown between them."""

from __future__ import annotations

import pytest

from opsbook.generate.indexes import relinked, renamed

MOVED = {"a/b.md": "a/b/index.md", "c d.md": "c d/index.md"}
KNOWN = {*MOVED, "a/e.md", "index.md", "a/x.svg"}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("index.md", "[b](a/b.md)", "[b](a/b/index.md)"),
        ("index.md", "[b](./a/b.md#x 'a (title)')", "[b](a/b/index.md#x 'a (title)')"),
        ("index.md", "[b](<c d.md>) [c](c%20d.md)", "[b](<c d/index.md>) [c](c%20d/index.md)"),
        ("index.md", '[b]: a/b.md "b"', '[b]: a/b/index.md "b"'),
        ("index.md", "- a\n\n    [b](a/b.md)\n", "- a\n\n    [b](a/b/index.md)\n"),
        ("a/b.md", "![x](x.svg) [e](e.md) [home](../index.md)", "![x](../x.svg) [e](../e.md) [home](../../index.md)"),
        ("a/b.md", "[self](b.md#x) [here](#x)", "[self](index.md#x) [here](#x)"),
        ("a/e.md", "[![x](x.svg)](b.md)", "[![x](x.svg)](b/index.md)"),
        ("a/b.md", "[![x](x.svg)](e.md)", "[![x](../x.svg)](../e.md)"),
    ],
)
def test_a_link_follows_its_target_and_its_page(path: str, before: str, after: str) -> None:
    assert relinked(before, path, MOVED, KNOWN) == after


@pytest.mark.parametrize(
    "text",
    [
        "`[b](a/b.md)`",
        "```markdown\n[b](a/b.md)\n```",
        "Text.\n\n    [b](a/b.md)\n",
        "<!-- [b](a/b.md) -->",
        "[b](a/none.md) [w](https://example.org/a/b.md) [e](a/e.md) [u](a/b/)",
        r"\[b](a/b.md)",
    ],
)
def test_what_is_no_link_to_a_page_that_moved_stays_as_it_is(text: str) -> None:
    assert relinked(text, "index.md", MOVED, KNOWN) == text


def test_the_navigation_and_options_of_plugins_name_the_new_paths() -> None:
    nav = [{"Home": "index.md"}, {"More": ["a/b.md", {"A": "a/b.md#x"}, "https://example.org/a/b.md"]}]
    assert renamed(nav, MOVED) == [
        {"Home": "index.md"},
        {"More": ["a/b/index.md", {"A": "a/b/index.md#x"}, "https://example.org/a/b.md"]},
    ]
