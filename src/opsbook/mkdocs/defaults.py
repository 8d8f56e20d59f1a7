"""Fill in what a site needs and its `mkdocs.yml` may leave out: extensions, theme features, styles and scripts."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from opsbook import web
from opsbook.mkdocs import github
from opsbook.mkdocs.compat.config import (
    add_extension,
    add_theme_folder,
    deferred_script,
    extension_options,
    said_in_file,
)
from opsbook.mkdocs.compat.offline import provide_shim
from opsbook.mkdocs.theme_words import OwnWord, fill_in, is_own, own
from opsbook.mkdocs.wrapping import OVERRIDES
from opsbook.site.language import SiteLanguage
from opsbook.site.words import N_

log = logging.getLogger("mkdocs.plugins.opsbook")

FEATURES = (
    "content.code.copy",
    "navigation.footer",
    "navigation.indexes",
    "navigation.path",
    "navigation.prune",
    "navigation.tabs",
    "navigation.top",
    "search.highlight",
    "toc.follow",
)
PALETTE = (
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "white",
        "accent": "indigo",
        "toggle": {"icon": "material/weather-night", "name": N_("Switch to dark mode")},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "black",
        "accent": "indigo",
        "toggle": {"icon": "material/weather-sunny", "name": N_("Switch to light mode")},
    },
)
EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "sane_lists": {},
    # Without this, the alignment of a column is a style attribute, which no page may hold.
    "tables": {"use_align_attribute": True},
    "pymdownx.details": {},
    # Numbers of lines that nobody asked for would be copied along; mkdocs-techdocs-core puts them on every block.
    "pymdownx.highlight": {"anchor_linenums": False, "linenums": None, "pygments_lang_class": True},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    github.NAME: {},
}
LINK = N_("Permanent link")
"""What Python-Markdown calls the link of a heading to itself."""
HOVER = "opsbook.mkdocs.hover"
UNSAFE = frozenset({"content.tooltips"})
"""The features that make markup of text: the theme's tooltips set what a `title` says as HTML
(`mountInlineTooltip2` and `mountTooltip` of Material 9.8.1,
https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/components/tooltip2/index.ts).
`assets/tooltip.js` shows the same as text."""


def apply(config: MkDocsConfig, language: SiteLanguage, without: Sequence[str] = ()) -> None:
    """Fill in `config`, with words in `language`, except for the features in `without`.

    What `mkdocs.yml` says stays, except for web fonts, since no page asks another host.
    """
    theme = config.theme
    if said_in_file(config, "theme", "font"):
        log.info("The setting `theme.font` loads nothing: no page asks another host; see Fonts in the page on theming")
    theme["font"] = False
    theme["features"] = _features(theme.get("features") or [], without)
    if _is_own(theme.get("palette")):
        theme["palette"] = [_scheme(each, language) for each in PALETTE]
    add_theme_folder(config, OVERRIDES)
    for name, options in EXTENSIONS.items():
        add_extension(config, name, options)
    contents = extension_options(config, "toc")
    contents.setdefault("permalink", True)
    if is_own(contents.get("permalink_title")):
        contents["permalink_title"] = own(LINK, language)
    fill_in(config, language)
    # A plugin that builds several languages calls this once for each, with the same configuration.
    config.extra_css = [*web.STYLES, *(path for path in config.extra_css if path not in web.STYLES)]
    scripts = [script for script in config.extra_javascript if str(script) not in web.SCRIPTS]
    config.extra_javascript = [*map(deferred_script, web.SCRIPTS), *scripts]
    config.extra.setdefault("generator", False)
    provide_shim(config, web.SHIM)


def _scheme(palette: Mapping[str, Any], language: SiteLanguage) -> dict[str, Any]:
    toggle = palette["toggle"]
    name = toggle["name"]
    return {**palette, "toggle": {**toggle, "name": own(name, language)}}


def _is_own(palette: Any) -> bool:
    return not palette or (isinstance(palette, list) and all(isinstance(_name(each), OwnWord) for each in palette))


def _name(palette: Any) -> object:
    toggle = palette.get("toggle") if isinstance(palette, dict) else None
    return toggle.get("name") if isinstance(toggle, dict) else None


def register_abbreviations(config: MkDocsConfig, texts: Mapping[str, str]) -> None:
    """Register `texts` as tooltips of abbreviations; a glossary in `mkdocs.yml` wins."""
    if texts:
        abbreviations = extension_options(config, "abbr")
        abbreviations["glossary"] = {**texts, **(abbreviations.get("glossary") or {})}
        add_extension(config, HOVER, {})


def _features(asked: Sequence[str], without: Sequence[str]) -> list[str]:
    """Return the features that a site asks for but for the unsafe ones, then the defaults that are not in `without`."""
    for name in asked:
        if name in UNSAFE:
            log.info("The feature %s of the theme is left out: tooltips of Opsbook stand in its place", name)
    kept = [name for name in asked if name not in UNSAFE]
    return [*kept, *(name for name in FEATURES if name not in (*kept, *without))]
