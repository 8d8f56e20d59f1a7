"""Find values in `mkdocs.yml` and the files that it inherits from, each with its place, without running any code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from opsbook.mkdocs.compat.config import node_value
from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import read_text
from opsbook.source.yaml import compose_yaml

NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
MOST_PARENTS = 20
"""As many files are followed by `INHERIT`."""


@dataclass(frozen=True)
class SiteValue:
    """A value of the configuration, and the file that it is written in."""

    file: str
    node: yaml.Node


@dataclass(frozen=True)
class SiteSettings:
    """The files of a configuration, each before the one that it inherits from."""

    files: tuple[SiteValue, ...]

    def find(self, *path: str) -> SiteValue | None:
        """Return the value under the keys `path`, or None.

        Like MkDocs, merge mappings key by key, and let any other value replace the inherited one.
        """
        for file in self.files:
            node: yaml.Node | None = file.node
            for key in path:
                if not isinstance(node, yaml.MappingNode):
                    return None
                node = keys_of(node).get(key)
                if node is None:
                    break
            else:
                assert node
                return SiteValue(file.file, node)
        return None

    def value(self, *path: str) -> object:
        """Return the plain value under the keys `path`; None if there is none, or if only running code would tell."""
        return self.plain(self.find(*path))

    def option(self, plugin: str, name: str) -> SiteValue | None:
        """Return the option `name` of `plugin`. The plugins may be a list or a mapping."""
        plugins = self.find("plugins")
        if not plugins or not isinstance(plugins.node, yaml.SequenceNode):
            return self.find("plugins", plugin, name)
        options = (keys_of(entry).get(plugin) for entry in plugins.node.value)
        found = (node for each in options if (node := keys_of(each).get(name)))
        return next((SiteValue(plugins.file, node) for node in found), None)

    def has_plugin(self, name: str) -> bool:
        """Return whether the plugin `name` is set up. The plugins may be a list or a mapping."""
        plugins = self.find("plugins")
        if plugins and isinstance(plugins.node, yaml.SequenceNode):
            return any(name == entry.value or name in keys_of(entry) for entry in plugins.node.value)
        return self.find("plugins", name) is not None

    @staticmethod
    def plain(value: SiteValue | None) -> object:
        """Return `value` as a Python object; None if there is none, or if only running code would tell."""
        return None if value is None else node_value(value.node)


def site_file(root: Path) -> Path | None:
    """Return the `mkdocs.yml` of the repository `root`; None where there is none."""
    return next((root / name for name in NAMES if (root / name).is_file()), None)


def site_settings(file: Path) -> SiteSettings:
    """Return the settings of `file` and of the files that it inherits from.

    Raises ProblemsError if one of them is not YAML.
    """
    return SiteSettings(tuple(_files(file)))


def _files(file: Path) -> Iterator[SiteValue]:
    """Yield the content of `file` and of the files that it inherits from. Raises ProblemsError if one is not YAML."""
    name = file.name
    for _ in range(MOST_PARENTS):
        top = _top(file, name)
        if top is None:
            return
        yield SiteValue(name, top)
        parent = keys_of(top).get("INHERIT")
        if not isinstance(parent, yaml.ScalarNode):
            return
        name = str(parent.value)
        file = file.parent / name


def _top(file: Path, name: str) -> yaml.Node | None:
    try:
        return next(iter(compose_yaml(read_text(file, name))), None)
    except (yaml.YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise ProblemsError([Problem(name, *place, "this is not YAML; a build cannot read it either")]) from None


def keys_of(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a mapping by key; an empty dictionary for any other node."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def setting_problem(file: str, node: yaml.Node, message: str) -> Problem:
    """Return the problem `message` at `node` of `file`."""
    return Problem(file, node.start_mark.line + 1, node.start_mark.column + 1, message)
