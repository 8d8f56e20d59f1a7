"""Give what the engine has to know of `mkdocs.yml` from the configuration of a build; `sitefile` does without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import InclusionLevel

from opsbook.assembly.names import names_from
from opsbook.mkdocs.compat.config import extension_options, left_out
from opsbook.mkdocs.compat.macros import macro_settings
from opsbook.mkdocs.compat.translations import built_language, built_languages
from opsbook.site.language import SiteLanguage
from opsbook.source.names import SiteNames
from opsbook.source.sitefile import SiteFile, WrittenNav, draws_mermaid, nav_targets


def site_of(config: MkDocsConfig, *, shows_drafts: bool = False, without: Iterable[str] = ()) -> SiteFile:
    """Return the settings of the site of `config`. Under `mkdocs serve`, and nowhere else, a site shows its drafts."""
    return SiteFile(
        file=Path(config.config_file_path) if config.config_file_path else None,
        docs=Path(config.docs_dir),
        folders=tuple(map(Path, config.theme.dirs)),
        excluded=left_out(config.exclude_docs),
        own_excluded=config.exclude_docs,
        drafts=config.draft_docs,
        shows_drafts=shows_drafts,
        without=tuple(without),
        names=_names_of(config),
        custom_dir=config.theme.custom_dir or "",
        macros=macro_settings(config),
        in_folders=config.use_directory_urls,
        draws_mermaid=_has_own_mermaid(config),
        nav=WrittenNav(tuple(nav_targets(config.nav))) if config.nav else None,
        language=language_of(config).code,
    )


def language_of(config: MkDocsConfig) -> SiteLanguage:
    """Return the language of the pages that are built now: that of the theme, or of the plugin for translations."""
    return SiteLanguage(str(built_language(config) or config.theme.get("language") or SiteFile.language))


def languages_of(config: MkDocsConfig) -> tuple[SiteLanguage, ...]:
    """Return the languages of all pages of the site."""
    return tuple(map(SiteLanguage, built_languages(config))) or (language_of(config),)


def _names_of(config: MkDocsConfig) -> SiteNames:
    plugin = config.plugins.get("opsbook")
    return names_from(plugin.config.get("names") if plugin else None)


def inclusion(path: str, site: SiteFile) -> InclusionLevel:
    """Return whether the generated page `path` is in `site`: what the patterns say, but for a draft of its text."""
    is_shown = site.is_left_out(path) and not site.does_without(path)
    return InclusionLevel.INCLUDED if is_shown else InclusionLevel.UNDEFINED


def _has_own_mermaid(config: MkDocsConfig) -> bool:
    """Return whether the site of `config` draws blocks of Mermaid itself."""
    fences = extension_options(config, "pymdownx.superfences").get("custom_fences") or ()
    names = [fence.get("name") for fence in fences if isinstance(fence, Mapping)]
    return draws_mermaid(names, config.extra_javascript)
