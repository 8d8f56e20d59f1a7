"""The guides that an import writes follow the list until the team writes in them."""

from __future__ import annotations

from opsbook.convert.merge.guides import guide_changes, guide_hashes, pages_here

ONE = "practices/a/one.md"
FIRST = {ONE: "first\n", "practices/a/two.md": "two\n"}


def changes(
    pages: dict[str, str], there: dict[str, str], removed: tuple[str, ...] = ()
) -> tuple[dict[str, str], list[str]]:
    """The pages that are written, and the signs of what is said, where `there` is what stands in them now."""
    contents = {path: text.encode() for path, text in there.items()}
    found = guide_changes(pages, guide_hashes(FIRST), contents.get, contents.get, removed)
    return {path: text.decode() for path, text in found.written.items()}, [line.sign for line in found.lines]


def test_a_guide_that_nobody_has_changed_follows_the_list() -> None:
    assert changes({**FIRST, ONE: "second\n"}, FIRST) == ({ONE: "second\n"}, ["~"])
    assert changes(FIRST, FIRST) == ({}, [])
    assert changes(FIRST, {**FIRST, ONE: "first\r\n"}) == ({}, [])


def test_a_guide_that_the_team_has_changed_stays_and_that_is_said_where_the_list_changes_it_too() -> None:
    mine = {**FIRST, ONE: "of our own\n"}
    assert changes(FIRST, mine) == ({}, [])
    assert changes({**FIRST, ONE: "second\n"}, mine) == ({}, ["="])
    assert changes({**FIRST, ONE: "of our own\n"}, mine) == ({}, [])


def test_a_new_guide_is_written_and_one_that_the_team_has_taken_out_is_not() -> None:
    assert changes({**FIRST, "practices/a/three.md": "three\n"}, FIRST) == ({"practices/a/three.md": "three\n"}, ["+"])
    assert changes(FIRST, {ONE: "first\n"}) == ({}, [])


def test_the_guide_of_a_removed_item_goes_with_it_and_what_is_known_of_the_others_stays() -> None:
    contents = {path: text.encode() for path, text in FIRST.items()}
    found = guide_changes({ONE: "first\n"}, guide_hashes(FIRST), contents.get, contents.get, ("two",))
    assert (found.gone, set(found.hashes)) == (["two"], {"one"})
    kept = guide_changes({ONE: "first\n"}, guide_hashes(FIRST), contents.get, contents.get, ())
    assert (kept.gone, set(kept.hashes)) == ([], {"one", "two"})


def test_a_page_of_the_list_belongs_to_the_item_that_has_its_place_here() -> None:
    pages = {
        "practices/b/new.md": "x",
        "practices/b/index.md": "y",
        "practices/b/left-out.md": "z",
        "roadmap/p.md": "p",
    }
    assert dict(pages_here(pages, {"b": "ours", "new": "own"}, {"own": "elsewhere"})) == {
        "practices/elsewhere/own.md": "x",
        "practices/ours/index.md": "y",
        "roadmap/p.md": "p",
    }
