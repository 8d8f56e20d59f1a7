"""The page that documents the macros: each with its arguments, and an example with what comes of it in this site."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.nouns.macro.calls import CallSite, WrongCallError
from opsbook.nouns.macro.load import MODULE, MacroDoc, example_arguments
from opsbook.nouns.macro.macros import MACROS
from opsbook.site import paths
from opsbook.site.page import Page
from opsbook.site.render import render


@dataclass(frozen=True)
class MacroExample:
    """A macro, and what its example gives here, or why it gives nothing."""

    macro: MacroDoc
    result: Markup | None = None
    refusal: str | None = None


def macros_page(handbook: Handbook) -> Page:
    """The page of the macros of the repository."""
    here = CallSite(handbook, paths.MACROS)
    body = render(
        "macro/templates/reference.md",
        paths.MACROS,
        worked=[_work(macro, here) for macro in handbook.macros],
        module=MODULE,
    )
    return Page(paths.MACROS, "Macros", body, {"description": "What a hand-written page can call, with examples."})


def _work(macro: MacroDoc, here: CallSite) -> MacroExample:
    """Make the call of the example. A macro of the repository's own is not known here and stays without a result."""
    arguments = example_arguments(macro)
    if macro.name not in MACROS or arguments is None:
        return MacroExample(macro)
    values, named = arguments
    try:
        return MacroExample(macro, result=MACROS[macro.name](here, *values, **named))
    except WrongCallError as error:
        return MacroExample(macro, refusal=str(error))
