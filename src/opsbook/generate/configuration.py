"""Write the `mkdocs.yml` of the generated source from the configuration of a build.

What the user's file says stays. The engine and mkdocs-macros are removed from the plugins, and what they filled in is
written out: theme, extensions, styles, scripts, search and the whole navigation.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from opsbook.generate.hooks import hooks_of
from opsbook.generate.indexes import Moved, renamed
from opsbook.mkdocs import github
from opsbook.mkdocs.compat import snippets
from opsbook.mkdocs.defaults import HOVER
from opsbook.mkdocs.effective import Script, Settings

DOCS = "docs"
OVERRIDES = "overrides"
LEFT_OUT = frozenset({"INHERIT", "docs_dir", "edit_uri", "edit_uri_template", "hooks", "site_dir", "watch"})
DISSOLVED = frozenset({"macros", "opsbook"})
INLINE: Mapping[str, Mapping[str, Any]] = {"pymdownx.magiclink": {}, "pymdownx.tilde": {"subscript": False}}
"""The extensions that read bare addresses and struck text for another engine, as the engine's own does here."""
HEAD = """\
# The source of this site as plain files, written by `opsbook generate`. Nothing here needs opsbook.
# These versions were tried:
# pip install "properdocs>=1.6.7,<2" "mkdocs-material>=9.7.7,<10" && properdocs build -f mkdocs.yml
# pip install "mkdocs>=1.6.1,<2" "mkdocs-material>=9.7.7,<10" && mkdocs build
# pip install "zensical==0.0.73" && zensical build
"""


class UnwritableSettingError(Exception):
    """A setting of `mkdocs.yml` that is a Python object with no text of its own."""


def configuration(settings: Settings, moved: Moved, hidden: Sequence[str] = ()) -> str:
    """Return the text of the file. `settings` are those after all plugins have run, navigation included.

    Pages that are `moved` have their new paths in the navigation and in the options of plugins, and `hidden` are the
    new paths of those that `not_in_nav` names.

    Raises UnwritableSettingError for a setting that has no form in YAML.
    """
    written = settings.written
    file = {
        **{key: value for key, value in written.items() if key not in LEFT_OUT},
        **_left_out(written, hidden),
        **settings.texts,
        **({"hooks": hooks} if (hooks := [hook.path for hook in hooks_of(settings.hooks)]) else {}),
        "site_url": settings.site_url,
        "theme": _theme(settings),
        "plugins": renamed(list(_plugins(settings)), moved),
        "markdown_extensions": list(_extensions(settings)),
        "extra_css": list(settings.styles),
        "extra_javascript": [_script(script) for script in settings.scripts],
        "extra": settings.extra,
        "nav": renamed(settings.nav, moved),
        # The files of this source are not those that people edit, and MkDocs would link to them by itself.
        **({"edit_uri": ""} if written.get("repo_url") else {}),
    }
    return HEAD + yaml.dump(file, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _left_out(written: Mapping[str, Any], hidden: Sequence[str]) -> dict[str, str]:
    """Return `not_in_nav` with the `hidden` paths behind what it says."""
    return (
        {"not_in_nav": "\n".join([written["not_in_nav"].rstrip(), *(f"/{path}" for path in hidden)])} if hidden else {}
    )


def _theme(settings: Settings) -> dict[str, Any]:
    """Return the settings of the theme that are not its defaults."""
    said = settings.written.get("theme")
    kept = {key: said[key] for key in ("locale", "static_templates") if isinstance(said, dict) and key in said}
    return {"name": settings.theme, "custom_dir": OVERRIDES, **kept, **settings.theme_changes}


def _plugins(settings: Settings) -> Iterator[Any]:
    """Yield the plugins that the user named, except those whose work is done, with search as the engine set it up."""
    named = settings.written.get("plugins", ["search"])
    pairs = named.items() if isinstance(named, dict) else (_pair(each) for each in named)
    for name, options in pairs:
        short = name.rpartition("/")[2]
        if short == "search" and (set_up := settings.plugins.get(name) or settings.plugins.get(f"material/{name}")):
            options = {**(options or {}), "separator": set_up["separator"], "fields": set_up["fields"]}
        if short not in DISSOLVED:
            yield {name: options} if options else name


def _extensions(settings: Settings) -> Iterator[Any]:
    said = {name: options for name, options in settings.extensions.items() if name != snippets.NAME}
    for name, options in {**(INLINE if github.NAME in said else {}), **said}.items():
        if name == "abbr" and HOVER in said:  # The pages have each abbreviation's meaning, once.
            options = {key: value for key, value in options.items() if key != "glossary"}
        if not name.startswith("opsbook."):
            yield {name: options} if options else name


def _pair(entry: Any) -> tuple[str, Any]:
    if not isinstance(entry, dict):
        return entry, None
    return next(iter(entry.items()))


def _script(script: Script) -> Any:
    options = {"type": script.type, "defer": script.defer, "async": script.is_async}
    said = {key: value for key, value in options.items() if value}
    return {"path": script.path, **said} if said else script.path


class _Dumper(yaml.SafeDumper):
    """Writes YAML as MkDocs reads it: without anchors and aliases, and with functions by their name."""

    def ignore_aliases(self, _: Any) -> bool:
        """Return True, so that a value used in two places is written twice."""
        return True


def _represent(dumper: _Dumper, value: Any) -> yaml.Node:
    if isinstance(value, str):  # One of a class of its own.
        return dumper.represent_str(str(value))
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
