from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from material.extensions import emoji

from opsbook.markup.clean import clean, removed
from opsbook.markup.files import text_markup
from opsbook.markup.report import page_problem
from opsbook.mkdocs.defaults import EXTENSIONS
from opsbook.problems import ProblemsError
from opsbook.source.markdown import parse_markdown

RECOMMENDED: tuple[str, ...] = (
    "footnotes",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.critic",
)
RECOMMENDED += ("pymdownx.emoji", "pymdownx.keys", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.tasklist")
RECOMMENDED += ("pymdownx.critic", "pymdownx.tilde", "pymdownx.blocks.caption")
OPTIONS = {
    **EXTENSIONS,
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.emoji": {"emoji_index": emoji.twemoji, "emoji_generator": emoji.to_svg},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    "toc": {"permalink": True},
}
FEATURES = """\
# Heading {#own}

!!! note inline end "Title"
    Text

???+ tip
    More

=== "One"
    a
=== "Two"
    b

Text (1) with [button](#own){ .md-button .md-button--primary } :material-account:{ title="An icon" } [^1]
{ .annotate }

1.  An annotation

``` py title="a.py" linenums="1" hl_lines="2"
import x  # (1)!
print("a")
```

1.  A note

``` mermaid
graph LR
  A --> B
```

<div class="grid cards" markdown>

-   :octicons-clock-16:{ .lg .middle } __Card__

    ---

    [:octicons-arrow-right-24: More](#own){ data-preview }

</div>

<figure markdown="span">
  ![Picture](a.png){ align=left width="300" loading=lazy }
  <figcaption>Caption</figcaption>
</figure>

![Dark](a.png#only-dark){ title="Tooltip" }

/// caption
Caption
///

- [x] done
- [ ] open
    1. nested

Term
:   Definition

$$
x^2
$$

Inline $y$, ==mark==, ^^ins^^, ~~del~~, H~2~O, ++ctrl+alt+del++, {++added++}, (c), `#!python x`, HTML.

| Left | Right |
| :--- | ----: |
| a    | b     |

<details><summary>Raw</summary><p align="center"><kbd>K</kbd> <ruby>x<rt>y</rt></ruby></p></details>

*[HTML]: Hyper Text
[^1]: A footnote.
"""
PIECES = (
    "<script>|</script>|<i data-probe onprobe=''>|</i>|<b>|</b>|<div>|</div>|<div markdown>|<details>|<summary>|`|``|"
    "```N|N|NN|    |- |> |1. |# |text |[l](javascript:)|![](https://e.example/p.png)|![](//e.example/p)|![p][r]|"
    "NN[r]: https://e.example/pNN|NN[r]: javascript:xNN|{: onprobe=x }|{.ob-x}|{ #a .b }|N{: onprobe=x }|*em*|<!--|-->|"
    "<img src=x onprobe=y>|<imgNonprobe=x>|<IMG/ONPROBE=x>|<svg>|<iframe>|!!! note 't'N    |"
    "<a href='&#106;avascript:x'>|"
    "</a>|'|=|<javascript:x>|(|)|[|]|<p>|</p>|[^1]|N[^1]: |<b onprobe|>|<x|~~~N|<pre>|&|&#xfdd0;|\ufdd0|<input>"
)


class _Tags(HTMLParser):
    """Every start tag with its attributes, and the text. A browser adds each `tbody` that is not written."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, object]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "tbody":
            self.found.append((tag, sorted((key, value or "") for key, value in attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(("", " ".join(data.split())))


def _renderer() -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, *RECOMMENDED], extension_configs=OPTIONS)


def test_a_page_with_every_content_feature_of_the_theme_passes_as_it_is() -> None:
    html = _renderer().convert(FEATURES)
    without_comments = re.sub(r"<!--.*?-->", "", html)
    assert removed(html) == ()
    assert _Tags(clean(html)).found == _Tags(without_comments).found
    assert list(text_markup(FEATURES, "x.md")) == []


@pytest.mark.parametrize(
    ("html", "expected", "said"),
    [
        ('<i data-probe onprobe="">x</i>', "<i>x</i>", ("data-probe of <i>", "onprobe of <i>")),
        ('<p class="a ob-b md-c md-button" id="x">', '<p class="a md-button" id="x"></p>', None),
        ('<p id="__config">x</p><p id="__tabbed_1_1">', '<p>x</p><p id="__tabbed_1_1"></p>', None),
        ("<script>x</script><style>y</style><xmp>z</xmp>", "", ("<script>", "<style>", "<xmp>")),
        ("<input><input type=text><input type=radio>", None, None),
        ('<path fill="url(https://e.example/)">', None, None),
        ('<img src="/\\e.example/p.png" alt="p">', '<img alt="p">', None),
        ("\ufdd0abc\ufdd1&#xFDD0;&#64977;", "\ufdd0abc\ufdd1\ufffd\ufffd", ()),
        ("<pre>\n\nx</pre>", "<pre>\n\nx</pre>", ()),
        ("a <!-- <script> --> b", "a  b", ()),
    ],
)
def test_what_is_not_allowed_is_taken_out_and_named(
    html: str, expected: str | None, said: tuple[str, ...] | None
) -> None:
    cleaned = clean(html)
    assert clean(cleaned) == cleaned
    assert removed(cleaned) == ()
    assert expected is None or cleaned == expected
    assert removed(html) == said if said is not None else removed(html)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES.replace("N", "\n").split("|")), max_size=9).map("".join))
def test_whatever_is_taken_out_of_a_page_is_told_with_its_place(text: str) -> None:
    try:
        parse_markdown(text, "x.md")
    except ProblemsError:
        return
    html = _renderer().convert(text)
    told = list(text_markup(text, "x.md"))
    cleaned = clean(html)
    assert clean(cleaned) == cleaned
    assert removed(cleaned) == ()
    assert told or not removed(html)


def test_a_page_of_which_nothing_was_told_says_once_what_is_taken_out() -> None:
    html = "<script>x</script><i onprobe='y'>z</i>"
    problem = page_problem("docs/x.md", html, [])
    assert str(problem) == "docs/x.md: warning: taken out of the page: <script>, onprobe of <i>"
    assert problem
    assert page_problem("docs/x.md", html, [problem]) is None
    assert page_problem("docs/x.md", "<p>x</p>", []) is None


def test_a_reference_that_another_plugin_resolves_later_comes_through_without_markup_in_its_values() -> None:
    said = '<autoref identifier="lib.load" optional hover class="shown" backlink-type="referenced-by">it</autoref>'
    assert removed(said) == ()
    assert clean(said).replace('=""', "") == said
    forged = '<autoref identifier="x" class="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;" onclick="x">it</autoref>'
    assert clean(forged) == '<autoref identifier="x" class="img src=x onerror=alert(1)">it</autoref>'
    assert removed(forged) == (
        'class of <autoref>: the class of a reference holds <, > or "; write it without',
        "onclick of <autoref>",
    )
