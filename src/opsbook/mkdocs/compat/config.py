"""Read and change the configuration of MkDocs where its options do not."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader


def node_value(node: yaml.Node) -> object:
    """Return the value of a YAML node, with environment variables filled in; None if a tag names Python code."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/yaml.py#L109
    # `load_config`, the documented way, runs the code that the file names and loads every plugin.
    try:
        value: object = get_yaml_loader(yaml.SafeLoader)("").construct_object(node, deep=True)
    except yaml.YAMLError:
        return None
    return value


def add_extension(config: MkDocsConfig, name: str, options: Mapping[str, Any]) -> None:
    """Add the Markdown extension `name` for all pages. Options that `mkdocs.yml` sets stay."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/config_options.py#L1038
    # MkDocs splits `markdown_extensions` in two when it checks the configuration: a list of names, and the private
    # `mdx_configs` with their options. Plugins are called after that, and nothing is split again.
    name = _named(config, name)
    if name not in config.markdown_extensions:
        config.markdown_extensions.append(name)
    said = config.mdx_configs.setdefault(name, {})
    said.update({key: value for key, value in options.items() if key not in said})


def extension_options(config: MkDocsConfig, name: str) -> dict[str, Any]:
    """Return the options of the Markdown extension `name`. They may be changed in place."""
    # As for `add_extension`.
    return config.mdx_configs.setdefault(_named(config, name), {})


def _named(config: MkDocsConfig, name: str) -> str:
    """Return the name by which `config` has the extension `name`: Markdown's own may be written in full."""
    # https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/core.py#L161
    # `tables` and `markdown.extensions.tables` are one extension, and loading it twice lets the last options win.
    full = f"markdown.extensions.{name}"
    return full if full in config.markdown_extensions else name


def said_in_file(config: MkDocsConfig, *path: str) -> object:
    """Return what `mkdocs.yml` itself says under the keys `path`; None where it says nothing."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/base.py#L149
    # The settings of a theme are filled in with its defaults, from which those of a site cannot be told.
    for said in reversed(config.user_configs):
        found: object = said
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is not None:
            return found
    return None


def add_theme_folder(config: MkDocsConfig, folder: Path) -> None:
    """Let templates in `folder` win over those of the theme, and give way to those in a `custom_dir` of the site."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/theme.py#L55
    # `custom_dir` is one folder, and belongs to the site. The order is fixed when the environment is made of the list,
    # after `on_files`.
    dirs = config.theme.dirs
    dirs.insert(1 if config.theme.custom_dir in dirs[:1] else 0, str(folder))


def module_script(path: str) -> ExtraScriptValue:
    """Return the script `path` as a value of `extra_javascript` that browsers load as a module."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/config_options.py#L918
    # A mapping, as in `mkdocs.yml`, becomes such a value when the configuration is checked, which is over by then.
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def copied(config: MkDocsConfig) -> MkDocsConfig:
    """Return a shallow copy of `config`: settings can be replaced without changing the original."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/base.py#L123
    # A configuration is a `UserDict`, whose copy has a dictionary of its own. Templates read `config`, and so do
    # plugins, which must see the text of `mkdocs.yml` and not what is printed of it.
    return copy.copy(config)
