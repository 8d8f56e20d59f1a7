"""Fill templates: the Markdown of a page with the HTML that is kept out of it, a fragment of HTML, or a whole file.

A template is Markdown. HTML stands between `{% html %}` and `{% endhtml %}`, never outside, and no text that somebody
wrote as Markdown stands inside. Values are escaped for HTML unless a gate of `text` made them markup. The words of the
engine go through `_`, `trans` or `english`: see `words`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.problems import counted, plural
from opsbook.site import charts, text
from opsbook.site.kept import Body, Keeper
from opsbook.site.links import link_to
from opsbook.site.words import (
    SiteLanguage,
    english,
    english_here,
    mark,
    plural_sentence,
    sentence,
    signed,
    site_language,
    with_marks,
)


class HtmlTag(Extension):
    """Adds the block tag `html`: what is in it goes to the page's keeper, and a token comes in its place."""

    tags = {"html"}  # noqa: RUF012 - Jinja's own form

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the block as a node that passes its content through the filter `kept`."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endhtml",), drop_needle=True)
        return nodes.FilterBlock(body, nodes.Filter(None, "kept", [], [], None, None), lineno=line)


@jinja2.pass_context
def _kept(context: Context, html: Markup) -> Markup:
    """Return the token for `html`, with an empty line on both sides where the block is one of whole lines."""
    token: Markup = context["keeper"].keep(html)
    return Markup("\n{}\n\n").format(token) if token and html.endswith("\n") else token


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("opsbook", "nouns"), jinja2.PackageLoader("opsbook.site")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[HtmlTag, "jinja2.ext.i18n"],
    )
    # Jinja's own extension adds this method: https://jinja.palletsprojects.com/en/stable/extensions/#i18n-extension
    install: Callable[..., None] = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(sentence, plural_sentence, newstyle=True)
    environment.filters.update(
        href=text.href,
        anchor=text.anchor,
        attribute=text.attribute,
        english=english,
        fence=text.fence,
        handwritten=text.handwritten,
        inline=text.inline,
        kept=_kept,
        markdown=text.markdown,
        plain=text.plain,
        verbatim=text.verbatim,
    )
    environment.filters.update(
        bar_lengths=charts.bar_lengths,
        progress_sentence=charts.progress_sentence,
        ring_lengths=charts.ring_lengths,
        svg_length=charts.svg_length,
    )
    environment.globals.update(counted=counted, english_here=english_here(), plural=plural, url=link_to)
    drawn = environment.get_template("charts.jinja").module
    names = ("bar", "done_of", "ended_waiver", "ring", "status")
    environment.globals.update({name: getattr(drawn, name) for name in names})
    return environment


def render(template: str, path: str, graph: Graph, **values: Any) -> Body:
    """Return the body of the page `path`, rendered from `template`, such as `runbook/templates/runbook.md`.

    In the template, `url(target)` links to a source address, and `graph` is available beside `values`.
    """
    language = site_language(graph)
    keeper = Keeper(functools.partial(with_marks, language=language))
    filled = _filled(template, path, graph, keeper=keeper, **values)
    if language.is_english:
        return Body(with_marks(filled, language), keeper.kept)
    pieces = (keeper.keep(mark(words)) if number % 2 else words for number, words in enumerate(signed(filled)))
    return Body("".join(pieces), keeper.kept)


def fragment(template: str, path: str, graph: Graph, **values: Any) -> Markup:
    """Return the HTML that `template`, which is HTML only, renders for the page `path`."""
    html = with_marks(_filled(template, path, graph, **values), site_language(graph))
    return Markup(html.strip())  # noqa: S704 - the template escapes every value


@functools.cache
def macro(template: str, name: str) -> Callable[..., Markup]:
    """Return the macro `name` of `template`, for HTML that is made piece by piece. It knows its arguments alone."""
    found: Callable[..., Markup] = getattr(_environment().get_template(template).module, name)
    return found


def whole_file(template: str, language: SiteLanguage | None = None, **values: Any) -> str:
    """Return a file that stands outside of the theme, such as a picture. `template` escapes every value."""
    language = language or SiteLanguage()
    return with_marks(_environment().get_template(template).render(language=language, **values), language)


def _filled(template: str, path: str, graph: Graph, **values: Any) -> str:
    return _environment().get_template(template).render(path=path, graph=graph, **values)
