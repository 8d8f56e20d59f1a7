"""Hand the files for machine readers to MkDocs, which takes a file whose name ends with `.md` for a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from opsbook.site.page import Asset

_RAW = ".raw"
"""What the source address of a file of Markdown ends with that is served as it is."""


def wanted_assets(assets: Iterable[Asset], files: Files, *, machine_readable: bool) -> Iterator[Asset]:
    """Yield `assets`, those for machines only where the site wants them and has no file of its own in their place."""
    for asset in assets:
        if not asset.for_machines or (machine_readable and not files.get_file_from_path(asset.path)):
            yield asset


def asset_file(asset: Asset, config: MkDocsConfig) -> File:
    """Return the file of `asset`, which is copied and never rendered."""
    if not asset.path.endswith(".md"):
        return File.generated(config, asset.path, content=asset.content)
    file = File.generated(config, f"{asset.path}{_RAW}", content=asset.content)
    file.dest_uri = asset.path
    return file


def is_carried(file: File) -> bool:
    """Return whether another engine can serve `file` as it is: not Markdown, and so not the list of it either."""
    return not file.src_uri.endswith(_RAW) and not (file.generated_by == "opsbook" and file.src_uri == "llms.txt")
