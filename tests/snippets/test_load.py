"""Which blocks are read, where they stand, and which info strings the site can show."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import markdown

from opsbook.mkdocs.defaults import EXTENSIONS
from opsbook.snippets.load import load_snippets
from opsbook.snippets.model import Snippet

INFO_STRINGS = [
    ("bash", True),
    ("bash {.read}", True),
    ('yaml title="a b.yml"', True),
    ("yaml title='a.yml' hl_lines=\"1 2\"", True),
    ('yaml {.unchecked title="a.yml"}', True),
    ('{.yaml .unchecked title="a.yml"}', True),
    ('yaml title="a.yml" {.unchecked}', False),
    ('yaml {.unchecked} title="a.yml"', False),
    ("yaml unchecked", False),
    ('yaml title="a.yml" unchecked', False),
    ('yaml file="a.yml"', False),
]


def load(folder: Path, text: str, path: str = "docs/a.md") -> tuple[tuple[Snippet, ...], list[str]]:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    snippets, problems = load_snippets(folder, [file])
    return snippets, [str(problem) for problem in problems]


@pytest.mark.parametrize(("info", "shown"), INFO_STRINGS)
def test_an_info_string_is_refused_where_the_site_does_not_show_a_block(tmp_path: Path, info: str, shown: bool) -> None:
    text = f"```{info}\na: 1\n```\n"
    settings = {name: options for name, options in EXTENSIONS.items() if options}
    html = markdown(text, extensions=list(EXTENSIONS), extension_configs=settings)
    assert ("<pre>" in html and "```" not in html and "unchecked}" not in html) == shown
    _, problems = load(tmp_path, text)
    assert (problems == []) == shown


def test_a_marked_block_is_shown_as_any_other(tmp_path: Path) -> None:
    settings = {name: options for name, options in EXTENSIONS.items() if options}
    plain, marked = (
        markdown(f"```{info}\na: 1\n```\n", extensions=list(EXTENSIONS), extension_configs=settings)
        for info in ('yaml title="a.yml"', 'yaml {.unchecked title="a.yml"}')
    )
    assert marked.replace("language-yaml unchecked highlight", "language-yaml highlight") == plain
    assert load(tmp_path, '```yaml {.unchecked title="a.yml"}\na: 1\n```\n')[0][0].is_unchecked


def test_a_refused_info_string_is_told_where_and_how(tmp_path: Path) -> None:
    assert load(tmp_path, '- x\n\n    ```yaml title="a" {.unchecked}\n    a: 1\n    ```\n')[1] == [
        "docs/a.md:3:5: the site cannot show this info string as code; write ```yaml "
        'or, with more to say, all of it in braces: ```yaml {.unchecked title="a.yml"}'
    ]


def test_a_block_keeps_its_place_in_lists_quotes_and_markdown(tmp_path: Path) -> None:
    text = (
        "- a\n\n    ```json\n    []\n    ```\n\n"
        "> ```json\n> {}\n> ```\n\n"
        "````markdown\nText\n\n```yaml\na: 1\n```\n````\n\n"
        "```output\nnot code\n```\n\n```text\nnothing\n```\n"
    )
    snippets, problems = load(tmp_path, text)
    assert problems == []
    assert [(each.language, each.line, each.column, each.first, each.code) for each in snippets] == [
        ("json", 3, 5, 4, "[]"),
        ("json", 7, 3, 8, "{}"),
        ("markdown", 11, 1, 12, "Text\n\n```yaml\na: 1\n```"),
        ("yaml", 14, 1, 15, "a: 1"),
    ]


def test_a_page_that_is_no_markdown_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/b.md").write_bytes(b"\xff\xfe")
    (tmp_path / "docs/c.md").write_text("```json\n1\n```\n")
    snippets, problems = load_snippets(tmp_path, [tmp_path / "docs/b.md", tmp_path / "docs/c.md"])
    assert [each.path for each in snippets] == ["docs/c.md"]
    assert [str(problem) for problem in problems] == ["docs/b.md:1:1: this is UTF-16; save the file as UTF-8"]
