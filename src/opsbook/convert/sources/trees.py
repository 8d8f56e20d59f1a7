"""Read a tree, from YAML or JSON, as an outline of sections and items with all that their keys say.

A section is a key above a list, or an entry with a name and a list; an item is a line of text, or an entry with a name
and perhaps a state. What stands beside the name of an entry is what it says, at whatever depth it is nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from opsbook.convert.columns import role_of
from opsbook.convert.notes import Notes
from opsbook.convert.outline import NO_TRAITS, OutlineEntry, OutlineSection, OutlineText, OutlineTraits
from opsbook.convert.sources.attributes import NO_ATTRIBUTES, Attributes, is_link, read_attributes
from opsbook.convert.sources.tree_text import flat_text
from opsbook.convert.titles import read_title
from opsbook.convert.vocabulary import LISTS, PROSE, STATES, SUBLISTS, as_heading, as_line, is_state, state, title_key
from opsbook.nouns.checklist.model import Status
from opsbook.source.tree import Location, Tree, YamlDocument

MAX_NESTING = 8
_CODE = re.compile(r"[\w./:-]{1,80}$")


@dataclass(frozen=True)
class TreeNode:
    """Something with a name: a section or an item, depending on its depth and its children."""

    title: str
    at: Location
    attributes: Attributes = NO_ATTRIBUTES
    status: Status | None = None
    is_item: bool = False
    children: tuple[TreeNode, ...] = ()

    @property
    def says(self) -> bool:
        """Return whether it says more than a section can hold."""
        return bool(self.attributes.text) or replace(self.attributes.traits, maps=()) != NO_TRAITS


@dataclass
class TreeReader:
    """A reader of one document, from the top down."""

    document: YamlDocument
    notes: Notes
    kept: list[OutlineText] = field(default_factory=list)
    """What is neither a section nor an item, for the page about the checklist."""

    def nodes(self, tree: Tree, at: Location) -> Iterator[TreeNode]:
        """Yield what a list or a mapping of names holds."""
        if isinstance(tree, list):
            for index, entry in enumerate(tree):
                yield from self.entry(entry, (*at, index))
        elif isinstance(tree, dict):
            scalars = [value for value in tree.values() if isinstance(value, str)]
            are_states = len(at) > 0 and all(is_state(value) for value in scalars)
            for key, value in tree.items():
                yield from self.named(key, value, (*at, key), may_be_state=are_states)

    def entry(self, tree: Tree, at: Location) -> Iterator[TreeNode]:
        """Yield what an entry of a list stands for."""
        if isinstance(tree, list):
            yield from self.nodes(tree, at)
        elif isinstance(tree, dict):
            title = self.title_of(tree)
            if title is not None:
                yield self.mapping(str(tree[title]), tree, title, at)
            elif len(tree) == 1 or not any(isinstance(value, str) for value in tree.values()):
                yield from self.nodes(tree, at)
            else:
                self.keep("", tree, at)
        elif tree.strip():
            yield self.line(tree, at)
        else:
            self.notes.left_out("empty entries", self.document.position(at).line)

    def title_of(self, tree: dict[str, Tree]) -> str | None:
        """Return the key that holds the name of an entry: a title, else what it says."""
        found = title_key(tree)
        if found is not None:
            return found
        for role in ("title", "text"):
            keys = [
                key
                for key, value in tree.items()
                if isinstance(value, str) and value.strip() and role_of(key)[0] == role
            ]
            if keys:
                return min(keys, key=lambda key: role_of(key)[1])
        return next((key for key in PROSE if isinstance(tree.get(key), str) and str(tree[key]).strip()), None)

    def line(self, text: str, at: Location) -> TreeNode:
        """Return a text as an item."""
        titled = read_title(as_line(text))
        traits = OutlineTraits(priority=titled.priority, links=titled.links)
        return TreeNode(titled.text or as_line(text)[:80], at, Attributes(titled.rest, traits))

    def named(self, key: str, value: Tree, at: Location, *, may_be_state: bool) -> Iterator[TreeNode]:
        """Yield what a key and its value stand for: a list of items, an entry without its name, or a state."""
        title = as_heading(key)
        if not title:
            self.note(at, "this key is empty")
        elif isinstance(value, dict) and self.is_record(value) and self.says_enough(value):
            yield self.mapping(title, value, None, at)
        elif isinstance(value, dict) and self.is_record(value):
            self.keep(title, value, at)
        elif isinstance(value, (list, dict)):
            children = tuple(self.nodes(value, at))
            status = state(key)
            if status and isinstance(value, list):  # A list called `done`: its name is the state of its items.
                yield from (replace(child, status=child.status or status) for child in children)
            elif children:
                yield TreeNode(title, at, children=children)
            elif value:
                self.keep(title, value, at)
        elif may_be_state:
            yield TreeNode(title, at, status=state(value))
        else:
            self.keep(title, value, at)

    def is_record(self, tree: dict[str, Tree]) -> bool:
        """Return whether the keys of a mapping are what is said of one thing, not the names of several."""
        scalars = [value for value in tree.values() if isinstance(value, str)]
        if not scalars:
            return len(tree) == 1 and next(iter(tree)).casefold() in LISTS
        if {key.casefold() for key in tree} & {*LISTS, *STATES}:
            return True
        return bool(scalars) and not all(is_state(value) for value in scalars)

    def says_enough(self, tree: dict[str, Tree]) -> bool:
        """Return whether a mapping says so much of a thing that its key names an item or a section."""
        return (
            len(tree) > 1
            or any(isinstance(value, (list, dict)) for value in tree.values())
            or any(role_of(key)[0] in ("text", "title", "status") for key in tree)
        )

    def mapping(self, title: str, tree: dict[str, Tree], named_by: str | None, at: Location) -> TreeNode:
        """Return an entry with its name, what it says, and what stands in its lists."""
        children: list[TreeNode] = []
        said: dict[str, Tree] = {}
        status, is_item = None, False
        holding = self.holding(tree, at)
        for key, value in tree.items():
            word = key.casefold()
            if key == named_by:
                continue
            if key in holding:
                if (isinstance(value, dict) and self.is_record(value)) or len(holding) > 1:
                    children += self.named(key, value, (*at, key), may_be_state=False)
                else:
                    children += self.nodes(value, (*at, key))
                is_item = is_item or word in SUBLISTS
            elif word.replace("_", "") in STATES and isinstance(value, str):
                status = self.status(value, said, key)
            else:
                said[key] = value
        titled = read_title(as_line(title))
        attributes = read_attributes(said, is_top=not at)
        if titled.rest or titled.links or titled.priority:
            attributes = attributes.under(titled)
        name = titled.text or as_line(title)[:80]
        return TreeNode(name, at, attributes, status, is_item or status is not None, tuple(children))

    def holding(self, tree: dict[str, Tree], at: Location) -> list[str]:
        """Return the keys of an entry that hold sections or items, rather than what is said of the entry."""
        filled = {key: value for key, value in tree.items() if isinstance(value, (list, dict)) and value}
        known = [key for key in filled if key.casefold() in LISTS or state(key) is not None]
        if at and any(role_of(key)[0] == "text" for key in tree):
            known = [key for key in known if not _is_of_codes(filled[key])]
        if not at and not any(_is_of_entries(filled[key]) for key in known):
            parts = [key for key, value in filled.items() if self.is_part(value)]
            return [key for key in filled if key in parts or key in known]
        if known:
            return known
        said = [key for key, value in tree.items() if isinstance(value, str) and value.strip()]
        if len(said) > 3 or any(role_of(key)[0] == "text" for key in said):
            return []
        return [key for key, value in filled.items() if self.is_list_of_named(key, value)]

    def is_part(self, value: list[Tree] | dict[str, Tree]) -> bool:
        """Return whether a value at the top of a file is a section of it."""
        if isinstance(value, dict):
            scalars = [each for each in value.values() if isinstance(each, str)]
            return len(scalars) < len(value) or all(is_state(each) for each in scalars)
        return all(isinstance(each, str) for each in value) or self.is_list_of_named("", value)

    def is_list_of_named(self, key: str, value: list[Tree] | dict[str, Tree]) -> bool:
        """Return whether a value is a list of entries with names, which are no links."""
        if isinstance(value, dict) or role_of(key)[0] in ("links", "maps", "tags"):
            return False
        entries = [each for each in value if isinstance(each, dict)]
        is_named = len(entries) == len(value) and all(title_key(each) is not None for each in entries)
        return is_named and not all(is_link(each) for each in entries)

    def status(self, word: str, said: dict[str, Tree], key: str) -> Status | None:
        """Return the state that `word` stands for; a word that is none is added to what is `said`."""
        found = state(word)
        if found is None and word.strip():
            said[key] = word
        return found

    def section(self, node: TreeNode, depth: int) -> OutlineSection:
        """Return `node` as a section: an area at depth 1, a group at depth 2."""
        position = self.document.position(node.at, key=True)
        own = [child for child in node.children if _is_item(child, depth)]
        others = [child for child in node.children if not _is_item(child, depth)]
        own_id = " ".join(each for each in node.attributes.traits.maps[:1] if not node.title.startswith(each))
        return OutlineSection(
            title=f"{own_id} {node.title}".strip() if depth else node.title,
            line=position.line,
            column=position.column,
            level=depth + 1,
            before=tuple(_texts(node, position.line)),
            entries=tuple(self.item(child, 1) for child in own),
            sections=tuple(self.section(child, depth + 1) for child in others),
        )

    def item(self, node: TreeNode, depth: int) -> OutlineEntry:
        """Return `node` as an item; what is nested too deep stands beside what it belongs to."""
        position = self.document.position(node.at, key=True)
        below = tuple(self.item(child, depth + 1) for child in node.children)
        if depth >= MAX_NESTING and below:
            self.notes.add(
                position.line, position.column, f"nested deeper than {MAX_NESTING} levels; it is told as text"
            )
            text = "\n".join(f"- {each.title}" for entry in below for each in entry.walk())
            node, below = (
                replace(node, attributes=replace(node.attributes, text=f"{node.attributes.text}\n\n{text}".strip())),
                (),
            )
        return OutlineEntry(
            title=node.title,
            line=position.line,
            column=position.column,
            is_task=True,
            status=None if node.status is Status.TODO else node.status,
            entries=below,
            text=node.attributes.text,
            traits=node.attributes.traits,
        )

    def keep(self, title: str, value: Tree, at: Location) -> None:
        """Keep what is no part of the checklist as text."""
        text = flat_text(value)
        if text:
            label = f"**{title}**:" if title else ""
            gap = "\n\n" if label and ("\n" in text or text.startswith("- ")) else " " * bool(label)
            line = self.document.position(at, key=True).line
            self.kept.append(OutlineText(f"{label}{gap}{text}", line, is_prose=False))

    def note(self, at: Location, message: str) -> None:
        """Note that what is at `at` is left out."""
        position = self.document.position(at, key=True)
        self.notes.left_out("values", position.line)
        self.notes.add(position.line, position.column, f"{message}; it is left out, with what stands below it")


def _is_of_codes(value: Tree) -> bool:
    """Return whether a value is a list of names of programs or rules, none of them a sentence."""
    return isinstance(value, list) and all(isinstance(each, str) and _CODE.match(each) for each in value)


def _is_of_entries(value: Tree) -> bool:
    """Return whether a value is a list, or a mapping of names to more."""
    if isinstance(value, dict):
        return all(isinstance(each, (list, dict)) for each in value.values())
    return isinstance(value, list)


def _texts(node: TreeNode, line: int) -> Iterator[OutlineText]:
    """Yield what a section says as prose."""
    if node.attributes.text.strip():
        yield OutlineText(node.attributes.text.strip(), line)
    traits = node.attributes.traits
    for name, value in traits.details:
        title = as_heading(name)
        gap = "\n\n" if "\n" in value or value.startswith("- ") else " "
        yield OutlineText(f"**{title}**:{gap}{value}", line, is_prose=False)
    if traits.links:
        links = (f"- [{link.title or link.url}]({link.url})" for link in traits.links)
        yield OutlineText("\n".join(links), line, is_prose=False)
    if traits.tags:
        yield OutlineText(f"**Tags**: {', '.join(traits.tags)}", line, is_prose=False)


def _is_item(node: TreeNode, depth: int) -> bool:
    """Return whether `node`, in a section at `depth`, is an item; groups hold items only, and have no text."""
    return not node.children or node.is_item or depth == 2 or (depth == 1 and node.says and not _is_deep(node))


def _is_deep(node: TreeNode) -> bool:
    return any(child.children for child in node.children)


def read_tree(document: YamlDocument, notes: Notes) -> OutlineSection:
    """Return the outline of `document`, whose outermost section is the file. Add what it leaves out to `notes`."""
    reader = TreeReader(document, notes)
    tree = document.tree
    if isinstance(tree, dict):
        key = title_key(tree)
        named = {each for each in tree if role_of(each)[0] == "title" and isinstance(tree[each], str)}
        key = key or next(iter(named), None)
        is_bare = not any(isinstance(value, str) for value in tree.values())
        if is_bare and not (len(tree) == 1 and next(iter(tree)).casefold() in LISTS):
            top = TreeNode("", (), children=tuple(reader.nodes(tree, ())))
        else:
            top = reader.mapping(str(tree[key]) if key else "", tree, key, ())
    else:
        top = TreeNode("", (), children=tuple(reader.nodes(tree, ())))
    is_named = isinstance(tree, dict) and title_key(tree) is not None
    section = reader.section(top if is_named else _unwrapped(top), 0)
    return OutlineSection("", 1, 1, before=tuple(reader.kept), sections=(section,))


def _unwrapped(top: TreeNode) -> TreeNode:
    """Return the whole file as a node, without a level that holds everything and says nothing."""
    while len(top.children) == 1 and not top.is_item:
        (only,) = top.children
        if only.says or not only.children or not all(child.children for child in only.children):
            break
        top = replace(top, children=only.children)
    return top
