"""Read and change the configuration of MkDocs where its options do not."""

from __future__ import annotations

import copy
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import _default_exclude
from mkdocs.utils.yaml import get_yaml_loader

from opsbook.source.sitefile import Patterns


def root_of(config: MkDocsConfig) -> Path:
    """Return the absolute path of the folder that `mkdocs.yml` is in; the current one for standard input."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/base.py#L377-L381
    # `config_file_path` is absolute without `-f`, as it was typed with it, and empty for standard input. `docs_dir` is
    # made absolute by the same function, without following links, so that one lies below the other.
    return Path(os.path.abspath(os.path.dirname(config.config_file_path or "")))  # noqa: PTH100, PTH120


def left_out(patterns: Any) -> Patterns:
    """Return what MkDocs leaves out of a site whose `exclude_docs` is `patterns`: its own patterns come first."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/files.py#L524-L530
    found: Patterns = _default_exclude + patterns if patterns else _default_exclude
    return found


def node_value(node: yaml.Node) -> object:
    """Return the value of a YAML node, with environment variables filled in.

    None if a tag names Python code, or if it is no value at all, such as a day that is in no calendar.
    """
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/yaml.py#L109
    # `load_config`, the documented way, runs the code that the file names and loads every plugin.
    try:
        value: object = get_yaml_loader(yaml.SafeLoader)("").construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError):  # PyYAML lets the errors of Python through for days and for numbers.
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
    # MkDocs announces the end of this attribute to whoever asks for it, which is no news for the author of a site.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        written = config.user_configs
    for said in reversed(written):
        found: object = said
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is not None:
            return found
    return None


def put_bundle_first(config: MkDocsConfig, bundle: str) -> None:
    """Load the extension `bundle`, which loads others, before each of those that the site names by itself.

    The last one of a name wins, with its options. So a bundle that another plugin adds at the end would take away those
    of the site.
    """
    # As for `add_extension`, and
    # https://github.com/backstage/mkdocs-techdocs-core/blob/v1.7.1/techdocs_core/core.py#L213
    # The plugin adds `pymdownx.extra` at the end, and moves the options of what that loads into those of the bundle.
    if bundle in config.markdown_extensions:
        others = [name for name in dict.fromkeys(config.markdown_extensions) if name != bundle]
        config.markdown_extensions = [bundle, *others]
        moved = extension_options(config, bundle)
        config.mdx_configs.update({name: moved[name] for name in others if name in moved})


def hook_events(config: MkDocsConfig) -> dict[str, frozenset[str]]:
    """Return the events that each file of `hooks` handles, by the name that `mkdocs.yml` gives the file."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/config_options.py#L1180
    # The setting is documented as a list. What a plugin sees is a dictionary of modules where there are hooks, whose
    # functions are found by their names, as those of plugins are.
    modules: Any = config.hooks or {}
    return {
        name: frozenset(each for each in dir(module) if each.startswith("on_") and callable(getattr(module, each)))
        for name, module in modules.items()
    }


def add_theme_folder(config: MkDocsConfig, folder: Path) -> None:
    """Let templates in `folder` win over those of the theme, and give way to those in a `custom_dir` of the site."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/theme.py#L55
    # `custom_dir` is one folder, and belongs to the site. The order is fixed when the environment is made of the list,
    # after `on_files`.
    dirs = config.theme.dirs
    dirs.insert(1 if config.theme.custom_dir in dirs[:1] else 0, str(folder))


def deferred_script(path: str) -> ExtraScriptValue:
    """Return the script `path` as a value of `extra_javascript` that runs when the whole page has been read."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/config_options.py#L918
    # A mapping, as in `mkdocs.yml`, becomes such a value when the configuration is checked, which is over by then.
    script = ExtraScriptValue(path)
    script.defer = True
    return script


def copied(config: MkDocsConfig) -> MkDocsConfig:
    """Return a shallow copy of `config`: settings can be replaced without changing the original."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/config/base.py#L123
    # A configuration is a `UserDict`, whose copy has a dictionary of its own. Templates read `config`, and so do
    # plugins, which must see the text of `mkdocs.yml` and not what is printed of it.
    return copy.copy(config)
