from __future__ import annotations

import textwrap

import markdown
import pytest

from opsbook.problems import ProblemsError
from opsbook.source.fences import info_parts
from opsbook.source.markdown import Markdown, parse_markdown

EXTENSIONS = ["attr_list", "toc", "admonition", "pymdownx.superfences", "tables"]


def parse(text: str) -> Markdown:
    return parse_markdown(textwrap.dedent(text).lstrip("\n"), "page.md")


def problems(text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        parse(text)
    return [str(problem) for problem in caught.value.problems]


def test_front_matter_keeps_the_line_numbers_of_the_file() -> None:
    page = parse("""
        ---
        title: Disk full
        alerts:
          - NodeFilesystemAlmostOutOfSpace
        ---

        Text.
        """)
    assert page.front is not None
    assert page.front.tree == {"title": "Disk full", "alerts": ["NodeFilesystemAlmostOutOfSpace"]}
    assert (page.front.position(("alerts", 0)).line, page.front.position(("alerts", 0)).column) == (4, 5)
    assert page.body_line == 6
    assert page.body == "\nText.\n"


def test_a_page_without_front_matter_is_all_body() -> None:
    page = parse("# Title\n\ntext\n")
    assert page.front is None
    assert page.body == "# Title\n\ntext\n"


def test_empty_front_matter_and_an_empty_file_are_fine() -> None:
    assert parse_markdown("---\n---\n", "page.md").front is not None
    assert parse_markdown("", "page.md").headings == ()


def test_front_matter_that_is_not_closed_is_named_once() -> None:
    assert problems("---\ntitle: x\n\n# Not a heading\n```\n") == [
        "page.md:1:1: the front matter is not closed; end it with `---` on a line of its own"
    ]


def test_mistakes_in_front_matter_and_body_are_found_together() -> None:
    assert problems("---\na: 1\na: 2\n---\n\n```bash\nls\n") == [
        "page.md:3:1: duplicate key `a`; the first one stands on line 2",
        "page.md:6:1: this fence is not closed; end it with ``` on a line of its own, indented as it is here",
    ]


def test_headings_have_the_anchors_that_the_toc_extension_gives() -> None:
    source = textwrap.dedent("""
        # The `kubectl` guide & more

        ## Impact

        ## Impact

        ## 1. See **why** it [exited](x.md) {#last-exit}

        ## Größe über alles

        Setext heading
        --------------

        ### a_b __bold__ *it* <b>html</b> &amp; ![alt](x.png) ###

        ## impact_1

        ## What? {: #own .wide }

        ## Empty braces {{ $labels.pod }}

        ##

        - item

            ### Inside a list

        !!! note

            ## Inside an admonition

        ## ${{ github.sha }} and {%raw%}
        ## Directly after
        text
        ## Directly before text
        """)
    renderer = markdown.Markdown(extensions=EXTENSIONS)
    renderer.convert(source)
    expected: list[str] = []

    def walk(tokens: list[dict[str, object]]) -> None:
        for token in tokens:
            expected.append(str(token["id"]))
            walk(token["children"])  # type: ignore[arg-type]

    walk(renderer.toc_tokens)  # type: ignore[attr-defined]
    page = parse_markdown(source, "page.md")
    assert [heading.anchor for heading in page.headings] == expected
    assert [heading.text for heading in page.headings if heading.explicit] == [
        "1. See **why** it [exited](x.md)",
        "What?",
    ]


def test_a_heading_inside_a_fence_a_comment_or_indented_code_is_none() -> None:
    page = parse("""
        ## One

        ```bash
        # a comment of the shell
        ```

        <!--
        ## Draft
        ```
        -->

            ## code

        ~~~ markdown
        ## Example
        ```
        ~~~

        ## Two
        """)
    assert [(heading.text, heading.line) for heading in page.headings] == [("One", 1), ("Two", 19)]


def test_a_fence_keeps_its_content_byte_for_byte() -> None:
    body = 'kubectl \\\n\tget pods  \n\n    {{ $labels.pod }} ${{ github.sha }} {{- define "x" }} {% raw %} #{x} é …\n'
    page = parse_markdown(f"text\n\n```bash {{.read}}\n{body}```\n", "page.md")
    (fence,) = page.fences
    assert fence.content == body.removesuffix("\n")
    assert (fence.language, fence.classes, fence.line, fence.content_line, fence.end_line) == (
        "bash",
        ("read",),
        3,
        4,
        8,
    )


def test_fences_inside_lists_admonitions_and_quotes_lose_only_their_indentation() -> None:
    page = parse("""
        1. First

            ```bash {.read}
            ls
              deeper
            ```

        - item
          ```yaml
          a: 1

          b: 2
          ```

        !!! note "Mind"

            text

            ```text
            in a note
            ```

        > ```text
        > quoted
        >   more
        > ```
        """)
    assert [(fence.language, fence.content, fence.column) for fence in page.fences] == [
        ("bash", "ls\n  deeper", 5),
        ("yaml", "a: 1\n\nb: 2", 3),
        ("text", "in a note", 5),
        ("text", "quoted\n  more", 3),
    ]


def test_a_longer_fence_holds_a_shorter_one() -> None:
    page = parse("""
        ````markdown
        ```bash
        ls
        ```
        ````
        """)
    assert [fence.content for fence in page.fences] == ["```bash\nls\n```"]


def test_inline_code_with_three_backticks_and_indented_code_open_no_fence() -> None:
    page = parse("""
        ```like this``` inline

        paragraph

            ```bash
            ls
        """)
    assert page.fences == ()


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("text\n\n```bash\nls\n", 3, 1),
        ("~~~\nls\n```\n", 1, 1),
        ("````\nls\n```\n", 1, 1),
        ("- item\n\n    ```bash\n    ls\n\nnext paragraph\n\n```\n", 3, 5),
    ],
)
def test_a_fence_that_is_not_closed_is_a_problem_at_its_opening(source: str, line: int, column: int) -> None:
    assert problems(source)[0].startswith(f"page.md:{line}:{column}: this fence is not closed; end it with ")


