"""Read a tree, from YAML or JSON, as an outline: its nodes become areas, groups and items by their depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from opsbook.convert.columns import role_of
from opsbook.convert.notes import Notes
from opsbook.convert.outline import MAX_NESTING, OutlineEntry, OutlineSection, OutlineText
from opsbook.convert.sources.tree_nodes import TreeNode, TreeReader
from opsbook.convert.vocabulary import LISTS, as_heading, title_key
from opsbook.nouns.checklist.model import Status
from opsbook.source.tree import YamlDocument


def read_tree(document: YamlDocument, notes: Notes) -> OutlineSection:
    """Return the outline of `document`, whose outermost section is the file. Add what it leaves out to `notes`."""
    reader = TreeReader(document, notes)
    top = _top(reader)
    is_named = isinstance(document.tree, dict) and title_key(document.tree) is not None
    section = _Outliner(document, notes).section(top if is_named else _unwrapped(top), 0)
    return OutlineSection("", 1, 1, before=tuple(reader.kept), sections=(section,))


def _top(reader: TreeReader) -> TreeNode:
    """Return the whole file as a node: an entry where it says something itself, else what stands in it."""
    tree = reader.document.tree
    if isinstance(tree, dict):
        is_one_list = len(tree) == 1 and next(iter(tree)).casefold() in LISTS
        if is_one_list or any(isinstance(value, str) for value in tree.values()):
            named = (each for each in tree if role_of(each)[0] == "title" and isinstance(tree[each], str))
            key = title_key(tree) or next(named, None)
            return reader.mapping(str(tree[key]) if key else "", tree, key, ())
    return TreeNode("", (), children=tuple(reader.nodes(tree, ())))


def _unwrapped(top: TreeNode) -> TreeNode:
    """Return the whole file as a node, without a level that holds everything and says nothing."""
    while len(top.children) == 1 and not top.is_item:
        (only,) = top.children
        if only.says or not only.children or not all(child.children for child in only.children):
            break
        top = replace(top, children=only.children)
    return top


@dataclass(frozen=True)
class _Outliner:
    """A maker of the outline of `document` from its nodes."""

    document: YamlDocument
    notes: Notes

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
        text = node.attributes.text
        if depth >= MAX_NESTING and below:
            message = f"nested deeper than {MAX_NESTING} levels; it is told as text"
            self.notes.add(position.line, position.column, message)
            told = "\n".join(f"- {each.title}" for entry in below for each in entry.walk())
            text, below = f"{text}\n\n{told}".strip(), ()
        return OutlineEntry(
            title=node.title,
            line=position.line,
            column=position.column,
            is_task=True,
            status=None if node.status is Status.TODO else node.status,
            entries=below,
            text=text,
            traits=node.attributes.traits,
        )


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
