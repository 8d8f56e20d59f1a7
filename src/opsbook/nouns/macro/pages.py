"""The page that documents the macros: each with its arguments, and an example with what comes of it in this site."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.nouns.macro.calls import Here, WrongCallError
from opsbook.nouns.macro.interface import Interface
from opsbook.nouns.macro.load import example_arguments
from opsbook.nouns.macro.macros import MACROS
from opsbook.nouns.macro.model import MacroDoc
from opsbook.site import paths
from opsbook.site.page import Page
from opsbook.site.render import render


@dataclass(frozen=True)
class Worked:
    """A macro, and what its example gives here, or why it gives nothing."""

    macro: MacroDoc
    result: Markup | None = None
    refusal: str | None = None


def macros_page(handbook: Handbook, interface: Interface) -> Page:
    """The page of the macros of the repository."""
    here = Here(handbook, paths.MACROS, interface=interface)
    body = render(
        "macro/templates/reference.md",
        paths.MACROS,
        worked=[_work(macro, here) for macro in handbook.macros],
        module=handbook.macro_settings.file,
    )
    return Page(paths.MACROS, "Macros", body, {"description": "What a hand-written page can call, with examples."})


def _work(macro: MacroDoc, here: Here) -> Worked:
    """Make the call of the example. A macro of the site's own is not known here and stays without a result."""
    arguments = example_arguments(macro)
    if macro.name not in MACROS or arguments is None:
        return Worked(macro)
    values, named = arguments
    try:
        return Worked(macro, result=MACROS[macro.name](here, *values, **named))
    except WrongCallError as error:
        return Worked(macro, refusal=str(error))