def test_a_fence_on_the_line_of_a_list_marker_is_refused() -> None:
    assert problems("- one\n- ```bash\n  ls\n  ```\n")[0] == (
        "page.md:2:3: a fence starts on a line of its own, indented below the marker"
    )


@pytest.mark.parametrize(
    ("info", "parts"),
    [
        ("", ("", (), {})),
        ("bash", ("bash", (), {})),
        ("bash {.read}", ("bash", ("read",), {})),
        ("{ .bash .read }", ("bash", ("read",), {})),
        ("{.bash #x .read title='a b'}", ("bash", ("read",), {"id": "x", "title": "a b"})),
        ('py title="bubble sort.py" linenums="1"', ("py", (), {"title": "bubble sort.py", "linenums": "1"})),
        ("bash read", ("bash", (), {"read": ""})),
        ("c++", ("c++", (), {})),
        ("{{ lang }}", ("{{", (), {"lang": "", "}}": ""})),
        ("{}", ("", (), {})),
    ],
)
def test_an_info_string_has_a_language_classes_and_attributes(info: str, parts: object) -> None:
    assert info_parts(info) == parts


def test_links_have_positions_and_code_has_no_links() -> None:
    page = parse("""
        ---
        title: x
        ---
        See [step 4](#raise-memory) and [the *guide*](../guide.md "Title"), not `[code](x)`.

        - `OOM` → [`step` 2](#logs)
        - ![picture](a(1).png) <https://example.org/a> [split
          text](<with space.md>) \\[no](no.md)

        ```
        [in a fence](x)
        ```
        <!-- [in a comment](x) -->

        [ref]: https://example.org/ref "Title"
        [![badge](b.svg)](target.md)
        """)
    assert [(link.line, link.column, link.text, link.target, link.image) for link in page.links] == [
        (4, 5, "step 4", "#raise-memory", False),
        (4, 33, "the *guide*", "../guide.md", False),
        (6, 11, "`step` 2", "#logs", False),
        (7, 3, "picture", "a(1).png", True),
        (7, 24, "https://example.org/a", "https://example.org/a", False),
        (7, 48, "split\n  text", "with space.md", False),
        (15, 1, "ref", "https://example.org/ref", False),
        (16, 1, "![badge](b.svg)", "target.md", False),
    ]


@pytest.mark.parametrize(
    "hostile",
    ["[" * 200_000, "![" * 100_000, "[a](" * 50_000, "`" * 200_000, "` `` " * 40_000, "#" * 200_000, "> " * 100_000],
    ids=["brackets", "images", "open links", "one run", "many runs", "hashes", "quotes"],
)
def test_hostile_text_ends(hostile: str) -> None:
    assert parse_markdown(f"x {hostile}", "page.md").fences == ()


def test_a_line_shows_text_or_begins_a_block_and_a_comment_shows_nothing() -> None:
    text = """text

<!-- note -->
<!-- note --> text
<!--
text
--> text
<!-- a --> <!-- b -->
```text
<!-- x --> text
```
  ~~~
  --> text
  ~~~
<!-- never closed
text"""
    page = parse_markdown(text, "page.md")
    assert [line for line in range(1, len(page.lines) + 1) if page.shows(line)] == [1, 4, 7, 9, 12]
