"""The one boundary where text from many hands becomes a part of a page. Each kind of place has its gate.

| place | gate |
| --- | --- |
| text between tags | `inline`; `verbatim` for code, which keeps its lines and its backticks |
| the value of an attribute | `attribute`; `href` for one that leads somewhere |
| a heading or a paragraph of Markdown | `markdown` |
| the id of a heading of Markdown, in its attribute list | `anchor` |
| a block of code in Markdown | `fence` |
| Markdown that somebody wrote for the page | `handwritten`; what Markdown makes of it is cleaned |

Text is data: only backticks have a meaning.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from opsbook.site.kept import without_tokens

_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~^=:\"'$@<>&\n\t])")
_MARKDOWN_IN_TAGS = re.compile(r"([\\`*_{}\[\]()!|~^\"'$@<>\n\t])")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+|mailto:[^\s<>\"']+", re.IGNORECASE)
_NOT_IN_ANCHORS = re.compile(r"[^\w.:~-]+")
_BACKTICKS = re.compile(r"`{3,}")


def inline(text: str) -> Markup:
    """`text` as HTML: escaped, with `code` between backticks.

    >>> str(inline("Create `.gitignore` & <b>"))
    'Create <code>.gitignore</code> &amp; &lt;b&gt;'
    """
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(_CODE.split(text))
    )


def verbatim(text: str) -> Markup:
    """`text` escaped for HTML on one line, line ends and tabs as character references: backticks stay.

    >>> str(verbatim("a `b`\\n"))
    'a `b`&#10;'
    """
    return Markup(str(escape(text)).replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704 - escaped


def attribute(value: object) -> Markup:
    """`value` for an attribute in double quotes: each of its characters stands for itself.

    >>> str(attribute('" [x](y data-x="1")'))
    '&#34; [x](y data-x=&#34;1&#34;)'
    """
    return verbatim(str(value))


def href(url: str) -> Markup:
    """`url` for an attribute, if it leads to the web or to a mailbox; else an address that leads nowhere.

    >>> str(href("https://e.example/?a=1&b=2")), str(href("data:text/html,x"))
    ('https://e.example/?a=1&amp;b=2', '#')
    """
    return attribute(url) if _ADDRESS.fullmatch(url) else Markup("#")


def plain(text: str) -> str:
    """`text` without the backticks, for attributes, window titles and the navigation."""
    return _CODE.sub(r"\1", text)


def markdown(text: str) -> Markup:
    """`text` for a Markdown heading or paragraph: every character stands for itself, but for code in backticks.

    >>> str(markdown("a *b* `c*d` <e>"))
    'a &#42;b&#42; <code>c&#42;d</code> &#60;e&#62;'
    """
    parts = _CODE.split(without_tokens(" ".join(text.split())))
    written = (f"<code>{entities(part)}</code>" if index % 2 else entities(part) for index, part in enumerate(parts))
    return Markup("".join(written))  # noqa: S704 - every character that means something is a reference by now


def anchor(id: str) -> Markup:
    """`id` for the attribute list of a heading, which knows no quoting: what could end the id is a hyphen.

    >>> str(anchor("get /a_b x=1"))
    'get-a_b-x-1'
    """
    return Markup(_NOT_IN_ANCHORS.sub("-", id))  # noqa: S704 - nothing is left that means something


def fence(text: str, language: str) -> Markup:
    """`text` as a block of code in Markdown, between longer runs of backticks than it holds itself.

    >>> str(fence("a", "python"))
    '```python\\na\\n```'
    """
    signs = "`" * (max(map(len, _BACKTICKS.findall(text)), default=2) + 1)
    return Markup(f"{signs}{language}\n{without_tokens(text)}\n{signs}")  # noqa: S704 - code for Markdown


def handwritten(text: str) -> Markup:
    """The Markdown that somebody wrote for a page, which can hold no fragment of the engine's own."""
    return Markup(without_tokens(text))  # noqa: S704 - cleaned when it is HTML


def entities(text: str, *, in_tag: bool = False) -> str:
    """`text` with a character reference for each character that means something in Markdown or HTML.

    Fewer do in the value of an attribute, where an address stays readable for an engine that looks for links.
    """
    signs = _MARKDOWN_IN_TAGS if in_tag else _MARKDOWN
    return signs.sub(lambda match: f"&#{ord(match.group())};", text)
