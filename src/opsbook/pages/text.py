"""The one boundary where text from YAML becomes markup. Text is data: only backticks have a meaning."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`\n]+)`")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~^=:\"'$@<>&])")


def inline(text: str) -> Markup:
    """`text` as HTML: escaped, with `code` between backticks.

    >>> str(inline("Create `.gitignore` & <b>"))
    'Create <code>.gitignore</code> &amp; &lt;b&gt;'
    """
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(_CODE.split(text))
    )


def plain(text: str) -> str:
    """`text` without the backticks, for attributes, window titles and the navigation."""
    return _CODE.sub(r"\1", text)


def markdown(text: str) -> Markup:
    """`text` for a Markdown heading or paragraph: every character stands for itself, but for code in backticks.

    >>> str(markdown("a *b* `c*d` <e>"))
    'a &#42;b&#42; <code>c&#42;d</code> &#60;e&#62;'
    """
    parts = _CODE.split(" ".join(text.split()))
    written = (f"<code>{_entities(part)}</code>" if index % 2 else _entities(part) for index, part in enumerate(parts))
    return Markup("".join(written))  # noqa: S704 - every character that means something is an entity by now


def literal(text: str) -> Markup:
    """`text` for code of several lines on one line of Markdown: backticks too stand for themselves.

    >>> str(literal("a `b`\\n"))
    'a &#96;b&#96;&#10;'
    """
    return Markup(_entities(text).replace("\n", "&#10;"))  # noqa: S704 - as above


def _entities(text: str) -> str:
    return _MARKDOWN.sub(lambda match: f"&#{ord(match.group())};", text)
