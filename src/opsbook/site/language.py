"""Say the engine's words, dates and numbers in the language of a site.

The words are messages in the catalogs of `locale/`, as gettext has them; the English text is the message itself. What
has no translation stays English, and is marked as such in HTML. A catalog is read from its text at build time, so the
package holds no compiled one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from opsbook.graph import Graph
from opsbook.site.words import ENGLISH, N_, is_sentence, sentence
from opsbook.source.names import SiteNames

DOMAIN = "opsbook"
UNITS = {"d": N_("%(count)s d"), "h": N_("%(count)s h"), "min": N_("%(count)s min"), "s": N_("%(count)s s")}
"""How a length of time is written, by its unit."""


class _Signed(NullTranslations):
    """Returns each message itself, between the signs of words that stay English."""

    def gettext(self, message: str) -> str:
        return sentence(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return sentence(super().ngettext(msgid1, msgid2, n))


@dataclass(frozen=True)
class SiteLanguage:
    """The language that a site is in, by its code as HTML has it, such as `pt-BR`."""

    code: str = ENGLISH
    names: SiteNames = field(default_factory=SiteNames)
    """What the site calls sections, severities, statuses and tiers."""

    @property
    def is_english(self) -> bool:
        """Return whether the words of the engine need no mark."""
        return next(_names(self.code)).partition("_")[0] == ENGLISH

    @property
    def is_spoken(self) -> bool:
        """Return whether the engine has a catalog in this language."""
        return _catalog(self.code) is not None

    @property
    def locale(self) -> Locale:
        """Return how numbers and dates are written; as in English where the words around them are English."""
        catalog = _catalog(self.code)
        return catalog.locale if catalog and catalog.locale else Locale(ENGLISH)

    @property
    def texts(self) -> NullTranslations:
        """Return the words as plain text, in English where there is no translation."""
        return _translations(self.code, NullTranslations)

    @property
    def marked_texts(self) -> NullTranslations:
        """Return the words as HTML, between signs where there is no translation."""
        return self.texts if self.is_english else _translations(self.code, _Signed)

    def has(self, message: str) -> bool:
        """Return whether the text of `message` is in this language."""
        return not is_sentence(self.marked_texts.gettext(message))

    @property
    def spoken_code(self) -> str:
        """Return the code of the language that the engine speaks: this one, or English."""
        return self.code if self.is_spoken else ENGLISH

    @property
    def script_words(self) -> Mapping[str, str | Mapping[str, str]]:
        """Return the catalog of the scripts: the text of each of their messages.

        A message that counts has a text for each of the categories that browsers know by `Intl.PluralRules`.
        """
        found: dict[str, str | Mapping[str, str]] = {}
        for message in _catalog(self.code) or ():
            if not any(name.endswith(".js") for name, _ in message.locations):
                continue
            if isinstance(message.id, tuple) and isinstance(message.string, tuple):
                found[message.id[0]] = {name: message.string[form] for name, form in _forms(self).items()}
            elif isinstance(message.id, str) and isinstance(message.string, str) and message.string:
                found[message.id] = message.string
        return found

    def gettext(self, message: str, **values: object) -> str:
        """Return the text of `message`, with `values` in the places that it names."""
        return self.texts.gettext(message) % values

    def ngettext(self, singular: str, plural: str, count: int, **values: object) -> str:
        """Return the form of a message that fits `count`, which is written in the place `count`, if it names one."""
        return self.texts.ngettext(singular, plural, count) % {"count": self.number(count), **values}

    def word(self, message: str) -> Markup:
        """Return as HTML the text of `message`, which is no HTML, between signs where it stays English."""
        text = escape(self.texts.gettext(message) if message else "")
        return text if self.is_english or self.has(message) else sentence(text)

    def named(self, kind: str, word: object) -> str:
        """Return as HTML what the site calls a `word` of the engine, whose `kind` is such as `severities`."""
        own = self.names.shown(kind, word)
        return self.word(str(word)) if own is None else escape(own)

    def section(self, heading: str, words: Sequence[str]) -> str | None:
        """Return the one of `words`, the names of sections in English, that `heading` says in any allowed way."""
        known = {**{self.gettext(word): word for word in words}, **{word: word for word in words}}
        own = self.names.of("sections").get(heading)
        return own if own is not None and own in words else known.get(heading)

    def sections(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return all headings that stand for one of `words`, the names of sections in English."""
        own = (name for name, word in self.names.of("sections").items() if word in words)
        return tuple(dict.fromkeys((*own, *map(self.gettext, words), *words)))

    def said(self, text: str) -> Markup:
        """Return as HTML a text that was made of messages, between signs where they stay English."""
        return escape(text) if self.is_english or self.is_spoken else sentence(escape(text))

    def date(self, day: date) -> str:
        """Return a day as the language has it; in English, whose countries differ, as YYYY-MM-DD."""
        return format_date(day, "medium", self.locale) if self.is_spoken else day.isoformat()

    def number(self, value: Any) -> str:
        """Return a number with the signs that the language has for thousands and decimals."""
        return format_decimal(value, locale=self.locale, decimal_quantization=False)

    def duration(self, **counts: int) -> str:
        """Return a length of time, such as `d=2, h=5` for two days and five hours; a part that is 0 is left out."""
        parts = ((unit, count) for unit, count in counts.items() if count)
        return " ".join(self.gettext(UNITS[unit], count=self.number(count)) for unit, count in parts)

    def percent(self, value: Decimal | int) -> str:
        """Return a number of per cent, such as 99.9, with its sign."""
        return format_percent(Decimal(value) / 100, decimal_quantization=False, locale=self.locale)


def site_language(graph: Graph) -> SiteLanguage:
    """Return the language of the site of `graph`."""
    return next(iter(graph.all(SiteLanguage)), SiteLanguage())


def languages() -> Iterator[str]:
    """Yield the name of each language with a catalog, as the folders of `locale/` have it."""
    folder = _locales()
    yield from sorted(each.name for each in folder.iterdir() if each.joinpath("LC_MESSAGES").is_dir())


def _forms(language: SiteLanguage) -> Mapping[str, int]:
    """Return the number of the plural form in the catalog for each category of CLDR."""
    rule, translations = language.locale.plural_form, language.texts
    numbered = getattr(translations, "plural", lambda count: int(count != 1))
    return {rule(count): numbered(count) for count in (1_000_000, *range(200, -1, -1))}


def _names(code: str) -> Iterator[str]:
    """Yield the names of the folders that the language `code` may have, the most special first.

    >>> list(_names("pt-BR"))
    ['pt_BR', 'pt']
    """
    language, _, variety = code.replace("-", "_").partition("_")
    if variety:
        yield f"{language.lower()}_{variety.upper() if len(variety) == 2 else variety.title()}"
    yield language.lower()


def _locales() -> Traversable:
    return resources.files("opsbook").joinpath("locale")


@functools.cache
def _catalog(code: str) -> Catalog | None:
    for name in _names(code):
        file = _locales().joinpath(name, "LC_MESSAGES", f"{DOMAIN}.po")
        if file.is_file():
            return read_po(BytesIO(file.read_bytes()), locale=name)
    return None


@functools.cache
def _translations(code: str, otherwise: type[NullTranslations]) -> NullTranslations:
    catalog = _catalog(code)
    if catalog is None:
        return otherwise()
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    translations = GNUTranslations(compiled)
    translations.add_fallback(otherwise())
    return translations
