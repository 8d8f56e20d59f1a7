"""Read the configuration of a build as plain data, after every plugin has changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.theme import Theme
from mkdocs.utils.yaml import yaml_load

from opsbook.mkdocs.compat.config import hook_events


@dataclass(frozen=True)
class Script:
    """A script of every page: its address and how a browser loads it."""

    path: str
    type: str = ""
    defer: bool = False
    is_async: bool = False


@dataclass(frozen=True)
class Settings:
    """The settings of a build. Options of Markdown extensions may contain Python functions."""

    written: Mapping[str, Any]
    """What `mkdocs.yml` itself says, with the files that it inherits from and the environment filled in."""
    site_url: str | None
    theme: str | None
    theme_changes: Mapping[str, Any]
    """The settings of the theme that are not its defaults."""
    plugins: Mapping[str, Mapping[str, Any]]
    """The options of each plugin, by the name under which MkDocs has it."""
    extensions: Mapping[str, Mapping[str, Any]]
    """The options of each Markdown extension, in their order."""
    styles: tuple[str, ...]
    scripts: tuple[Script, ...]
    extra: Mapping[str, Any]
    nav: Any
    texts: Mapping[str, Any]
    """The settings in words that a plugin or a hook has changed."""
    hooks: Mapping[str, frozenset[str]]
    """The events that each file of `hooks` handles, by the name of the file."""

    @property
    def shows_tags(self) -> bool:
        """Return whether a plugin shows the tags of a page; Zensical shows them always."""
        return any(name.rpartition("/")[2] == "tags" for name in self.plugins)


TEXTS = ("site_name", "site_description", "site_author", "copyright")


def settings_of(config: MkDocsConfig) -> Settings:
    """Return the settings that `config` has now."""
    written = _written(config)
    return Settings(
        written=written,
        site_url=config.site_url,
        theme=config.theme.name,
        theme_changes=_theme_changes(config),
        # A hook, a module, is among the plugins too.
        plugins={name: dict(each.config) for name, each in config.plugins.items() if isinstance(each, BasePlugin)},
        extensions={name: config.mdx_configs.get(name) or {} for name in config.markdown_extensions},
        styles=tuple(config.extra_css),
        scripts=tuple(map(_script, config.extra_javascript)),
        extra=dict(config.extra),
        nav=config.nav,
        texts={key: config[key] for key in TEXTS if config[key] != written.get(key)},
        hooks=hook_events(config),
    )


def _written(config: MkDocsConfig) -> dict[str, Any]:
    with Path(config.config_file_path).open("rb") as file:
        return yaml_load(file)


def _theme_changes(config: MkDocsConfig) -> dict[str, Any]:
    plain, theme = Theme(name=config.theme.name), config.theme
    return {key: theme[key] for key in theme if key != "locale" and theme[key] != plain.get(key)}


def _script(script: ExtraScriptValue | str) -> Script:
    if isinstance(script, str):
        return Script(script)
    return Script(script.path, script.type, script.defer, script.async_)
