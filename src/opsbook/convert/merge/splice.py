"""Change values and entries in the text of `checklist.yml`, and leave the rest of it as somebody wrote it.

A writer of YAML that keeps comments still rewrites line ends, blanks and indents of untouched lines. So the text is
cut and pasted here, at the places that the parser names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import yaml
from pydantic import BaseModel

from opsbook.convert.merge.lines import ChangedText
from opsbook.convert.merge.nodes import ROOT
from opsbook.convert.yaml_text import entry_lines, field_lines
from opsbook.source.yaml import compose_yaml

_STEP = 2
_Pair = tuple[yaml.Node, yaml.Node]
_LISTS = ("areas", "groups", "items")


class UnplaceableError(Exception):
    """The error of a change that the form of the file leaves no room for; it is made by hand."""


@dataclass(frozen=True)
class _Spot:
    """A mapping with an id, and the list that it is an entry of."""

    mapping: yaml.MappingNode
    entries: yaml.SequenceNode | None


@dataclass
class SplicedYaml:
    """The text of a `checklist.yml` and the changes to it."""

    changed: ChangedText
    spots: dict[str, _Spot] = field(default_factory=dict)
    holders: dict[int, yaml.MappingNode] = field(default_factory=dict)
    """The mapping that a list stands in, by the list."""
    begun: dict[tuple[str, str], list[str | list[str]]] = field(default_factory=dict)
    """The new entries of lists that are not there yet."""
    cut: dict[int, list[yaml.Node]] = field(default_factory=dict)
    """The entries that are taken out, by their list."""

    @classmethod
    def of(cls, raw: str) -> SplicedYaml:
        """Return `raw`, the text of a checklist that is valid, ready to be changed."""
        changed = ChangedText(raw)
        spliced = cls(changed)
        root = compose_yaml(changed.text)[0]
        assert isinstance(root, yaml.MappingNode)
        spliced.spots[ROOT] = _Spot(root, None)
        spliced._find(root)
        return spliced

    def _find(self, mapping: yaml.MappingNode) -> None:
        for key in _LISTS:
            entries = _value(mapping, key)
            if not isinstance(entries, yaml.SequenceNode):
                continue
            self.holders[id_of(entries)] = mapping
            for entry in entries.value:
                if isinstance(entry, yaml.MappingNode) and (id := _value(entry, "id")):
                    self.spots[id.value] = _Spot(entry, entries)
                    self._find(entry)

    def set_value(self, id: str, key: str, value: object, *, after: str = "title") -> None:
        """Give the key of what is called `id` a value; a new key stands behind that of `after`."""
        mapping = self.spots[id].mapping
        if found := _pair(mapping, key):
            self._replace(mapping, found, key, value)
        elif mapping.flow_style:
            self.changed.insert(self._end(_pair(mapping, after)), f", {key}: {_flow(value)}")
        else:
            column = _column(mapping)
            at = self.changed.line_end(self._end(_pair(mapping, after)))
            self.changed.insert(at, "\n" + _indented(field_lines(key, value), column), depth=column)

    def _replace(self, mapping: yaml.MappingNode, pair: _Pair, key: str, value: object) -> None:
        end = self._end(pair)
        lines = list(field_lines(key, value))
        behind = self.changed.text[end : self.changed.line_end(end)].strip()
        old = pair[1]
        if isinstance(old, yaml.CollectionNode) and " #" in self.changed.text[pair[0].start_mark.index : end]:
            raise UnplaceableError
        if mapping.flow_style or (len(lines) > 1 and behind):
            new = f"{key}: {_flow(value)}"
        elif len(lines) == 1 and isinstance(value, str) and getattr(old, "style", None) in ("'", '"'):
            new = f"{key}: {_quoted(value)}"
        else:
            new = _indented(lines, _column(mapping)).lstrip()
        blank = self.changed.text[pair[0].end_mark.index : pair[1].start_mark.index]
        if len(lines) == 1 and "\n" not in blank and new.startswith(f"{key}: "):  # `title:   Text` keeps its blanks.
            new = f"{self.changed.text[pair[0].start_mark.index : pair[1].start_mark.index]}{new[len(key) + 2 :]}"
        self.changed.replace(pair[0].start_mark.index, end, new)

    def set_inner(self, key: str, inner: str, value: str) -> None:
        """Give the key `inner` of the mapping under the `key` of the checklist a value."""
        mapping = _value(self.spots[ROOT].mapping, key)
        if isinstance(mapping, yaml.MappingNode) and (found := _pair(mapping, inner)):
            self._replace(mapping, found, inner, value)
        elif isinstance(mapping, yaml.MappingNode) and mapping.value:
            last = mapping.value[-1]
            if mapping.flow_style:
                self.changed.insert(self._end(last), f", {inner}: {_flow(value)}")
            else:
                lines = _indented(field_lines(inner, value), _column(mapping))
                self.changed.insert(self.changed.line_end(self._end(last)), "\n" + lines)

    def remove_key(self, id: str, key: str) -> None:
        """Take a key of what is called `id` out. Raise UnplaceableError where a comment would lose its place."""
        mapping = self.spots[id].mapping
        pair = _pair(mapping, key)
        if pair is None:
            return
        at, text = mapping.value.index(pair), self.changed.text
        start, end = pair[0].start_mark.index, self._end(pair)
        rest = text[end : self.changed.line_end(end)].strip()
        if mapping.flow_style or at == 0:
            following = mapping.value[at + 1 : at + 2]
            before = mapping.value[at - 1] if at else None
            if before:
                start = self._end(before)
            elif following:
                end = following[0][0].start_mark.index
            if "#" in text[start:end]:
                raise UnplaceableError
            self.changed.replace(start, end, "")
        elif rest:
            raise UnplaceableError
        else:
            self.changed.replace(self.changed.line_start(start) - 1, self.changed.line_end(end), "")

    def add_entry(self, container: str, key: str, model: BaseModel, *, after: str | None) -> None:
        """Put `model` into the list `key` of `container`, behind the entry `after`, or as the first."""
        self._put(container, key, after, lambda: list(entry_lines(model)), _flow_mapping(model), is_area=key == "areas")

    def move_entry(self, id: str, container: str, key: str, *, after: str | None) -> None:
        """Take the entry `id` with its comments to another list. Raise UnplaceableError where it cannot stand there."""
        spot = self.spots[id]
        assert spot.entries
        if spot.entries.flow_style:
            source = self.changed.text[spot.mapping.start_mark.index : spot.mapping.end_mark.index]
            lines, flow = [f"- {source}"], source if "\n" not in source and "#" not in source else None
            if flow is None:
                raise UnplaceableError
        else:
            start, end = self._block(spot)
            margin = _dash(spot.entries)
            lines = [_shifted(line, margin) for line in self.changed.text[start:end].split("\n")]
            flow = None
        self._put(container, key, after, lambda: lines, flow, is_area=False)
        self.cut.setdefault(id_of(spot.entries), []).append(spot.mapping)

    def remove_entry(self, id: str) -> None:
        """Take the entry `id` out, with all that stands in it."""
        spot = self.spots[id]
        assert spot.entries
        self.cut.setdefault(id_of(spot.entries), []).append(spot.mapping)

    def mark(self, id: str, comment: str) -> None:
        """Write a comment above the entry `id`, unless it stands there, or the file leaves no room for it."""
        spot = self.spots[id]
        if spot.entries is None or spot.entries.flow_style:
            return
        start, _ = self._block(spot)
        line = f"{' ' * _dash(spot.entries)}# {comment}\n"
        self.changed.insert(start, line)

    def has_comment(self, id: str) -> bool:
        """Return whether a comment stands in or above the entry `id`; True too for what only may be one."""
        spot = self.spots[id]
        assert spot.entries
        if spot.entries.flow_style:
            return "#" in self.changed.text[spot.mapping.start_mark.index : spot.mapping.end_mark.index]
        start, end = self._block(spot)
        lines = self.changed.text[start:end].split("\n")
        return any(line.lstrip().startswith("#") or " #" in line for line in lines)

    def result(self) -> str:
        """Return the text with all changes."""
        self._begin_lists()
        for spot in [each for each in self.spots.values() if each.entries]:
            assert spot.entries
            gone = self.cut.pop(id_of(spot.entries), [])
            if gone:
                self._cut(spot.entries, gone)
        return self.changed.result()

    def _cut(self, entries: yaml.SequenceNode, gone: Sequence[yaml.Node]) -> None:
        holder = self.holders[id_of(entries)]
        pair = next(each for each in holder.value if each[1] is entries)
        if len(gone) == len(entries.value) and self._cut_list(holder, pair, entries):
            return
        for mapping in gone:
            at = entries.value.index(mapping)
            if entries.flow_style:
                before = entries.value[at - 1] if at else None
                start = before.end_mark.index if before else mapping.start_mark.index
                end = mapping.end_mark.index if before else entries.value[at + 1].start_mark.index
                self.changed.replace(start, end, "")
                continue
            assert isinstance(mapping, yaml.MappingNode)
            start, end = self._block(_Spot(mapping, entries))
            self._cut_lines(start, end)

    def _cut_list(self, holder: yaml.MappingNode, pair: _Pair, entries: yaml.SequenceNode) -> bool:
        """Take a list out whose entries are all gone, with its key. Return False where its comments have to stay."""
        start, end = pair[0].start_mark.index, self._end(pair)
        if entries.flow_style or pair is holder.value[0]:
            self.changed.replace(entries.start_mark.index, end, "[]")
            return True
        blocks = [self._block(_Spot(each, entries)) for each in entries.value]
        between = zip([end for _, end in blocks[:-1]], [start for start, _ in blocks[1:]], strict=True)
        rest = [(pair[0].end_mark.index, blocks[0][0]), *between]
        if any("#" in self.changed.text[one:other] for one, other in rest):
            self.changed.insert(self.changed.text.index(":", pair[0].end_mark.index) + 1, " []")
            return False
        self.changed.replace(self.changed.line_start(start) - 1, self.changed.line_end(end), "")
        return True

    def _cut_lines(self, start: int, end: int) -> None:
        """Take lines out, and one of two blank lines that would meet."""
        text = self.changed.text
        if text[max(start - 2, 0) : start] == "\n\n" and text[end : end + 2] in ("\n\n", "\n", ""):
            start -= 1
        self.changed.replace(start, min(end + 1, len(text)), "")

    def _put(
        self,
        container: str,
        key: str,
        after: str | None,
        lines: Callable[[], list[str]],
        flow: str | None,
        *,
        is_area: bool,
    ) -> None:
        holder = self.spots[container].mapping
        pair = _pair(holder, key)
        entries = pair[1] if pair else None
        if isinstance(entries, yaml.SequenceNode) and entries.value:
            self._put_beside(entries, after, lines, flow, is_area=is_area)
        elif holder.flow_style and flow is None:
            raise UnplaceableError
        else:
            self.begun.setdefault((container, key), []).append(flow if holder.flow_style and flow else lines())

    def _begin_lists(self) -> None:
        """Write the lists that were not there."""
        for (container, key), entries in self.begun.items():
            holder = self.spots[container].mapping
            pair = _pair(holder, key)
            if holder.flow_style:
                at = self._end(pair or holder.value[-1])
                inside = ", ".join(each for each in entries if isinstance(each, str))
                self.changed.replace(
                    pair[0].start_mark.index if pair else at, at, f"{'' if pair else ', '}{key}: [{inside}]"
                )
                continue
            column = _column(holder)
            new = "\n".join([f"{key}:", *(_indented(each, column + self._step()) for each in entries)])
            if pair:  # `items: []`, or nothing behind the colon
                self.changed.replace(pair[0].start_mark.index, self._end(pair), new)
            else:
                last = next((each for each in reversed(holder.value) if each[0].value not in _LISTS), holder.value[-1])
                at = self.changed.line_end(self._end(self._before(holder, key) or last))
                self.changed.insert(at, f"\n{' ' * column}{new}", depth=column)

    @staticmethod
    def _before(holder: yaml.MappingNode, key: str) -> _Pair | None:
        """Return the list that `key` stands behind: groups follow the items of an area."""
        return _pair(holder, "items") if key == "groups" else None

    def _put_beside(
        self,
        entries: yaml.SequenceNode,
        after: str | None,
        lines: Callable[[], list[str]],
        flow: str | None,
        *,
        is_area: bool,
    ) -> None:
        anchor = self.spots[after] if after is not None else None
        if entries.flow_style:
            if flow is None:
                raise UnplaceableError
            if anchor:
                self.changed.insert(anchor.mapping.end_mark.index, f", {flow}")
            else:
                self.changed.insert(entries.value[0].start_mark.index, f"{flow}, ")
            return
        new = _indented(lines(), _dash(entries))
        blank = "\n" if self._are_apart(entries, is_area=is_area) else ""
        if anchor:
            at = self.changed.line_end(self._end_of(anchor.mapping))
            self.changed.insert(at, f"\n{blank}{new}", depth=_dash(entries))
        else:
            start, _ = self._block(_Spot(entries.value[0], entries))
            self.changed.insert(start, f"{new}\n{blank}")

    def _are_apart(self, entries: yaml.SequenceNode, *, is_area: bool) -> bool:
        """Return whether blank lines stand between the entries of a list."""
        if len(entries.value) < 2:
            return is_area
        start, _ = self._block(_Spot(entries.value[1], entries))
        return self.changed.text[max(start - 2, 0) : start] == "\n\n"

    def _block(self, spot: _Spot) -> tuple[int, int]:
        """Return where the lines of an entry begin, with the comments right above it, and where they end."""
        assert spot.entries
        text, column = self.changed.text, _dash(spot.entries)
        start = self.changed.line_start(spot.mapping.start_mark.index)
        while text[start : start + column].strip() or text[start + column : start + column + 1] != "-":
            start = self.changed.line_start(start - 1)
        while start:
            above = self.changed.line_start(start - 1)
            line = text[above : start - 1]
            if not line.startswith(" " * column + "#"):
                break
            start = above
        return start, self.changed.line_end(self._end_of(spot.mapping))

    def _end(self, pair: _Pair | None) -> int:
        assert pair
        key, value = pair
        if isinstance(value, yaml.ScalarNode) and not value.style and not value.value:
            return self.changed.text.index(":", key.end_mark.index) + 1
        return self._end_of(value)

    def _end_of(self, node: yaml.Node) -> int:
        """Return where the last text of `node` ends; a block ends for the parser where the next thing begins."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return self._end(node.value[-1])
        if isinstance(node, yaml.SequenceNode) and not node.flow_style:
            return self._end_of(node.value[-1])
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            while end > node.start_mark.index and self.changed.text[end - 1] in " \n":
                end -= 1
        return end

    def _step(self) -> int:
        """Return by how many columns lists are indented in this file."""
        root = self.spots[ROOT].mapping
        areas = _value(root, "areas")
        is_block = isinstance(areas, yaml.SequenceNode) and not areas.flow_style
        return _dash(areas) - _column(root) if is_block and isinstance(areas, yaml.SequenceNode) else _STEP


def id_of(node: yaml.Node) -> int:
    """Return what tells `node` from every other node."""
    return id(node)


def _pair(mapping: yaml.MappingNode, key: str) -> _Pair | None:
    return next((pair for pair in mapping.value if pair[0].value == key), None)


def _value(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    found = _pair(mapping, key)
    return found[1] if found else None


def _column(mapping: yaml.MappingNode) -> int:
    """Return the column of the keys of a block."""
    return int(mapping.value[0][0].start_mark.column)


def _dash(entries: yaml.SequenceNode) -> int:
    """Return the column of the dashes of a list."""
    return int(entries.start_mark.column)


def _indented(lines: Iterable[str], columns: int) -> str:
    margin = " " * columns
    return "\n".join(f"{margin}{line}" if line else "" for line in lines)


def _shifted(line: str, columns: int) -> str:
    """Return `line` without its first `columns` blanks, or as many as it has."""
    return line[min(columns, len(line) - len(line.lstrip(" "))) :]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _flow(value: object) -> str:
    """Return `value` on one line, in the form of JSON, which is YAML too."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _flow_mapping(model: BaseModel) -> str:
    return json.dumps(_plain(model), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value
