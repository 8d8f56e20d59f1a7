"""Read and replace the environment that mkdocs-macros renders with, and decide which pages it renders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data
from mkdocs_macros.plugin import MacrosPlugin

from opsbook.source.sitefile import MacroSettings, pluglet

SWITCH = "render_macros"
"""The key of the front matter by which a page asks for macros, or for none."""


def macros_plugin(config: MkDocsConfig) -> MacrosPlugin | None:
    """Return the plugin mkdocs-macros of the site; None if it has none."""
    plugin = config.plugins.get("macros")
    return plugin if isinstance(plugin, MacrosPlugin) else None


def macro_settings(config: MkDocsConfig) -> MacroSettings | None:
    """Return the settings of mkdocs-macros in a build; None if the plugin is not set up."""
    plugin = macros_plugin(config)
    if plugin is None:
        return None
    said = plugin.config
    is_opt_in = not said["render_by_default"] and not said["force_render_paths"]
    return MacroSettings(said["module_name"], tuple(map(pluglet, said["modules"])), not is_opt_in)


def environment(macros: MacrosPlugin) -> Environment:
    """Return the environment that pages are rendered with."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L605
    # The manual shows `env` as the argument of a module's `define_env`, which is the plugin; not its own `env`.
    return macros.env


def set_environment(macros: MacrosPlugin, replacement: Environment) -> None:
    """Replace the environment that the pages of this build are rendered with."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L850
    # `env` is a property without a setter, and no option names another class of environment.
    macros._env = replacement


def functions(macros: MacrosPlugin) -> Mapping[str, Callable[..., object]]:
    """Return the macros of the site by name."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L227
    # Documented for a module that defines macros, and not for another plugin that reads them.
    found: Mapping[str, Callable[..., object]] = macros.macros
    return found


def variables(macros: MacrosPlugin, page: Page) -> dict[str, Any]:
    """Return the variables that the text of `page` may use beside macros, by name."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L656
    # `render` puts them together itself, and raises at the first mistake.
    return {**macros.variables, "page": page, **page.meta}


def is_rendered(macros: MacrosPlugin, page: Page) -> bool:
    """Return whether mkdocs-macros treats `page` as a template. What the page itself says wins."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L682-L690
    # `render` decides this inside, and renders at once.
    asked = page.meta.get(SWITCH)
    if asked is not None:
        return bool(asked)
    return bool(macros.config["render_by_default"] or macros.force_page_rendering(page.file.src_path))


def let_render(page: Page, *, wanted: bool) -> None:
    """Make mkdocs-macros render `page`, or skip it if that is not `wanted`, whatever it would do by itself."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L673
    # The key is documented for authors. It is read when the page's turn comes, after `on_page_markdown` of this engine.
    page.meta[SWITCH] = wanted


def has_functions_for_each_page(macros: MacrosPlugin) -> bool:
    """Return whether a module of the site has functions that run before or after each page, or after all of them."""
    # https://github.com/fralau/mkdocs-macros-plugin/blob/v1.5.0/mkdocs_macros/plugin.py#L953
    # The manual names the functions by which a module asks for this; where the plugin keeps them is not documented.
    return bool(macros.pre_macro_functions or macros.post_macro_functions or macros.post_build_functions)


def may_render(macros: MacrosPlugin, path: str, text: str) -> bool:
    """Return whether mkdocs-macros may treat the page `path`, whose whole file is `text`, as a template.

    A page for which it does not say `false` in so many letters may be one, if it says anything at all.
    """
    # As for `is_rendered`, which asks a page that has been read.
    asked = get_data(text)[1].get(SWITCH) if SWITCH in text else None
    by_default = bool(macros.config["render_by_default"] or macros.force_page_rendering(path))
    return by_default if asked is None else asked is not False
