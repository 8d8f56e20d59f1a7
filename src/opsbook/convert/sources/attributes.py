"""Read what the keys of an entry say: its text, its priority, its links, the controls that it maps to, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from opsbook.convert.columns import role_of
from opsbook.convert.outline import NO_TRAITS, OutlineLink, OutlineTraits
from opsbook.convert.sources.tree_text import flat_text
from opsbook.convert.titles import Titled, is_web, plain_word
from opsbook.convert.vocabulary import as_heading, title_key
from opsbook.source.tree import Tree

_CODE = re.compile(r"(?=.*\d)[^\s,]{1,60}$")
_WORDS = ("priority", "effort", "level", "owner")
_LONGEST_ID = 60
_ADDRESSES = ("url", "href", "link", "uri")


@dataclass(frozen=True)
class Attributes:
    """What an entry says beside its name."""

    text: str = ""
    traits: OutlineTraits = NO_TRAITS

    def under(self, titled: Titled) -> Attributes:
        """Return them with what stood in the title and finds no place there."""
        text = "\n\n".join(filter(None, (titled.rest, self.text)))
        links = (*titled.links, *self.traits.links)
        return Attributes(text, replace(self.traits, links=links, priority=self.traits.priority or titled.priority))


NO_ATTRIBUTES = Attributes()


def control(name: str, word: str) -> str:
    """Return the id of a control, behind the name of its standard where it is a number alone.

    >>> control("CWE", "79"), control("OWASP Top 10", "A1"), control("iso27001-2022", "8.31")
    ('CWE-79', 'A1', 'iso27001-2022-8.31')
    """
    return word if re.search(r"[^\W\d_]", word) else f"{name.strip()}-{word}"


def is_link(tree: dict[str, Tree]) -> bool:
    """Return whether an entry is an address with a name, and little more."""
    return _address_key(tree) is not None


def _address_key(tree: dict[str, Tree]) -> str | None:
    keys = (key for key in _ADDRESSES if isinstance(tree.get(key), str) and is_web(str(tree[key]).strip()))
    return next(keys, None)


def read_attributes(said: Mapping[str, Tree], *, is_top: bool = False) -> Attributes:
    """Return what the keys in `said` stand for. Of the file itself (`is_top`) all is text."""
    gathered = _Gathered()
    for key, value in said.items():
        filled = value.strip() if isinstance(value, str) else value
        if not filled or _is_needless(key, filled, is_top=is_top):
            continue
        is_taken = gathered.take_text(key, filled) or (not is_top and gathered.take_trait(key, filled))
        if not is_taken:
            gathered.take_other(key, filled)
    return gathered.attributes()


def _is_needless(key: str, value: Tree, *, is_top: bool) -> bool:
    """Return whether nobody reads a value: a trace of its tool, the number of an entry, or the id of the file."""
    role = role_of(key)[0] if isinstance(value, str) else ""
    return role == "skip" or (role == "id" and (is_top or not re.search(r"[^\W\d]", str(value))))


@dataclass
class _Gathered:
    """What was gathered from the keys of an entry. Each `take_…` returns whether it has found a place for a value."""

    texts: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    links: list[OutlineLink] = field(default_factory=list)
    details: list[tuple[str, str]] = field(default_factory=list)

    def take_text(self, key: str, value: Tree) -> bool:
        """Take a text that describes something."""
        if role_of(key)[0] != "text" or not isinstance(value, str):
            return False
        self.texts.append(value)
        return True

    def take_trait(self, key: str, value: Tree) -> bool:
        """Take what `checklist.yml` has a key for, links aside."""
        role = role_of(key)[0]
        if role in _WORDS and isinstance(value, str) and not self.words.get(role):
            self.words[role] = plain_word(value)
        elif role == "level" and isinstance(value, list) and isinstance(value[0], str):
            self.words["level"] = plain_word(value[0])
            if len(value) > 1:
                self.details.append((key, flat_text(value)))
        elif role == "id" and isinstance(value, str) and len(value) <= _LONGEST_ID and "," not in value:
            self.maps.append(plain_word(value))
        elif role == "tags":
            self.tags += [word for each in _scalars(value) for part in each.split(",") if (word := plain_word(part))]
        else:
            return False
        return True

    def take_other(self, key: str, value: Tree) -> None:
        """Take links, the ids of controls, or anything else as a detail."""
        role = role_of(key)[0]
        if isinstance(value, str) and is_web(value):
            self.links.append(OutlineLink(value, "" if role == "links" else as_heading(key)))
        elif found := _links(value):
            self.links += [link for link, _ in found]
            self.details += [(key, more) for _, more in found if more]
        elif role in ("maps", "links") and (controls := list(_controls(value, key))):
            self.maps += controls
            if _has_remarks(value):
                self.details.append((key, flat_text(value)))
        else:
            self.details.append((key, flat_text(value)))

    def attributes(self) -> Attributes:
        """Return all of it."""
        traits = OutlineTraits(
            **self.words,
            tags=tuple(dict.fromkeys(self.tags)),
            maps=tuple(dict.fromkeys(word for word in self.maps if word)),
            links=tuple(self.links),
            details=tuple((name, text) for name, text in self.details if text.strip()),
        )
        return Attributes("\n\n".join(self.texts), traits)


def _links(value: Tree) -> list[tuple[OutlineLink, str]]:
    """Return the links that `value` is made of, each with what else is said of it; empty where it holds others too."""
    entries = value if isinstance(value, list) else [value]
    found = []
    for each in entries:
        if isinstance(each, str) and is_web(each.strip()):
            found.append((OutlineLink(each.strip()), ""))
        elif isinstance(each, dict) and (address := _address_key(each)):
            name = title_key(each)
            rest = {key: more for key, more in each.items() if key not in (address, name) and role_of(key)[0] != "skip"}
            title = " ".join(str(each[name]).split()) if name else ""
            display = rest.pop("displayText", "")
            shown = display if isinstance(display, str) else ""
            more = "\n\n".join(filter(None, (shown, flat_text(rest) if rest else "")))
            if more and title:
                more = f"{title}: {more}"
            found.append((OutlineLink(str(each[address]).strip(), title[:300]), more))
        else:
            return []
    return found


def _controls(value: Tree, name: str) -> Iterator[str]:
    """Yield the ids of controls in `value`, behind the name of their standard; nothing where it holds other words."""
    found = list(_named_scalars(value, name))
    if found and all(_CODE.match(word.strip()) and not is_web(word) for _, word in found):
        yield from (control(standard, word.strip()).replace(",", " ")[:80].strip() for standard, word in found)


def _has_remarks(value: Tree) -> bool:
    """Return whether something is said of the controls beside their ids."""
    if isinstance(value, list):
        return any(_has_remarks(each) for each in value)
    if isinstance(value, dict):
        return ("reference-id" in value and bool(set(value) - {"reference-id", "entries"})) or any(
            _has_remarks(each) for each in value.values()
        )
    return False


def _named_scalars(value: Tree, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value.strip():
            yield name, value
        return
    if isinstance(value, list):
        for each in value:
            yield from _named_scalars(each, name)
        return
    named = next((str(each) for key, each in value.items() if key == "reference-id" and isinstance(each, str)), "")
    entries = value.get("entries")
    if named and isinstance(entries, list):
        yield from _named_scalars(entries, named)
    elif named:
        yield name, named
    else:
        for key, each in value.items():
            yield from _named_scalars(each, key)


def _scalars(value: Tree) -> Iterator[str]:
    return (word for _, word in _named_scalars(value, ""))
