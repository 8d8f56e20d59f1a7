"""Tell what the mappings and lists of a checklist from elsewhere are, by their keys and by what they hold."""

from __future__ import annotations

import re

from opsbook.convert.columns import role_of
from opsbook.convert.sources.attributes import is_link
from opsbook.convert.vocabulary import LISTS, PROSE, STATES, is_state, state, title_key
from opsbook.source.tree import Tree

_CODE = re.compile(r"[\w./:-]{1,80}$")


def name_key(tree: dict[str, Tree]) -> str | None:
    """Return the key that holds the name of an entry: a title, else what it says; None where none does."""
    found = title_key(tree)
    if found is not None:
        return found
    for role in ("title", "text"):
        keys = [
            key for key, value in tree.items() if isinstance(value, str) and value.strip() and role_of(key)[0] == role
        ]
        if keys:
            return min(keys, key=lambda key: role_of(key)[1])
    return next((key for key in PROSE if isinstance(tree.get(key), str) and str(tree[key]).strip()), None)


def is_one_thing(tree: dict[str, Tree]) -> bool:
    """Return whether the keys of a mapping are what is said of one thing, not the names of several."""
    scalars = [value for value in tree.values() if isinstance(value, str)]
    if not scalars:
        return len(tree) == 1 and next(iter(tree)).casefold() in LISTS
    if {key.casefold() for key in tree} & {*LISTS, *STATES}:
        return True
    return not all(is_state(value) for value in scalars)


def says_enough(tree: dict[str, Tree]) -> bool:
    """Return whether a mapping says so much of a thing that its key names an item or a section."""
    return (
        len(tree) > 1
        or any(isinstance(value, (list, dict)) for value in tree.values())
        or any(role_of(key)[0] in ("text", "title", "status") for key in tree)
    )


def holding_keys(tree: dict[str, Tree], *, is_top: bool) -> list[str]:
    """Return the keys of an entry, or of the file itself, that hold sections or items, not what is said of it."""
    filled = {key: value for key, value in tree.items() if isinstance(value, (list, dict)) and value}
    known = [key for key in filled if key.casefold() in LISTS or state(key) is not None]
    if not is_top and any(role_of(key)[0] == "text" for key in tree):
        known = [key for key in known if not _is_of_codes(filled[key])]
    if is_top and not any(_is_of_entries(filled[key]) for key in known):
        return [key for key, value in filled.items() if key in known or _is_part(value)]
    if known:
        return known
    said = [key for key, value in tree.items() if isinstance(value, str) and value.strip()]
    if len(said) > 3 or any(role_of(key)[0] == "text" for key in said):
        return []
    return [key for key, value in filled.items() if _is_list_of_named(key, value)]


def _is_part(value: list[Tree] | dict[str, Tree]) -> bool:
    """Return whether a value at the top of a file is a section of it."""
    if isinstance(value, dict):
        scalars = [each for each in value.values() if isinstance(each, str)]
        return len(scalars) < len(value) or all(is_state(each) for each in scalars)
    return all(isinstance(each, str) for each in value) or _is_list_of_named("", value)


def _is_list_of_named(key: str, value: list[Tree] | dict[str, Tree]) -> bool:
    """Return whether a value is a list of entries with names, which are no links."""
    if isinstance(value, dict) or role_of(key)[0] in ("links", "maps", "tags"):
        return False
    entries = [each for each in value if isinstance(each, dict)]
    is_named = len(entries) == len(value) and all(title_key(each) is not None for each in entries)
    return is_named and not all(is_link(each) for each in entries)


def _is_of_codes(value: Tree) -> bool:
    """Return whether a value is a list of names of programs or rules, none of them a sentence."""
    return isinstance(value, list) and all(isinstance(each, str) and _CODE.match(each) for each in value)


def _is_of_entries(value: Tree) -> bool:
    """Return whether a value is a list, or a mapping of names to more."""
    if isinstance(value, dict):
        return all(isinstance(each, (list, dict)) for each in value.values())
    return isinstance(value, list)
