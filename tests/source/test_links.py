"""Links are found in time that grows with the length of the page, whatever is left open in it."""

from __future__ import annotations

import pytest

from limited import run_limited
from opsbook.source.links import scan_links

_COUNT = "import sys; from opsbook.source.links import scan_links; print(len(scan_links(sys.stdin.read())))"


def found(text: str) -> list[tuple[str, str, bool, int, int]]:
    return [(link.text, link.target, link.image, link.line, link.column) for link in scan_links(text)]


def test_links_after_a_bracket_that_nothing_closes_are_found_at_once() -> None:
    text = "A value in [0, 1) is fine.\n\n" + "See [a](b.md). " * 200
    assert run_limited(_COUNT, seconds=3, given=text) == "200\n"
    assert run_limited(_COUNT, seconds=3, given=text.replace("\n\n", " ")) == "200\n"


@pytest.mark.parametrize(
    ("piece", "links"),
    [
        ("[", 0),
        ("![", 0),
        ("[a](", 0),
        ("[a](x((", 0),
        ("[a](()", 0),
        ("[a](<", 0),
        ('[a](b "', 0),
        ("[a](b  ", 0),
        ("`", 0),
        ("`a`` ", 0),
        ("\\[", 0),
        ("[a]\n\n", 0),
        ("<!--", 0),
        ("<https://", 0),
        ("[a]: ", 0),
    ],
)
def test_the_same_piece_a_hundred_thousand_times_is_read_at_once(piece: str, links: int) -> None:
    assert run_limited(_COUNT, seconds=3, given="x" + piece * 100_000) == f"{links}\n"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a [b] c](d.md)", [("a [b] c", "d.md", False, 1, 1)]),
        ("[a [b](c.md) d", [("b", "c.md", False, 1, 4)]),
        ("a] [b](c.md)", [("b", "c.md", False, 1, 4)]),
        ("[![badge](b.svg)](c.md)", [("![badge](b.svg)", "c.md", False, 1, 1)]),
        ("![a](b.png)", [("a", "b.png", True, 1, 1)]),
        (r"\![a](b.md)", [("a", "b.md", False, 1, 3)]),
        (r"\[a](b.md)", []),
        (r"[a\]b](c.md)", [(r"a\]b", "c.md", False, 1, 1)]),
        (r"\\[a](b.md)", [("a", "b.md", False, 1, 3)]),
        ("[`]`](a.md)", [("`]`", "a.md", False, 1, 1)]),
        ("`[a](b.md)`", []),
        ("``a ` [b](c.md) `` [d](e.md)", [("d", "e.md", False, 1, 20)]),
        ("[a](b(c(d)).md)", [("a", "b(c(d)).md", False, 1, 1)]),
        ("[a](<b c.md>)", [("a", "b c.md", False, 1, 1)]),
        ("[a](b.md 'it is')", [("a", "b.md", False, 1, 1)]),
        ('[a](b.md\n"it is")', [("a", "b.md", False, 1, 1)]),
        ('[a](b.md "it\n\nis")', []),
        ("[a\n\nb](c.md)", []),
        ("[a](b.md) `open\n\n[c](d.md)`", [("a", "b.md", False, 1, 1), ("c", "d.md", False, 3, 1)]),
    ],
)
def test_brackets_are_paired_within_a_paragraph(text: str, links: list[tuple[str, str, bool, int, int]]) -> None:
    assert found(text) == links
