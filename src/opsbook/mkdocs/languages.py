"""Bring the generated pages through a plugin that makes a site of each language of the hand-written ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from mkdocs.structure.files import File, Files

from opsbook.mkdocs.compat.translations import is_translated, lend, lend_asset
from opsbook.mkdocs.origins import Origins


class Loan:
    """The generated ones of `files`, which pass for hand-written ones from here to `end`, if a plugin wants that."""

    def __init__(self, origins: Origins, files: Files) -> None:
        self.origins = origins
        self.lent: dict[str, File] = {}
        if is_translated(origins.config):
            self.lent = {
                file.src_uri: file for file in files if file.abs_src_path is None or origins.is_generated(file)
            }
        for file in self.lent.values():
            if file.is_documentation_page():
                lend(file, origins.docs)
            else:
                lend_asset(file, origins.config)

    def end(self, files: Files) -> None:
        """Make the generated ones of `files` again what they were, and the copies that the plugin has made like them.

        The pages of a further language stand in a folder of their own. What the engine's HTML links to is copied there.
        """
        folders: set[str] = set()
        for file in files:
            if original := self.lent.get(file.src_uri):
                if file is not original:
                    file.content_bytes = original.content_bytes
                    folders.add(file.dest_uri.removesuffix(original.dest_uri))
                self.origins.settle(file)
        for folder, asset in product(sorted(folders - {""}), list(self._assets(files))):
            path = f"{folder}{asset.src_uri}"
            files.append(File.generated(self.origins.config, path, content=asset.content_bytes))

    def _assets(self, files: Files) -> Iterator[File]:
        """Yield the generated assets, and the hand-written ones that a page is made of and links to."""
        sources = {str(self.origins.source(path)) for path in self.lent}
        for file in files:
            if not file.is_documentation_page() and (file.src_uri in self.lent or file.abs_src_path in sources):
                yield file
