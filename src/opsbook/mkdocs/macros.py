"""Give the engine's macros to mkdocs-macros."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.exceptions import PluginError
from mkdocs_macros.plugin import MacrosPlugin

from opsbook.nouns.macro.calls import CallSite
from opsbook.nouns.macro.macros import MACROS

if TYPE_CHECKING:
    from opsbook.mkdocs.plugin import OpsbookPlugin

_NEEDED = (
    "the macros of opsbook need the plugin `opsbook` in mkdocs.yml, beside `macros`; for another site engine than"
    " MkDocs write the pages with `opsbook generate` first"
)


def define_env(env: MacrosPlugin) -> None:
    """Define every macro of the engine. Raises PluginError where the plugin `opsbook` is not set up."""
    book = _plugin(env)
    for name, macro in MACROS.items():
        env.macro(_called_here(macro, book), name)  # type: ignore[no-untyped-call] # They leave it without types.


def here(env: MacrosPlugin) -> CallSite:
    """Return the page that is being rendered, for a macro that a site defines: its handbook and its own HTML."""
    return _plugin(env).here


def _plugin(env: MacrosPlugin) -> OpsbookPlugin:
    # Zensical hands on a dictionary, which has no plugins.
    book: OpsbookPlugin | None = getattr(env.conf, "plugins", {}).get("opsbook")
    if book is None:
        raise PluginError(_NEEDED)
    return book


def _called_here(macro: Callable[..., Markup], book: OpsbookPlugin) -> Callable[..., Markup]:
    """Return `macro` as pages call it: without its first argument, which is the page that is being rendered."""

    @functools.wraps(macro)
    def called(*args: Any, **kwargs: Any) -> Markup:
        return macro(book.here, *args, **kwargs)

    signature = inspect.signature(macro)
    _, *parameters = signature.parameters.values()
    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return called
