"""Read what the keys of an entry say: its text, its priority, its links, the controls that it maps to, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from opsbook.convert.columns import role_of
from opsbook.convert.outline import NO_TRAITS, OutlineLink, OutlineTraits
from opsbook.convert.sources.tree_text import flat_text
from opsbook.convert.titles import Titled, is_web, plain_word
from opsbook.convert.vocabulary import as_heading, title_key
from opsbook.source.tree import Tree

_CODE = re.compile(r"(?=.*\d)[^\s,]{1,60}$")
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
    return any(isinstance(tree.get(key), str) and is_web(str(tree[key]).strip()) for key in _ADDRESSES)


def read_attributes(said: Mapping[str, Tree], *, is_top: bool = False) -> Attributes:
    """Return what the keys in `said` stand for. Of the file itself (`is_top`) all is text."""
    texts: list[str] = []
    details: list[tuple[str, str]] = []
    words = {"priority": "", "effort": "", "level": "", "owner": ""}
    tags: list[str] = []
    maps: list[str] = []
    links: list[OutlineLink] = []
    for key, value in said.items():
        role = role_of(key)[0]
        plain = value.strip() if isinstance(value, str) else ""
        if not value or value in ("", [], {}) or (isinstance(value, str) and not plain):
            continue
        if role in words and isinstance(value, str) and not words[role] and not is_top:
            words[role] = plain_word(plain)
        elif role == "level" and isinstance(value, list) and value and isinstance(value[0], str) and not is_top:
            words["level"] = plain_word(value[0])
            if len(value) > 1:
                details.append((key, flat_text(value)))
        elif role == "skip" and isinstance(value, str):
            continue
        elif role == "id" and isinstance(value, str):
            if re.search(r"[^\W\d]", plain) and len(plain) <= 60 and "," not in plain and not is_top:
                maps.append(plain_word(plain))
        elif (role == "text" and isinstance(value, str) and not is_top) or (is_top and role == "text" and plain):
            texts.append(plain)
        elif role == "tags" and not is_top:
            tags += [word for each in _scalars(value) for part in each.split(",") if (word := plain_word(part))]
        elif isinstance(value, str) and is_web(plain):
            links.append(OutlineLink(plain, "" if role == "links" else as_heading(key)))
        elif found := _links(value):
            links += [link for link, _ in found]
            details += [(key, more) for _, more in found if more]
        elif role in ("maps", "links") and (controls := list(_controls(value, key))):
            maps += controls
            if _has_remarks(value):
                details.append((key, flat_text(value)))
        else:
            details.append((key, flat_text(value)))
    traits = OutlineTraits(
        **words,
        tags=tuple(dict.fromkeys(tags)),
        maps=tuple(dict.fromkeys(word for word in maps if word)),
        links=tuple(links),
        details=tuple((name, text) for name, text in details if text.strip()),
    )
    return Attributes("\n\n".join(texts), traits)


def _links(value: Tree) -> list[tuple[OutlineLink, str]]:
    """Return the links that `value` is made of, each with what else is said of it; empty where it holds others too."""
    entries = value if isinstance(value, list) else [value]
    found = []
    for each in entries:
        if isinstance(each, str) and is_web(each.strip()):
            found.append((OutlineLink(each.strip()), ""))
        elif isinstance(each, dict) and is_link(each):
            address = next(
                key for key in _ADDRESSES if isinstance(each.get(key), str) and is_web(str(each[key]).strip())
            )
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
