"""Bring generated files through mkdocs-static-i18n, which knows files below the folder of the pages alone.

https://github.com/ultrabug/mkdocs-static-i18n/tree/1.3.1/mkdocs_static_i18n
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig

if TYPE_CHECKING:
    from mkdocs.structure.files import File

NAME = "i18n"
# https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/plugin.py#L72
BEFORE, AFTER = -99, -101
"""The priorities of events just before and just after the plugin's own, which is -100 wherever it is listed."""


def is_translated(config: MkDocsConfig) -> bool:
    """Return whether the plugin is among those of `config`."""
    # Its entry point: https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/pyproject.toml
    return NAME in config.plugins


def built_language(config: MkDocsConfig) -> str | None:
    """Return the language in which the plugin has pages built now; None without the plugin.

    It builds the site once for each language, and tells the theme of it after every other plugin has begun.
    """
    # https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/plugin.py#L34
    # https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/plugin.py#L253
    if not is_translated(config):
        return None
    plugin: Any = config.plugins[NAME]
    return str(plugin.current_language or plugin.default_language)


def built_languages(config: MkDocsConfig) -> tuple[str, ...]:
    """Return all languages in which the plugin has pages built; none without the plugin."""
    # https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/reconfigure.py#L111
    plugin: Any = config.plugins.get(NAME)
    return tuple(plugin.build_languages) if plugin else ()


def lend(page: File, docs: Path) -> None:
    """Let a generated `page` pass for one below `docs`: the plugin leaves out every other page, with a warning."""
    # https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/reconfigure.py#L538
    page.abs_src_path = str(docs / page.src_uri)


def lend_asset(asset: File, config: MkDocsConfig) -> None:
    """Let a generated `asset` pass for one of the theme, so that all languages share it.

    The plugin asks each file where it lies, and ends in a traceback where that is nowhere.
    """
    # As for `lend`.
    asset.abs_src_path = str(Path(config.theme.dirs[-1]) / asset.src_uri)


def without_language(config: MkDocsConfig, paths: Iterable[str]) -> Iterator[str]:
    """Yield `paths` as one `nav` for all languages names them: without the language in their name or folder."""
    # https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/suffix.py#L121
    # https://github.com/ultrabug/mkdocs-static-i18n/blob/1.3.1/mkdocs_static_i18n/folder.py#L123
    if not is_translated(config):
        yield from paths
        return
    options = config.plugins[NAME].config
    languages = "|".join(re.escape(language["locale"]) for language in options["languages"])
    for path in paths:
        if options["docs_structure"] == "folder":
            yield re.sub(rf"^(?:{languages})/", "", path)
        else:
            stem, ending = posixpath.splitext(path)
            yield re.sub(rf"\.(?:{languages})$", "", stem) + ending
