"""Find the sections and items of a tree: everything that has a name, with all that its keys say of it.

A section is a key above a list, or an entry with a name and a list; an item is a line of text, or an entry with a name
and perhaps a state. What stands beside the name of an entry is what it says, at whatever depth it is nested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from opsbook.convert.notes import Notes
from opsbook.convert.outline import NO_TRAITS, OutlineText, OutlineTraits
from opsbook.convert.sources.attributes import NO_ATTRIBUTES, Attributes, read_attributes
from opsbook.convert.sources.tree_shapes import holding_keys, is_one_thing, name_key, says_enough
from opsbook.convert.sources.tree_text import flat_text
from opsbook.convert.titles import read_title
from opsbook.convert.vocabulary import STATES, SUBLISTS, as_heading, as_line, is_state, state
from opsbook.nouns.checklist.model import Status
from opsbook.source.tree import Location, Tree, YamlDocument


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
            title = name_key(tree)
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

    def line(self, text: str, at: Location) -> TreeNode:
        """Return a text as an item."""
        titled = read_title(as_line(text))
        traits = OutlineTraits(priority=titled.priority, links=titled.links)
        return TreeNode(titled.text or as_line(text)[:80], at, Attributes(titled.rest, traits))

    def named(self, key: str, value: Tree, at: Location, *, may_be_state: bool) -> Iterator[TreeNode]:
        """Yield what a key and its value stand for: a list of items, an entry without its name, or a state."""
        title = as_heading(key)
        if not title:
            position = self.document.position(at, key=True)
            self.notes.left_out("values", position.line)
            message = "this key is empty; it is left out, with what stands below it"
            self.notes.add(position.line, position.column, message)
        elif isinstance(value, dict) and is_one_thing(value) and says_enough(value):
            yield self.mapping(title, value, None, at)
        elif isinstance(value, dict) and is_one_thing(value):
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

    def mapping(self, title: str, tree: dict[str, Tree], named_by: str | None, at: Location) -> TreeNode:
        """Return an entry with its name, what it says, and what stands in its lists."""
        children: list[TreeNode] = []
        said: dict[str, Tree] = {}
        status, is_item = None, False
        holding = holding_keys(tree, is_top=not at)
        for key, value in tree.items():
            word = key.casefold()
            if key == named_by:
                continue
            if key in holding:
                if (isinstance(value, dict) and is_one_thing(value)) or len(holding) > 1:
                    children += self.named(key, value, (*at, key), may_be_state=False)
                else:
                    children += self.nodes(value, (*at, key))
                is_item = is_item or word in SUBLISTS
            elif word.replace("_", "") in STATES and isinstance(value, str):
                status = state(value)
                if status is None and value.strip():
                    said[key] = value
            else:
                said[key] = value
        titled = read_title(as_line(title))
        attributes = read_attributes(said, is_top=not at)
        if titled.rest or titled.links or titled.priority:
            attributes = attributes.under(titled)
        name = titled.text or as_line(title)[:80]
        return TreeNode(name, at, attributes, status, is_item or status is not None, tuple(children))

    def keep(self, title: str, value: Tree, at: Location) -> None:
        """Keep what is no part of the checklist as text."""
        text = flat_text(value)
        if text:
            label = f"**{title}**:" if title else ""
            gap = "\n\n" if label and ("\n" in text or text.startswith("- ")) else " " * bool(label)
            line = self.document.position(at, key=True).line
            self.kept.append(OutlineText(f"{label}{gap}{text}", line, is_prose=False))
