"""Give the templates around the theme's their words in the language of the site, by the `extra` of the configuration.

Those templates go to other site engines as they are, which run no code of ours: a word that is not in `extra` is said
in English there.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from opsbook.site.language import SiteLanguage
from opsbook.site.words import N_

KEY = "opsbook"
WORDS = {
    "related": N_("Related pages"),
    "path": N_("Breadcrumb"),
    "report": N_("Something is wrong here"),
    "lost": N_("Page not found"),
    "nothing": N_("Nothing is at this address. It may have moved, or the link is wrong."),
    "start": N_("Start from one of these:"),
    "search": N_("Search for"),
}
"""The words of the templates in `web/overrides`, by the name that these ask for."""


class OwnWord(str):
    """A word that the engine has filled in, and fills in anew where it builds another language."""

    __slots__ = ()


def is_own(value: object) -> bool:
    """Return whether `value` is not what the site itself says."""
    return value is None or isinstance(value, OwnWord)


def own(message: str, language: SiteLanguage) -> OwnWord:
    """Return the text of `message` as a word of the engine."""
    return OwnWord(language.gettext(message))


def fill_in(config: MkDocsConfig, language: SiteLanguage) -> None:
    """Add the words in `language` to the `extra` of `config`, unless it has words of its own or they are English."""
    words = {name: own(message, language) for name, message in WORDS.items() if language.has(message)}
    said = {name: word for name, word in (config.extra.pop(KEY, None) or {}).items() if not is_own(word)}
    if shown := said if language.is_english else {**words, **said}:
        config.extra[KEY] = shown
