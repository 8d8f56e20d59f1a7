"""Read manifests and policies from YAML, JSON, and the fenced blocks of pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

import yaml

from opsbook.problems import Problem, ProblemsError
from opsbook.source.markdown import parse_markdown
from opsbook.source.yaml import MOST_LEVELS, compose_yaml

_YAML = ("yaml", "yml", "json")
_MOST = 50_000
"""The values of a file that are read at most, counted anew wherever an alias repeats them."""


def read_trees(text: str, path: str, title: str = "") -> Iterator[object]:
    """Yield the documents of the file `path`: of a page those of its blocks, with `title` of the one so called.

    Raises ProblemsError where a file other than a page cannot be read; the blocks of pages have a check of their own.
    """
    if not path.endswith(".md"):
        yield from _documents(text, path)
        return
    for fence in parse_markdown(text, path).fences:
        if fence.language in _YAML and title in ("", fence.attributes.get("title", "")):
            try:
                yield from _documents(fence.content, path)
            except ProblemsError:
                continue


def file_and_title(entry: str) -> tuple[str, str]:
    """Return the file of an entry such as `docs/roles.md#iam/on-call.json`, and the title of the block in it.

    >>> file_and_title("docs/roles.md#iam/on-call.json"), file_and_title("./rbac/on-call.yaml")
    (('docs/roles.md', 'iam/on-call.json'), ('rbac/on-call.yaml', ''))
    """
    path, _, title = entry.partition("#")
    return posixpath.normpath(path), title


def _documents(text: str, path: str) -> Iterator[object]:
    try:
        nodes = compose_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ProblemsError([Problem(path, line, column, f"not valid YAML: {error.problem}")]) from None
    except (yaml.YAMLError, RecursionError):
        raise ProblemsError([Problem(path, 1, 1, "not valid YAML, or nested too deep; make it flatter")]) from None
    count = [0]
    for node in nodes:
        yield _value(node, 0, count)


def _value(node: yaml.Node, depth: int, count: list[int]) -> object:
    """Return the value of a node: texts, lists and mappings; None for what is too much to read."""
    count[0] += 1
    if depth > MOST_LEVELS or count[0] > _MOST:
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, depth + 1, count) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value, depth + 1, count) for key, value in node.value}
    return str(node.value)
