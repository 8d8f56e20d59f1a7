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
from opsbook.convert.merge.spots import LISTS, Pair, YamlSpot, YamlSpots, column_of, dash_of, id_of, pair_of, value_of
from opsbook.convert.yaml_text import entry_lines, field_lines


class UnplaceableError(Exception):
    """The error of a change that the form of the file leaves no room for; it is made by hand."""


@dataclass
class SplicedYaml:
    """The text of a `checklist.yml` and the changes to it."""

    changed: ChangedText
    at: YamlSpots
    begun: dict[tuple[str, str], list[str | list[str]]] = field(default_factory=dict)
    """The new entries of lists that are not there yet."""
    cut: dict[int, list[yaml.Node]] = field(default_factory=dict)
    """The entries that are taken out, by their list."""

    @classmethod
    def of(cls, raw: str) -> SplicedYaml:
        """Return `raw`, the text of a checklist that is valid, ready to be changed."""
        changed = ChangedText(raw)
        return cls(changed, YamlSpots(changed))

    def set_value(self, id: str, key: str, value: object, *, after: str = "title") -> None:
        """Give the key of what is called `id` a value; a new key stands behind that of `after`."""
        mapping = self.at.by_id[id].mapping
        if found := pair_of(mapping, key):
            self._replace(mapping, found, key, value)
        elif mapping.flow_style:
            self.changed.insert(self.at.end(pair_of(mapping, after)), f", {key}: {_flow(value)}")
        else:
            column = column_of(mapping)
            at = self.changed.line_end(self.at.end(pair_of(mapping, after)))
            self.changed.insert(at, "\n" + _indented(field_lines(key, value), column), depth=column)

    def _replace(self, mapping: yaml.MappingNode, pair: Pair, key: str, value: object) -> None:
        end = self.at.end(pair)
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
            new = _indented(lines, column_of(mapping)).lstrip()
        blank = self.changed.text[pair[0].end_mark.index : pair[1].start_mark.index]
        if len(lines) == 1 and "\n" not in blank and new.startswith(f"{key}: "):  # `title:   Text` keeps its blanks.
            new = f"{self.changed.text[pair[0].start_mark.index : pair[1].start_mark.index]}{new[len(key) + 2 :]}"
        self.changed.replace(pair[0].start_mark.index, end, new)

    def set_inner(self, key: str, inner: str, value: str) -> None:
        """Give the key `inner` of the mapping under the `key` of the checklist a value."""
        mapping = value_of(self.at.by_id[ROOT].mapping, key)
        if isinstance(mapping, yaml.MappingNode) and (found := pair_of(mapping, inner)):
            self._replace(mapping, found, inner, value)
        elif isinstance(mapping, yaml.MappingNode) and mapping.value:
            last = mapping.value[-1]
            if mapping.flow_style:
                self.changed.insert(self.at.end(last), f", {inner}: {_flow(value)}")
            else:
                lines = _indented(field_lines(inner, value), column_of(mapping))
                self.changed.insert(self.changed.line_end(self.at.end(last)), "\n" + lines)

    def remove_key(self, id: str, key: str) -> None:
        """Take a key of what is called `id` out. Raise UnplaceableError where a comment would lose its place."""
        mapping = self.at.by_id[id].mapping
        pair = pair_of(mapping, key)
        if pair is None:
            return
        at, text = mapping.value.index(pair), self.changed.text
        start, end = pair[0].start_mark.index, self.at.end(pair)
        rest = text[end : self.changed.line_end(end)].strip()
        if mapping.flow_style or at == 0:
            following = mapping.value[at + 1 : at + 2]
            before = mapping.value[at - 1] if at else None
            if before:
                start = self.at.end(before)
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
        spot = self.at.by_id[id]
        assert spot.entries
        if spot.entries.flow_style:
            source = self.changed.text[spot.mapping.start_mark.index : spot.mapping.end_mark.index]
            lines, flow = [f"- {source}"], source if "\n" not in source and "#" not in source else None
            if flow is None:
                raise UnplaceableError
        else:
            start, end = self.at.block(spot)
            margin = dash_of(spot.entries)
            lines = [_shifted(line, margin) for line in self.changed.text[start:end].split("\n")]
            flow = None
        self._put(container, key, after, lambda: lines, flow, is_area=False)
        self.cut.setdefault(id_of(spot.entries), []).append(spot.mapping)

    def remove_entry(self, id: str) -> None:
        """Take the entry `id` out, with all that stands in it."""
        spot = self.at.by_id[id]
        assert spot.entries
        self.cut.setdefault(id_of(spot.entries), []).append(spot.mapping)

    def mark(self, id: str, comment: str) -> None:
        """Write a comment above the entry `id`, unless it stands there, or the file leaves no room for it."""
        spot = self.at.by_id[id]
        if spot.entries is None or spot.entries.flow_style:
            return
        start, _ = self.at.block(spot)
        line = f"{' ' * dash_of(spot.entries)}# {comment}\n"
        self.changed.insert(start, line)

    def has_comment(self, id: str) -> bool:
        """Return whether a comment stands in or above the entry `id`; True too for what only may be one."""
        spot = self.at.by_id[id]
        assert spot.entries
        if spot.entries.flow_style:
            return "#" in self.changed.text[spot.mapping.start_mark.index : spot.mapping.end_mark.index]
        start, end = self.at.block(spot)
        lines = self.changed.text[start:end].split("\n")
        return any(line.lstrip().startswith("#") or " #" in line for line in lines)

    def result(self) -> str:
        """Return the text with all changes."""
        self._begin_lists()
        for spot in [each for each in self.at.by_id.values() if each.entries]:
            assert spot.entries
            gone = self.cut.pop(id_of(spot.entries), [])
            if gone:
                self._cut(spot.entries, gone)
        return self.changed.result()

    def _cut(self, entries: yaml.SequenceNode, gone: Sequence[yaml.Node]) -> None:
        holder = self.at.holders[id_of(entries)]
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
            start, end = self.at.block(YamlSpot(mapping, entries))
            self._cut_lines(start, end)

    def _cut_list(self, holder: yaml.MappingNode, pair: Pair, entries: yaml.SequenceNode) -> bool:
        """Take a list out whose entries are all gone, with its key. Return False where its comments have to stay."""
        start, end = pair[0].start_mark.index, self.at.end(pair)
        if entries.flow_style or pair is holder.value[0]:
            self.changed.replace(entries.start_mark.index, end, "[]")
            return True
        blocks = [self.at.block(YamlSpot(each, entries)) for each in entries.value]
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
        holder = self.at.by_id[container].mapping
        pair = pair_of(holder, key)
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
            holder = self.at.by_id[container].mapping
            pair = pair_of(holder, key)
            if holder.flow_style:
                at = self.at.end(pair or holder.value[-1])
                inside = ", ".join(each for each in entries if isinstance(each, str))
                self.changed.replace(
                    pair[0].start_mark.index if pair else at, at, f"{'' if pair else ', '}{key}: [{inside}]"
                )
                continue
            column = column_of(holder)
            new = "\n".join([f"{key}:", *(_indented(each, column + self.at.step()) for each in entries)])
            if pair:  # `items: []`, or nothing behind the colon
                self.changed.replace(pair[0].start_mark.index, self.at.end(pair), new)
            else:
                last = next((each for each in reversed(holder.value) if each[0].value not in LISTS), holder.value[-1])
                at = self.changed.line_end(self.at.end(self._before(holder, key) or last))
                self.changed.insert(at, f"\n{' ' * column}{new}", depth=column)

    @staticmethod
    def _before(holder: yaml.MappingNode, key: str) -> Pair | None:
        """Return the list that `key` stands behind: groups follow the items of an area."""
        return pair_of(holder, "items") if key == "groups" else None

    def _put_beside(
        self,
        entries: yaml.SequenceNode,
        after: str | None,
        lines: Callable[[], list[str]],
        flow: str | None,
        *,
        is_area: bool,
    ) -> None:
        anchor = self.at.by_id[after] if after is not None else None
        if entries.flow_style:
            if flow is None:
                raise UnplaceableError
            if anchor:
                self.changed.insert(anchor.mapping.end_mark.index, f", {flow}")
            else:
                self.changed.insert(entries.value[0].start_mark.index, f"{flow}, ")
            return
        new = _indented(lines(), dash_of(entries))
        blank = "\n" if self.at.are_apart(entries, is_area=is_area) else ""
        if anchor:
            at = self.changed.line_end(self.at.end_of(anchor.mapping))
            self.changed.insert(at, f"\n{blank}{new}", depth=dash_of(entries))
        else:
            start, _ = self.at.block(YamlSpot(entries.value[0], entries))
            self.changed.insert(start, f"{new}\n{blank}")


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
