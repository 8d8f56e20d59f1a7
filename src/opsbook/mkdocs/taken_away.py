"""Leave pages that another plugin takes away out of the navigation which the engine has made."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from opsbook.mkdocs.compat.translations import is_translated
from opsbook.mkdocs.navigation import Nav


class Listed:
    """The navigation of one build and the files that there were when it was made.

    `own` is the `nav` of `mkdocs.yml`: what that names stays, and MkDocs says that there is no such page.
    """

    def __init__(self, nav: Nav | None, own: Nav | None, files: Files) -> None:
        self.nav, self.own = nav, own
        self.made = {file.src_uri for file in files} - set(_pages(own or []))

    def take_back(self, config: MkDocsConfig) -> None:
        """Give `config` its own `nav` again, where a plugin builds another language with the same configuration."""
        if self.nav is not None and config.nav is self.nav:
            config.nav = self.own

    def settle(self, config: MkDocsConfig, files: Files) -> None:
        """Leave out of the navigation of `config` what is not among `files` any more, unless that is another's."""
        gone = self.made - {file.src_uri for file in files}
        if gone and self.nav and config.nav is self.nav and not is_translated(config):
            config.nav = list(_without(self.nav or [], gone))


def _pages(nav: Nav) -> Iterator[str]:
    for entry in nav:
        for value in entry.values() if isinstance(entry, dict) else (entry,):
            yield from _pages(value) if isinstance(value, list) else (value,)


def _without(nav: Nav, gone: Container[str]) -> Iterator[Any]:
    """Yield the entries of `nav` without the pages `gone`, and without sections that have no others."""
    for entry in nav:
        if not isinstance(entry, dict):
            if entry not in gone:
                yield entry
            continue
        for title, value in entry.items():
            left = list(_without(value, gone)) if isinstance(value, list) else value
            if left and (isinstance(left, list) or left not in gone):
                yield {title: left}
