"""Tell a macro where it is called from, and report a mistake in the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.problems import did_you_mean
from opsbook.site.kept import Keeper
from opsbook.site.render import fragment

T = TypeVar("T")


@dataclass(frozen=True)
class CallSite:
    """The graph, the source address of the calling page, and the keeper of the HTML that the call returns."""

    graph: Graph
    path: str
    keeper: Keeper | None = None

    def keep(self, html: Markup) -> Markup:
        """Return the token that stands for `html` where the page is Markdown, else `html` itself."""
        return self.keeper.keep(html) if self.keeper else html

    def show(self, template: str, **values: object) -> Markup:
        """Return the HTML of the template `template` with `values`, kept for this page."""
        return self.keep(fragment(f"macro/templates/{template}.jinja", self.path, self.graph, **values))


class WrongCallError(Exception):
    """A mistake of the page's author in a call. `value` is the wrong argument."""

    def __init__(self, value: object, message: str) -> None:
        self.value = value
        super().__init__(message)


def look_up(id: object, known: Mapping[str, T], kind: str) -> T:
    """Return the value of `id` in `known`. Raises WrongCallError with the nearest id where there is none."""
    if isinstance(id, str) and id in known:
        return known[id]
    raise WrongCallError(id, f"no {kind} has the id `{id}`; {did_you_mean(str(id), known)}")


def check_id(id: object, known: Iterable[str], kind: str) -> None:
    """Raise WrongCallError for a filter that names nothing. None is no filter."""
    if id is not None:
        look_up(id, dict.fromkeys(known), kind)


def check_word(word: object, allowed: Iterable[str], kind: str) -> None:
    """Raise WrongCallError for a word that is not allowed. None is no filter."""
    if word is not None and word not in (words := list(allowed)):
        raise WrongCallError(word, f"`{word}` is not a {kind}; {did_you_mean(str(word), words)}")
