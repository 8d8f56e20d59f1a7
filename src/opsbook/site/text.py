"""Turn text from many hands into parts of a page, at the one boundary where that happens: a gate for each place.

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
    """Return `text` as HTML: escaped, with `code` between backticks.

    >>> str(inline("Create `.gitignore` & <b>"))
    'Create <code>.gitignore</code> &amp; &lt;b&gt;'
    """
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(_CODE.split(text))
    )


def verbatim(text: str) -> Markup:
    """Return `text` escaped for HTML on one line, with references for line ends and tabs; backticks stay.

    >>> str(verbatim("a `b`\\n"))
    'a `b`&#10;'
    """
    return Markup(str(escape(text)).replace("\n", "&#10;").replace("\t", "&#9;"))  # noqa: S704 - escaped


def attribute(value: object) -> Markup:
    """Return `value` for an attribute in double quotes, where each of its characters stands for itself.

    >>> str(attribute('" [x](y data-x="1")'))
    '&#34; [x](y data-x=&#34;1&#34;)'
    """
    return verbatim(str(value))


def href(url: str) -> Markup:
    """Return `url` for an attribute, if it leads to the web or to a mailbox; else an address that leads nowhere.

    >>> str(href("https://e.example/?a=1&b=2")), str(href("data:text/html,x"))
    ('https://e.example/?a=1&amp;b=2', '#')
    """
    return attribute(url) if _ADDRESS.fullmatch(url) else Markup("#")


def plain(text: str) -> str:
    """Return `text` without its backticks, for attributes, window titles and the navigation."""
    return _CODE.sub(r"\1", text)


def markdown(text: str) -> Markup:
    """Return `text` for a Markdown heading or paragraph, where only backticks mark code and nothing else is markup.

    >>> str(markdown("a *b* `c*d` <e>"))
    'a &#42;b&#42; <code>c&#42;d</code> &#60;e&#62;'
    """
    parts = _CODE.split(without_tokens(" ".join(text.split())))
    written = (f"<code>{entities(part)}</code>" if index % 2 else entities(part) for index, part in enumerate(parts))
    return Markup("".join(written))  # noqa: S704 - every character that means something is a reference by now


def anchor(id: str) -> Markup:
    """Return `id` for the attribute list of a heading, which knows no quotes: what could end the id becomes a hyphen.

    >>> str(anchor("get /a_b x=1"))
    'get-a_b-x-1'
    """
    return Markup(_NOT_IN_ANCHORS.sub("-", id))  # noqa: S704 - nothing is left that means something


def fence(text: str, language: str) -> Markup:
    """Return `text` as a block of code in Markdown, between longer runs of backticks than it contains.

    >>> str(fence("a", "python"))
    '```python\\na\\n```'
    """
    signs = "`" * (max(map(len, _BACKTICKS.findall(text)), default=2) + 1)
    return Markup(f"{signs}{language}\n{without_tokens(text)}\n{signs}")  # noqa: S704 - code for Markdown


def handwritten(text: str) -> Markup:
    """Return the Markdown that somebody wrote for a page, without characters that could forge a token."""
    return Markup(without_tokens(text))  # noqa: S704 - cleaned when it is HTML


def entities(text: str, *, in_tag: bool = False) -> str:
    """Return `text` with a reference for each character that means something in Markdown or HTML.

    In the value of an attribute, fewer do: an address stays readable for an engine that looks for links.
    """
    signs = _MARKDOWN_IN_TAGS if in_tag else _MARKDOWN
    return signs.sub(lambda match: f"&#{ord(match.group())};", text)
