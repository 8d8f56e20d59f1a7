"""Fill templates: the Markdown of a page with the HTML that is kept out of it, a fragment of HTML, or a whole file.

A template is Markdown. HTML stands between `{% html %}` and `{% endhtml %}`, never outside, and no text that somebody
wrote as Markdown stands inside. Values are escaped for HTML unless a gate of `text` made them markup. The words of the
engine go through `_`, `trans` or `translated`, days and numbers through `date`, `number` and `percent`: see `language`.
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
from opsbook.site import charts, text
from opsbook.site.kept import Body, Keeper
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.links import link_to
from opsbook.site.places import edit_at, place_of
from opsbook.site.words import english_here, mark, signed, with_marks


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
def _environment(language: SiteLanguage) -> jinja2.Environment:
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
    install: Callable[..., None] = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(language.marked_texts, newstyle=True)
    environment.filters.update(
        href=text.href,
        anchor=text.anchor,
        attribute=text.attribute,
        date=language.date,
        fence=text.fence,
        handwritten=text.handwritten,
        inline=text.inline,
        kept=_kept,
        markdown=text.markdown,
        named=lambda word, kind: language.named(kind, word),
        number=language.number,
        percent=language.percent,
        plain=text.plain,
        said=language.said,
        translated=language.word,
        verbatim=text.verbatim,
    )
    environment.filters.update(
        bar_lengths=charts.bar_lengths,
        ring_lengths=charts.ring_lengths,
        svg_length=charts.svg_length,
    )
    environment.globals.update(edit_at=edit_at, place_of=place_of, url=link_to)
    environment.globals.update(english_here=english_here(), language=language)
    drawn = environment.get_template("charts.jinja").module
    names = ("bar", "done_of", "ended_waiver", "progress_sentence", "ring", "severity", "status", "tier")
    environment.globals.update({name: getattr(drawn, name) for name in names})
    return environment


def render(template: str, path: str, graph: Graph, **values: Any) -> Body:
    """Return the body of the page `path`, rendered from `template`, such as `runbook/templates/runbook.md`.

    In the template, `url(target)` links to a source address, and `graph` is available beside `values`.
    """
    language = site_language(graph)
    keeper = Keeper(functools.partial(with_marks, is_english=language.is_english))
    filled = _filled(template, path, graph, keeper=keeper, **values)
    if language.is_english:
        return Body(filled, keeper.kept)
    pieces = (keeper.keep(mark(words)) if number % 2 else words for number, words in enumerate(signed(filled)))
    return Body("".join(pieces), keeper.kept)


def fragment(template: str, path: str, graph: Graph, **values: Any) -> Markup:
    """Return the HTML that `template`, which is HTML only, renders for the page `path`."""
    html = with_marks(_filled(template, path, graph, **values), is_english=site_language(graph).is_english)
    return Markup(html.strip())  # noqa: S704 - the template escapes every value


@functools.cache
def macro(template: str, name: str, language: SiteLanguage | None = None) -> Callable[..., Markup]:
    """Return the macro `name` of `template`, for HTML that is made piece by piece. It knows its arguments alone.

    One without words of the engine needs no `language`.
    """
    found: Callable[..., Markup] = getattr(_environment(language or SiteLanguage()).get_template(template).module, name)
    return found


def whole_file(template: str, language: SiteLanguage | None = None, **values: Any) -> str:
    """Return a file that stands outside of the theme, such as a picture. `template` escapes every value."""
    language = language or SiteLanguage()
    text = _environment(language).get_template(template).render(**values)
    return with_marks(text, is_english=language.is_english)


def _filled(template: str, path: str, graph: Graph, **values: Any) -> str:
    environment = _environment(site_language(graph))
    return environment.get_template(template).render(path=path, graph=graph, **values)
