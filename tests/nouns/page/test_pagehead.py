"""The front matter of hand-written pages: what is wrong has its place in `check` and in the build alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.nouns.guide.load import parse_guide
from opsbook.nouns.page.model import page_meta
from opsbook.problems import ProblemsError
from opsbook.source.markdown import parse_markdown
from search_entries import search_entries
from small_site import built, check, problems, write

A_LIST = "allowed: a list, each entry on its own line after `- `"
SEARCH = "exclude, boost, trouble, words"
WRONG = {
    "hide: 5": f"2:7: `hide` is text; {A_LIST}",
    "hide: {a: b}": f"2:7: `hide` is a mapping; {A_LIST}",
    "hide: [[a]]": "2:8: this entry is a list; allowed: text",
    "search: x": f"2:9: `search` is text; allowed: a mapping of keys and values, such as {SEARCH}",
    "search: [a]": f"2:9: `search` is a list; allowed: a mapping of keys and values, such as {SEARCH}",
    "search: {words: 5}": f"2:17: `words` is text; {A_LIST}",
    "search: {exclude: maybe}": "2:19: input should be a valid boolean, unable to interpret input",
    "search: {boost: much}": "2:17: input should be a valid number, unable to parse string as a number",
    "search: {boost: .nan}": "2:17: input should be a valid number, unable to parse string as a number",
    "tags: 5": f"2:7: `tags` is text; {A_LIST}",
    "tags: [a, {b: c}]": "2:11: this entry is a mapping; allowed: text",
    "title: [a]": "2:8: `title` is a list; allowed: text",
    "title: {a: b}": "2:8: `title` is a mapping; allowed: text",
    "description: [a]": "2:14: `description` is a list; allowed: text",
    "template: nope.html": "2:11: no template is called `nope.html`; allowed: a file of the theme, or of its "
    "`custom_dir`",
    "template: ../../secret.html": "2:11: no template is called `../../secret.html`; allowed: a file of the theme, or "
    "of its `custom_dir`",
    "icon: nope": "2:7: no icon is called `nope`; allowed: a file below `.icons`, such as `material/database`",
    "render_macros: often": "2:16: input should be a valid boolean, unable to interpret input",
    "ignore_macros: true": "2:1: `ignore_macros` is read no more; write `render_macros: false`",
    "related: 5": f"2:10: `related` is text; {A_LIST}",
    "- a": "2:1: the front matter is no mapping; allowed: `key: value`, each on a line",
}
RIGHT = {
    "title: 2026-01-01": {"title": "2026-01-01"},
    "title: 1.10": {"title": "1.10"},
    "title:": {"title": None},
    "tags: [2026-01-01, 010, no]": {"tags": ["2026-01-01", "010", "no"]},
    "hide: toc": {"hide": ["toc"]},
    "hide: [navigation, toc]": {"hide": ["navigation", "toc"]},
    "search: {exclude: yes, boost: 2, words: [1e3], other: 1}": {
        "search": {"exclude": True, "boost": 2.0, "words": ["1e3"]}
    },
    "template: main.html": {"template": "main.html"},
    "hero: {deep: [1, {a: 2}]}\nauthors: 5": {},
}


def meta(front: str) -> object:
    return page_meta(parse_markdown(f"---\n{front}\n---\n\nText.\n", "docs/a.md"), lambda name: name == "main.html")


@pytest.mark.parametrize("front", RIGHT)
def test_what_is_right_is_read_as_it_is_meant_and_other_keys_are_left_to_others(front: str) -> None:
    assert meta(front) == RIGHT[front]


def test_what_is_wrong_is_a_problem_with_its_place_in_check_and_build(tmp_path: Path) -> None:
    write(tmp_path, {f"docs/p{number:02}.md": f"---\n{front}\n---\n\nText.\n" for number, front in enumerate(WRONG)})
    (tmp_path / "docs" / "q.md").write_text("Search: x\nTags: 5\n\nText.\n", "utf-8")
    expected = [f"docs/p{number:02}.md:{said}" for number, said in enumerate(WRONG.values())]
    expected += [
        f"docs/q.md:1:9: `search` is text; allowed: a mapping of keys and values, such as {SEARCH}",
        f"docs/q.md:2:7: `tags` is text; {A_LIST}",
    ]
    assert check(tmp_path) == (1, expected)
    assert problems(tmp_path) == expected


def test_a_title_that_yaml_takes_for_a_day_is_text_and_a_title_of_nothing_is_none(tmp_path: Path) -> None:
    files = {"docs/a.md": "---\ntitle: 2026-01-01\ntags: [2026-01-02]\nsearch:\n---\n\nText.\n"}
    files["docs/b.md"] = "---\ntitle:\nhide:\n---\n\n# Heading\n"
    files["docs/practices/one/first.md"] = (
        "---\ndescription: Said by the guide\nsearch: {words: [probeword]}\n---\n\n## Why it matters\n"
    )
    site = built(write(tmp_path, files))
    assert "<title>2026-01-01 - Elsewhere</title>" in (site / "a" / "index.html").read_text("utf-8")
    assert "<title>Heading - Elsewhere</title>" in (site / "b" / "index.html").read_text("utf-8")
    guide = (site / "practices" / "one" / "first" / "index.html").read_text("utf-8")
    assert '<meta name="description" content="Said by the guide">' in guide
    assert "probeword" in str(search_entries(site))
    assert "2026-01-02" in str(search_entries(site))


def test_a_template_of_the_custom_folder_is_found_by_check_too(tmp_path: Path) -> None:
    config = "site_name: E\ntheme: {name: material, custom_dir: own}\nplugins: [search, opsbook]\n"
    page = "---\ntemplate: mine.html\nicon: material/database\n---\n\nText.\n"
    write(tmp_path, {"mkdocs.yml": config, "docs/a.md": page, "own/mine.html": "mine"})
    assert check(tmp_path) == (0, [])
    assert (built(tmp_path) / "a" / "index.html").read_text("utf-8").endswith(">mine")


def test_a_guide_says_how_it_is_found_and_nothing_that_the_checklist_says() -> None:
    guide = parse_guide("---\ntags: [a]\n---\n\n\n## Why\n", "practices/x/a.md", "docs/practices/x/a.md")
    assert (guide.markdown, guide.first_line, guide.meta) == ("## Why\n", 6, {"tags": ["a"]})
    with pytest.raises(ProblemsError) as caught:
        parse_guide("---\ntitle: x\nrender_macros: true\n---\n", "a.md", "docs/a.md")
    allowed = "allowed: description, hide, icon, search, status, tags"
    assert str(caught.value).splitlines() == [
        f"docs/a.md:2:1: unknown key `title`; {allowed}",
        f"docs/a.md:3:1: unknown key `render_macros`; {allowed}",
    ]
