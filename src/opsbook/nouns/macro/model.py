"""How the macros of a site are set up, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass

MODULE = "macros/main"
"""The module of the site's own macros where nothing else is known, without its ending."""

PLUGLET = "opsbook.macros"
"""The module of the engine's macros, as mkdocs-macros and Python call it."""


def pluglet(entry: str) -> str:
    """Return the module that an entry of `modules` names, which may have the name of its package before it.

    >>> pluglet("opsbook:opsbook.macros"), pluglet("opsbook.macros")
    ('opsbook.macros', 'opsbook.macros')
    """
    return entry.rpartition(":")[2].strip()


@dataclass(frozen=True)
class MacroSettings:
    """What `mkdocs.yml` says to mkdocs-macros, as far as it is known without a build."""

    module: str = MODULE
    pluglets: tuple[str, ...] = ()
    renders_all: bool = False
    """Whether pages that do not ask for macros may be templates too."""

    @property
    def file(self) -> str:
        """The file of the site's own macros, from the folder of `mkdocs.yml`."""
        return f"{self.module}.py"


@dataclass(frozen=True)
class MacroDoc:
    """What a docstring says of one macro. `example` is a call with its braces."""

    name: str
    signature: str
    paragraphs: tuple[str, ...]
    arguments: tuple[tuple[str, str], ...]
    example: str | None
