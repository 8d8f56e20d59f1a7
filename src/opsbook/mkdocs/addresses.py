"""Put addresses in the place of links to sources: those that MkDocs, and every other plugin, gives to the files."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from opsbook.mkdocs.machine_files import asset_file
from opsbook.site.kept import Kept
from opsbook.site.links import with_addresses
from opsbook.site.page import Asset

_WITH_LINKS = (".html", ".json", ".md.raw", ".svg", ".txt")


def file_of(files: Files, here: File, source: str) -> File:
    """Return the file `source`; one that is not among `files` has the address that it would have beside `here`."""
    name = f"{source}index.html" if source.endswith("/") else source
    return files.get_file_from_path(name) or File(name, None, here.dest_dir, here.use_directory_urls)


def address_from(files: Files, here: File, source: str) -> str:
    """Return the address of the file `source` relative to that of the file `here`."""
    return file_of(files, here, source).url_relative_to(here)


def kept_with_addresses(kept: Kept, files: Files, path: str) -> Kept:
    """Return the fragments of the page `path` with addresses in them."""
    # Asks the class, so that no record is kept of the page itself.
    here = Files.get_file_from_path(files, path) or File(path, None, "", use_directory_urls=True)
    address = partial(address_from, files, here)
    return {digest: replace(each, html=with_addresses(each.html, address)) for digest, each in kept.items()}


def meta_with_addresses(meta: Mapping[str, Any], files: Files, here: File) -> dict[str, Any]:
    """Return the front matter of the page `here` with addresses in it, at any depth, relative to the site."""

    def address(source: str) -> str:
        return file_of(files, here, source).url

    return {key: _value(value, address) for key, value in meta.items()}


def asset_files(asset: Asset, config: MkDocsConfig) -> Iterator[File]:
    """Yield the file of `asset` and, for a redirect, the one that MkDocs would serve at the address of its page."""
    file = asset_file(asset, config)
    yield file
    if asset.stands_for:
        other = File.generated(config, asset.stands_for, content="").dest_uri
        if other != file.dest_uri:
            yield File.generated(config, other, content=asset.content)


def settle_assets(files: Files, own: Container[str]) -> None:
    """Put addresses into the engine's assets, once every plugin has added, moved and removed what it wants.

    `own` are the paths of the files of the repository that are among them, which stay as they are.
    """
    for file in files:
        if file.generated_by == "opsbook" and file.src_uri.endswith(_WITH_LINKS) and file.src_uri not in own:
            file.content_string = with_addresses(file.content_string, partial(address_from, files, file))


def _value(value: Any, address: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return with_addresses(value, address)
    if isinstance(value, list):
        return [_value(each, address) for each in value]
    if isinstance(value, dict):
        return {key: _value(each, address) for key, each in value.items()}
    return value
