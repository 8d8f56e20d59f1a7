"""Make the page that documents the macros, with an example of each and its result in this site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.macro.calls import CallSite, WrongCallError
from opsbook.nouns.macro.load import example_arguments
from opsbook.nouns.macro.macros import MACROS
from opsbook.nouns.macro.model import REFERENCE, MacroDoc
from opsbook.site.language import site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.source.sitefile import MacroSettings


@dataclass(frozen=True)
class MacroExample:
    """A macro and the result of its example in this site, or the reason why there is none."""

    macro: MacroDoc
    result: Markup | None = None
    refusal: str | None = None


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the page of the macros, unless there are none."""
    if graph.all(MacroDoc):
        yield one(graph.one(MacroSettings).file, macros_page, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the entry of the macros in the navigation."""
    if graph.all(MacroDoc):
        yield NavEntry(site_language(graph).gettext("Macros"), REFERENCE)


def macros_page(graph: Graph) -> Page:
    """Return the page of the macros of the repository."""
    here = CallSite(graph, REFERENCE)
    body = render(
        "macro/templates/reference.md",
        REFERENCE,
        graph,
        worked=[_work(macro, here) for macro in graph.all(MacroDoc)],
        module=graph.one(MacroSettings).file,
    )
    language = site_language(graph)
    meta = {"description": language.gettext("What a hand-written page can call, with examples.")}
    return Page(REFERENCE, language.gettext("Macros"), body, meta)


def _work(macro: MacroDoc, here: CallSite) -> MacroExample:
    """Return the macro with the result of its example. The site's own macros are not run here, and have no result."""
    arguments = example_arguments(macro)
    if macro.name not in MACROS or arguments is None:
        return MacroExample(macro)
    values, named = arguments
    try:
        return MacroExample(macro, result=MACROS[macro.name](here, *values, **named))
    except WrongCallError as error:
        return MacroExample(macro, refusal=str(error))
