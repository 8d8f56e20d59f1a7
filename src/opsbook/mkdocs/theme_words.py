"""Give the templates around the theme's their words in the language of the site, by the `extra` of the configuration.

Those templates go to other site engines as they are, which run no code of ours: a word that is not in `extra` is said
in English there.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from opsbook.site.language import SiteLanguage
from opsbook.site.words import N_

KEY = "opsbook"
WORDS = {"related": N_("Related pages"), "path": N_("Breadcrumb")}
"""The words of the templates in `web/overrides`, by the name that these ask for."""


def fill_in(config: MkDocsConfig, language: SiteLanguage) -> None:
    """Add the words in `language` to the `extra` of `config`, unless it has words of its own or they are English."""
    words = {name: language.gettext(message) for name, message in WORDS.items() if language.has(message)}
    if words and not language.is_english:
        config.extra[KEY] = words | dict(config.extra.get(KEY) or {})
