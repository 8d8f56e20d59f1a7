"""Read a YAML checklist of another tool as an outline of sections and items, and note what is left out.

Read are lists and mappings in the shapes that such files have in common: a section is a key above a list, or an entry
with a name and a list; an item is a line of text, or an entry with a name and perhaps a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from opsbook.convert.notes import Notes
from opsbook.convert.outline import OutlineEntry, OutlineSection, OutlineText
from opsbook.convert.vocabulary import LISTS, PROSE, STATES, SUBLISTS, as_heading, as_line, is_state, state, title_key
from opsbook.nouns.checklist.model import Status
from opsbook.source.tree import Location, Tree, YamlDocument, short

_MAX_NESTING = 8


@dataclass(frozen=True)
class _Node:
    """Something with a name: a section or an item, depending on its depth and its children."""

    title: str
    at: Location
    prose: str | None = None
    status: Status | None = None
    is_item: bool = False
    children: tuple[_Node, ...] = ()


@dataclass
class _YamlReader:
    document: YamlDocument
    notes: Notes

    def nodes(self, tree: Tree, at: Location) -> Iterator[_Node]:
        """Yield what a list or a mapping of names holds."""
        if isinstance(tree, list):
            for index, entry in enumerate(tree):
                yield from self.entry(entry, (*at, index))
        elif isinstance(tree, dict):
            scalars = [value for value in tree.values() if isinstance(value, str)]
            are_states = len(at) > 0 and all(is_state(value) for value in scalars)
            for key, value in tree.items():
                yield from self.named(key, value, (*at, key), may_be_state=are_states)

    def entry(self, tree: Tree, at: Location) -> Iterator[_Node]:
        if isinstance(tree, list):
            yield from self.nodes(tree, at)
        elif isinstance(tree, dict):
            title = title_key(tree) or next((key for key in PROSE if isinstance(tree.get(key), str)), None)
            if title is None:
                yield from self.nodes(tree, at)
            else:
                yield self.mapping(str(tree[title]), tree, title, at)
        elif tree.strip():
            yield _Node(as_line(tree), at)
        else:
            self.note(at, "this entry is empty; it is left out")

    def named(self, key: str, value: Tree, at: Location, *, may_be_state: bool) -> Iterator[_Node]:
        """Yield what a key and its value stand for: a list of items, an entry without its name, or a state."""
        title = as_heading(key)
        if not title:
            self.note(at, "this key is empty; it is left out, with what stands below it")
        elif isinstance(value, dict) and (set(value) & {*LISTS, *STATES}):
            yield self.mapping(title, value, None, at)
        elif isinstance(value, (list, dict)):
            children = tuple(self.nodes(value, at))
            status = state(key)
            if status in (Status.DOING, Status.DONE):  # A list called `done`: its name is the state of its items.
                yield from (replace(child, status=child.status or status) for child in children)
            elif children:
                yield _Node(title, at, children=children)
            else:
                self.note(at, f"nothing below `{short(key)}` is an item; it is left out")
        elif may_be_state:
            yield _Node(title, at, status=state(value))
        else:
            self.note(at, f"`{short(key)}: {short(value)}` is neither a section nor an item; it is left out")

    def mapping(self, title: str, tree: dict[str, Tree], named_by: str | None, at: Location) -> _Node:
        children: list[_Node] = []
        prose, status, is_item = None, None, False
        for key, value in tree.items():
            if key == named_by:
                continue
            if key in LISTS and isinstance(value, (list, dict)):
                children += self.nodes(value, (*at, key))
                is_item = is_item or key in SUBLISTS
            elif key in STATES and isinstance(value, str):
                status = self.status(value, (*at, key))
            elif key in PROSE and isinstance(value, str) and prose is None:
                prose = value.strip()
            elif not at and isinstance(value, (list, dict)):
                children += self.named(key, value, (key,), may_be_state=False)
            else:
                self.note((*at, key), f"the key `{short(key)}` is left out")
        return _Node(as_line(title), at, prose, status, is_item or status is not None, tuple(children))

    def status(self, word: str, at: Location) -> Status | None:
        found = state(word)
        if found is None:
            self.note(at, f"the state `{short(word)}` is not known; the item is taken as not done")
        return found

    def section(self, node: _Node, depth: int) -> OutlineSection:
        """Return `node` as a section: an area at depth 1, a group at depth 2."""
        position = self.document.position(node.at, key=True)
        prose = (OutlineText(node.prose, position.line),) if node.prose and node.prose.strip() else ()
        own = [child for child in node.children if _is_item(child, depth)]
        others = [child for child in node.children if not _is_item(child, depth)]
        return OutlineSection(
            title=node.title,
            line=position.line,
            column=position.column,
            before=prose,
            entries=tuple(self.item(child, 1) for child in own),
            sections=tuple(self.section(child, depth + 1) for child in others),
        )

    def item(self, node: _Node, depth: int) -> OutlineEntry:
        position = self.document.position(node.at, key=True)
        if node.prose:
            self.note(node.at, f"the description of `{short(node.title)}` is left out")
        below = node.children if depth < _MAX_NESTING else ()
        if below != node.children:
            self.note(node.at, f"nested deeper than {_MAX_NESTING} levels; what stands below this is left out")
        return OutlineEntry(
            title=node.title,
            line=position.line,
            column=position.column,
            is_task=True,
            status=None if node.status is Status.TODO else node.status,
            entries=tuple(self.item(child, depth + 1) for child in below),
        )

    def note(self, at: Location, message: str) -> None:
        position = self.document.position(at, key=True)
        self.notes.add(position.line, position.column, message)


def read_foreign(document: YamlDocument, notes: Notes, *, fallback_title: str) -> OutlineSection:
    """Return the outline of `document`, whose outermost section is the file. Add what it leaves out to `notes`."""
    reader = _YamlReader(document, notes)
    tree = document.tree
    if isinstance(tree, dict):
        key = title_key(tree)
        top = reader.mapping(str(tree[key]) if key else fallback_title, tree, key, ())
    else:
        top = _Node(fallback_title, (), children=tuple(reader.nodes(tree, ())))
    return OutlineSection("", 1, 1, sections=(reader.section(top, 0),))


def _is_item(node: _Node, depth: int) -> bool:
    """Return whether `node`, in a section at `depth`, is an item; groups hold items only."""
    return not node.children or node.is_item or depth == 2
