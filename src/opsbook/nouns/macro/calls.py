"""A call in a hand-written page: where it stands, and how it says that it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.nouns.macro.interface import Interface
from opsbook.problems import did_you_mean
from opsbook.site import paths
from opsbook.site.kept import Keeper
from opsbook.site.page import relative
from opsbook.site.render import fragment

T = TypeVar("T")


@dataclass(frozen=True)
class Here:
    """The handbook, the source address of the page that calls, and what keeps the HTML that the call gives.

    `interface` is what the macros know of the engine itself.
    """

    handbook: Handbook
    path: str
    keeper: Keeper | None = None
    interface: Interface = field(default_factory=Interface)

    def url(self, target: str) -> str:
        """The link from this page to the page or asset `target`."""
        return relative(self.path, target)

    def keep(self, html: Markup) -> Markup:
        """What stands for `html` on this page: its token where the page is Markdown, else the HTML itself."""
        return self.keeper.keep(html) if self.keeper else html

    def show(self, template: str, **values: object) -> Markup:
        """Return what the template of this name makes of `values`, kept for this page."""
        return self.keep(fragment(f"macro/templates/{template}.jinja", self.path, paths=paths, **values))


class WrongCallError(Exception):
    """A mistake of whoever wrote the call. `value` is what is wrong in it."""

    def __init__(self, value: object, message: str) -> None:
        self.value = value
        super().__init__(message)


def look_up(id: object, known: Mapping[str, T], kind: str) -> T:
    """What `known` has at `id`, or a WrongCallError with the nearest right one."""
    if isinstance(id, str) and id in known:
        return known[id]
    raise WrongCallError(id, f"no {kind} has the id `{id}`; {did_you_mean(str(id), known)}")


def check_id(id: object, known: Iterable[str], kind: str) -> None:
    """Raise a WrongCallError for a filter that names nothing; None is no filter."""
    if id is not None:
        look_up(id, dict.fromkeys(known), kind)


def check_word(word: object, allowed: Iterable[str], kind: str) -> None:
    """As `check_id`, for words that are no ids."""
    if word is not None and word not in (words := list(allowed)):
        raise WrongCallError(word, f"`{word}` is not a {kind}; {did_you_mean(str(word), words)}")
