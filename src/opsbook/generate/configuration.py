"""The configuration of a build in, the `mkdocs.yml` of the generated source out, as text.

What the file of the user says stays. The engine and the macros are gone from the plugins, and what they filled in is
written out: theme, extensions, styles, scripts, search and the whole navigation.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme
from mkdocs.utils.yaml import yaml_load

from opsbook.mkdocs.search import WORDS

DOCS = "docs"
OVERRIDES = "overrides"
LEFT_OUT = frozenset({"INHERIT", "docs_dir", "site_dir", "watch"})
DISSOLVED = frozenset({"macros", "opsbook"})
HEAD = """\
# The source of this site as plain files, written by `opsbook generate`. Nothing here needs opsbook.
# Build it with `properdocs build -f mkdocs.yml` (pip install properdocs mkdocs-material),
# with `mkdocs build` (pip install "mkdocs<2" mkdocs-material) or with `zensical build` (pip install zensical).
"""


class UnwritableSettingError(Exception):
    """A setting of `mkdocs.yml` that is a Python object with no text of its own."""


def configuration(config: MkDocsConfig) -> str:
    """The whole file. `config` is the configuration after all plugins have had their say, navigation included."""
    written = user_settings(config)
    settings = {
        **{key: value for key, value in written.items() if key not in LEFT_OUT},
        "site_url": config.site_url,
        "theme": _theme(config, written),
        "plugins": list(_plugins(config, written)),
        "markdown_extensions": list(_extensions(config)),
        "extra_css": list(config.extra_css),
        "extra_javascript": [_script(script) for script in config.extra_javascript],
        "extra": dict(config.extra),
        "nav": config.nav,
    }
    return HEAD + yaml.dump(settings, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def user_settings(config: MkDocsConfig) -> dict[str, Any]:
    """What `mkdocs.yml` itself says, with the files that it inherits from and the environment filled in."""
    with Path(config.config_file_path).open("rb") as file:
        return yaml_load(file)


def _theme(config: MkDocsConfig, written: Mapping[str, Any]) -> dict[str, Any]:
    """The theme's settings that are not its defaults."""
    plain = Theme(name=config.theme.name)
    said = written.get("theme")
    kept = {key: said[key] for key in ("locale", "static_templates") if isinstance(said, dict) and key in said}
    changed = {
        key: config.theme[key] for key in config.theme if key != "locale" and config.theme[key] != plain.get(key)
    }
    return {"name": config.theme.name, "custom_dir": OVERRIDES, **kept, **changed}


def _plugins(config: MkDocsConfig, written: Mapping[str, Any]) -> Iterator[Any]:
    """The plugins that the user named, but for those whose work is done; search as the engine set it up."""
    named = written.get("plugins", ["search"])
    pairs = named.items() if isinstance(named, dict) else (_pair(each) for each in named)
    for name, options in pairs:
        short = name.rpartition("/")[2]
        if short == "search" and (plugin := config.plugins.get(name) or config.plugins.get(f"material/{name}")):
            fields = {key: value for key, value in plugin.config["fields"].items() if key != WORDS}
            options = {**(options or {}), "separator": plugin.config["separator"], "fields": fields}
        if short not in DISSOLVED:
            yield {name: options} if options else name


def _extensions(config: MkDocsConfig) -> Iterator[Any]:
    for name in config.markdown_extensions:
        if name.startswith("opsbook."):
            continue
        options = config.mdx_configs.get(name)
        yield {name: options} if options else name


def _pair(entry: Any) -> tuple[str, Any]:
    if not isinstance(entry, dict):
        return entry, None
    return next(iter(entry.items()))


def _script(script: ExtraScriptValue | str) -> Any:
    if isinstance(script, str) or not (script.type or script.defer or script.async_):
        return str(script)
    options = {"type": script.type, "defer": script.defer, "async": script.async_}
    return {"path": script.path, **{key: value for key, value in options.items() if value}}


class _Dumper(yaml.SafeDumper):
    """YAML as MkDocs reads it: no references, and functions by their name."""

    def ignore_aliases(self, _: Any) -> bool:
        """Write what stands in two places twice."""
        return True


def _represent(dumper: _Dumper, value: Any) -> yaml.Node:
    if isinstance(value, functools.partial):
        call = {"args": [value.func, *value.args], "kwds": dict(value.keywords)}
        return dumper.represent_mapping("tag:yaml.org,2002:python/object/apply:functools.partial", call)
    if isinstance(value, Mapping):
        return dumper.represent_dict(dict(value))
    name = getattr(value, "__qualname__", "<")
    if "<" in name:
        raise UnwritableSettingError(f"the setting {value!r} cannot be written to a file")
    return dumper.represent_scalar(f"tag:yaml.org,2002:python/name:{value.__module__}.{name}", "")


_Dumper.add_multi_representer(object, _represent)
