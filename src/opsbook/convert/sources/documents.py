"""Read YAML and JSON from elsewhere as a tree with places: several documents, anchors and tags of all kinds included.

What is read is data for an import, which its author has looked at; what `checklist.yml` may hold is far less.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

import yaml

from opsbook.convert.notes import Notes
from opsbook.problems import Problem, ProblemsError
from opsbook.source.tree import Location, Position, Tree, YamlDocument
from opsbook.source.yaml import compose_yaml

MOST_VALUES = 1_000_000
"""How many values the documents of a file may hold, what aliases repeat counted each time."""
MOST_DEPTH = 40
_SURROGATE = re.compile(r"\\u[dD][89abAB]")


@dataclass
class _Grower:
    """A maker of trees from the nodes of a YAML reader."""

    path: str
    notes: Notes
    values: dict[Location, Position] = field(default_factory=dict)
    keys: dict[Location, Position] = field(default_factory=dict)
    count: int = 0

    def tree(self, node: yaml.Node, at: Location) -> Tree:
        """Return the tree of `node`. Raise ProblemsError where it is too deep or too large."""
        self.count += 1
        place = _place(node)
        if len(at) > MOST_DEPTH or self.count > MOST_VALUES:
            what = (
                f"nested deeper than {MOST_DEPTH} levels" if len(at) > MOST_DEPTH else f"more than {MOST_VALUES} values"
            )
            message = f"{what}; make it smaller, or split the file"
            raise ProblemsError([Problem(self.path, place.line, place.column, message)])
        self.values[at] = place
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.tree(each, (*at, number)) for number, each in enumerate(node.value)]
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)

    def mapping(self, node: yaml.MappingNode, at: Location) -> dict[str, Tree]:
        result: dict[str, Tree] = {}
        for key_node, value in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key == "<<" and isinstance(value, yaml.MappingNode):
                merged = self.tree(value, at)
                result.update(
                    {name: each for name, each in merged.items() if name not in result}
                    if isinstance(merged, dict)
                    else {}
                )
                continue
            place = _place(key_node)
            if (*at, key) in self.keys and key in result:
                self.notes.left_out("repeated keys", place.line, detail=f"`{key[:60]}` stands here again")
                continue
            self.keys[*at, key] = place
            result[key] = self.tree(value, (*at, key))
        return result


def _place(node: yaml.Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


def foreign_documents(text: str, path: str, notes: Notes) -> list[YamlDocument]:
    """Return the documents in YAML or JSON `text`. Raise ProblemsError with the place of a mistake."""
    try:
        nodes = compose_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ProblemsError(
            [Problem(path, line, column, f"this is no YAML: {error.problem or error.context}")]
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else "a character is not allowed"
        raise ProblemsError([Problem(path, 0, 0, f"this is no YAML that can be read: {what}")]) from None
    documents = []
    for node in nodes:
        grower = _Grower(path, notes)
        documents.append(YamlDocument(path, grower.tree(node, ()), grower.values, grower.keys))
    return documents


def json_as_yaml(text: str, path: str) -> str:
    """Return JSON `text` as YAML reads it, with each value where it was. Raise ProblemsError where it is no JSON."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ProblemsError([Problem(path, error.lineno, error.colno, f"this is no JSON: {error.msg}")]) from None
    except (RecursionError, ValueError):
        raise ProblemsError([Problem(path, 0, 0, "this JSON is nested too deep, or holds a number too long")]) from None
    if _SURROGATE.search(text):  # Half characters, which YAML does not know.
        text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("\t", " ")
