"""Hold the names that a site gives to sections, severities, statuses and tiers, and read them in its files.

A field that takes such a name is marked with `OwnName(kind)`: the name of the site is read as the word of the engine
that it stands for. The words of the engine are taken everywhere as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class SiteNames:
    """The names of one site, each with its kind, such as `severities`, and the word of the engine."""

    triples: tuple[tuple[str, str, str], ...] = ()

    def of(self, kind: str) -> Mapping[str, str]:
        """Return the words of the engine by the names of one kind."""
        return {name: word for each, name, word in self.triples if each == kind}

    def shown(self, kind: str, word: object) -> str | None:
        """Return the first name of one kind for a `word` of the engine; None where the site has none."""
        return next((name for name, each in self.of(kind).items() if each == str(word)), None)

    def written(self, kind: str, tree: object, key: str) -> str:
        """Return the name that `tree` has under `key`; an empty text where that is a word of the engine."""
        value = tree.get(key) if isinstance(tree, Mapping) else None
        return value if isinstance(value, str) and value in self.of(kind) else ""


@dataclass(frozen=True)
class OwnName:
    """The mark of a field whose value may be a name of one kind, which is read as the word that it stands for."""

    kind: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the field with this reading before it."""
        return core_schema.with_info_before_validator_function(self._read, handler(source))

    def _read(self, value: object, info: core_schema.ValidationInfo) -> object:
        names = info.context
        word = names.of(self.kind).get(value) if isinstance(names, SiteNames) and isinstance(value, str) else None
        return value if word is None else int(word) if word.isdigit() else word


def names_of(metadata: Iterable[object], names: SiteNames) -> Iterator[str]:
    """Yield the names that a field with `metadata` takes besides the words of the engine."""
    for mark in metadata:
        if isinstance(mark, OwnName):
            yield from names.of(mark.kind)
