"""Remember what a list said when it was last brought in, in a file beside `checklist.yml`.

With it an update knows who has changed a title: the list, or the team. One line is one area, group or item, so that
two versions of the file compare well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, ValidationError

from opsbook.convert.merge.nodes import ROOT, ListNode, ListNodes
from opsbook.problems import Problem, ProblemsError
from opsbook.source.fields import Model
from opsbook.source.files import is_there
from opsbook.source.text import read_bytes

ENDING = ".upstream.json"
MOST_BYTES = 16_777_216
ABOUT = "What the list said when it was last brought in; `opsbook import --update` compares with it. Commit it."


class _Line(Model):
    kind: str
    id: str
    within: str = ROOT
    key: str = ""
    said: dict[str, object]


class _File(Model):
    about: str
    guides: dict[str, str] = Field(default_factory=dict)
    nodes: tuple[_Line, ...]


@dataclass(frozen=True)
class Memory:
    """What the list said, under the ids of `checklist.yml`, and the hashes of the guides that an import has written."""

    nodes: ListNodes
    guides: Mapping[str, str] = field(default_factory=dict)


def memory_file(checklist: Path) -> Path:
    """Return where the memory of a checklist is kept."""
    return checklist.with_name(checklist.stem + ENDING)


def read_memory(file: Path, name: str) -> Memory | None:
    """Return what `file` remembers; None where it is not there. Raise ProblemsError where it is damaged."""
    if not is_there(file):
        return None
    try:
        kept = _File.model_validate_json(read_bytes(file, name, most=MOST_BYTES))
    except ValidationError:
        message = "is damaged; take it back from your version control, or delete it: titles of yours then stay"
        raise ProblemsError([Problem(name, 0, 0, message)]) from None
    ids = {line.id for line in kept.nodes}
    found = {
        line.id: ListNode(
            line.kind, line.id, line.within if line.within in ids else ROOT, line.said, line.key or line.id
        )
        for line in kept.nodes
    }
    return Memory(ListNodes({ROOT: ListNode("checklist", ROOT, ROOT, {"title": ""}), **found}), kept.guides)


def memory_text(memory: Memory) -> str:
    """Return the text of the file."""
    lines = [_dumped(_line(node)) for node in memory.nodes]
    guides = _dumped(dict(sorted(memory.guides.items())))
    nodes = ",\n".join(lines)
    return f'{{"about": {_dumped(ABOUT)},\n"guides": {guides},\n"nodes": [\n{nodes}\n]}}\n'


def _line(node: ListNode) -> Mapping[str, object]:
    within = {"within": node.within} if node.within else {}
    key = {"key": node.key} if node.key != node.id else {}
    return {"kind": node.kind, "id": node.id, **within, **key, "said": node.said}


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
