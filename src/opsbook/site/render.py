"""Templates and values in, a page's Markdown and the HTML that is kept out of it out.

A template is Markdown. HTML stands between `{% html %}` and `{% endhtml %}`, never outside, and no text that somebody
wrote as Markdown stands inside. Values are escaped for HTML unless a gate of `text` made them markup.
"""

from __future__ import annotations

import functools
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

from opsbook.site import charts, text
from opsbook.site.kept import Body, Keeper
from opsbook.site.page import relative


class HtmlTag(Extension):
    """The block tag `html`: what is in it goes to the page's keeper, and a token comes in its place."""

    tags = {"html"}  # noqa: RUF012 - Jinja's own form

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the block as one that the filter `kept` is put over."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endhtml",), drop_needle=True)
        return nodes.FilterBlock(body, nodes.Filter(None, "kept", [], [], None, None), lineno=line)


@jinja2.pass_context
def _kept(context: Context, html: Markup) -> Markup:
    """The token for `html`; with an empty line on both sides where the block is one of whole lines."""
    token: Markup = context["keeper"].keep(html)
    return Markup("\n{}\n\n").format(token) if token and html.endswith("\n") else token


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("opsbook", "nouns"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[HtmlTag],
    )
    environment.filters.update(
        address=text.address,
        anchor=text.anchor,
        attribute=text.attribute,
        fence=text.fence,
        handwritten=text.handwritten,
        inline=text.inline,
        kept=_kept,
        markdown=text.markdown,
        plain=text.plain,
        verbatim=text.verbatim,
    )
    environment.globals.update(bar=charts.bar, status=charts.status, ring=charts.ring, ended_waiver=charts.ended_waiver)
    return environment


def render(template: str, path: str, **values: Any) -> Body:
    """Return the body of the page `path` from `template`. `url(target)` in it links from that page."""
    keeper = Keeper()
    return Body(_filled(template, path, keeper=keeper, **values), keeper.kept)


def fragment(template: str, path: str, **values: Any) -> Markup:
    """Return the HTML that `template`, which holds nothing else, makes for the page `path`."""
    return Markup(_filled(template, path, **values).strip())  # noqa: S704 - the template escapes every value


def _filled(template: str, path: str, **values: Any) -> str:
    return _environment().get_template(template).render(url=functools.partial(relative, path), path=path, **values)
