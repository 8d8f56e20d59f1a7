"""Markdown that people write for GitHub shows the same blocks on a page of the site."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import markdown

from opsbook.markup.clean import clean
from opsbook.mkdocs.defaults import EXTENSIONS
from opsbook.source.commonmark import as_github_reads
from rendered import outline

FENCE = "`" * 32


def examples() -> Iterator[tuple[str, str]]:
    text = (Path(__file__).parent / "github.txt").read_text("utf-8")
    for found in re.finditer(rf"{FENCE} example\n(.*?)^\.\n(.*?)^{FENCE}$", text, re.DOTALL | re.MULTILINE):
        yield found[1], found[2]


def shown(text: str) -> str:
    return clean(markdown(text, extensions=[*EXTENSIONS, "toc"], extension_configs=EXTENSIONS))


@pytest.mark.parametrize(("text", "html"), list(examples()))
def test_a_page_shows_what_github_shows(text: str, html: str) -> None:
    assert outline(shown(text)) == outline(html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> [!NOTE]\n> Read **this**.", '<div class="admonition note">\n<p class="admonition-title">Note</p>'),
        ("text\n> [!caution]\n> - a\n>   - b", '<p class="admonition-title">Caution</p>\n<ul>\n<li>a<ul>\n<li>b</li>'),
        ("> [!IMPORTANT]\n> Now.\n\ntext", '<div class="admonition info">\n<p class="admonition-title">Important</p>'),
        ("- a\n  > [!TIP]\n  > No note in a list.", "<blockquote>\n<p>[!TIP]"),
        ("> [!NOTE] with words\n> No note.", "<blockquote>\n<p>[!NOTE] with words"),
    ],
)
def test_an_alert_of_github_is_a_note(text: str, html: str) -> None:
    assert html in shown(text)


def test_a_bare_address_ends_before_the_arrow_of_a_footnote() -> None:
    assert '<a href="https://example.org">https://example.org</a>.' in shown("A[^1]\n\n[^1]: See https://example.org.")


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n    - c\n\n        text\n\n    ```\n    x\n    ```\n\n1. d\n\n    e\n",
        '!!! note "Title"\n    text\n\n    - a\n        - b\n\n=== "One"\n\n    1. x\n\n    2. y\n',
        "Term\n:   Definition\n\n    goes on\n\n[^1]: Note\n\n    - a\n",
        '<div class="grid cards" markdown>\n\n-   **a**\n\n    b\n\n</div>\n',
        "<pre>\n- a\n  b\n\n1) c\n</pre>\n\n```text\n- a\n  b\n1) c\n```\n\n    - code\n",
        "{% raw %}\n{{ x }}\n{% endraw %}\n\n> - a\n> - b\n>\n> c\n",
    ],
)
def test_what_python_markdown_reads_alike_stays_as_it_is(text: str) -> None:
    assert as_github_reads(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "- a\n" + "a\n" * 10_000,
        "- a\n" + "  b\nc\n" * 5_000,
        "x\\\n" * 10_000,
        "- " * 60_000,
        "- - - - - - - - - a\n" * 6_000,
        "> > > > a\n" * 8_000,
        "- a\n" + "\n" * 100_000 + "- b",
        "<div>\n\n" * 15_000,
        "| a |\n| - |\n" * 9_000,
        "`\\\n" * 10_000,
        "~" * 100_000,
        "```\n" * 30_000,
    ],
)
def test_the_time_grows_with_the_text_alone(text: str) -> None:
    begun = time.process_time()
    as_github_reads(text)
    assert time.process_time() - begun < 5
