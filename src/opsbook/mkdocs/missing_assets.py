"""Find styles, scripts and pictures that `mkdocs.yml` names and that are not there, of which MkDocs says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from opsbook.mkdocs.site_settings import SiteSettings, keys_of, setting_problem, site_settings
from opsbook.problems import Problem, ProblemsError

LISTS = ("extra_css", "extra_javascript")
PICTURES = ("logo", "favicon")


def missing_assets(config: MkDocsConfig, files: Files) -> Iterator[Problem]:
    """Yield a problem at each name of a file that neither `files` nor the theme have.

    `files` are those that all plugins have made. What another plugin adds to the lists is its own to know.
    """
    try:
        settings = site_settings(Path(config.config_file_path or "mkdocs.yml"))
    except (
        ProblemsError,
        OSError,
    ):  # MkDocs has read it, with tags of its own or from elsewhere.
        return
    for setting, file, node in asset_settings(settings):
        parts = urlsplit(node.value)
        path, is_elsewhere = parts.path, parts.scheme or node.value.startswith("/")  # That may be another site's.
        if not is_elsewhere and files.get_file_from_path(path) is None and not _in_theme(config, path):
            message = f"`{setting}` names `{node.value}`, which is not in the folder of the pages"
            yield setting_problem(file, node, message)


def asset_settings(settings: SiteSettings) -> Iterator[tuple[str, str, yaml.ScalarNode]]:
    """Yield each name of a file, with its setting and the file that it is written in."""
    for setting in LISTS:
        found = settings.find(setting)
        for entry in found.node.value if found and isinstance(found.node, yaml.SequenceNode) else ():
            node = keys_of(entry).get("path", entry)
            if found and isinstance(node, yaml.ScalarNode):
                yield setting, found.file, node
    for setting in PICTURES:
        found = settings.find("theme", setting)
        if found and isinstance(found.node, yaml.ScalarNode):
            yield f"theme.{setting}", found.file, found.node


def _in_theme(config: MkDocsConfig, path: str) -> bool:
    return any(Path(folder, path).is_file() for folder in config.theme.dirs)
