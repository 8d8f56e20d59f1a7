"""The option `raw_html` of the plugin: its rules, and its value in a `mkdocs.yml` that is read without MkDocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

import yaml
from mkdocs.utils.yaml import get_yaml_loader

from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import read_text
from opsbook.source.yaml import compose_yaml

OPTION = "raw_html"
PLUGIN = "opsbook"
CONFIGURATION = ("mkdocs.yml", "mkdocs.yaml")
MOST_PARENTS = 20
"""As many files are followed by `INHERIT`."""


def form_fault(name: object) -> str | None:
    """Return what is wrong with one entry of the option, whatever lies on the disk."""
    if not isinstance(name, str) or not name.strip():
        return "an entry is the path of a folder or a file, such as `howto` or `howto/widget.md`"
    path = PurePosixPath(name)
    if path.is_absolute() or PureWindowsPath(name).drive or "\\" in name:
        return f"`{name}` is not a path below the folder of the pages; write one such as `howto`, with `/` between"
    if ".." in path.parts or not path.parts:
        return f"`{name}` is not below the folder of the pages; name a folder or a file in it"
    return None


def missing_entry_fault(name: str, docs: Path) -> str | None:
    """Return what is wrong with an entry that names nothing below `docs`."""
    return None if (docs / name).exists() else f"no folder or file `{docs.name}/{name}`"


def raw_setting(root: Path, docs: Path) -> tuple[str, ...]:
    """Return the entries of the option in the `mkdocs.yml` of `root`, whose pages are in `docs`; none without a file.

    Nothing of the file is run: tags that name Python objects are not looked at. Raises ProblemsError with every entry
    that a build refuses.
    """
    file = next((root / name for name in CONFIGURATION if (root / name).is_file()), None)
    found = _find(file, file.name) if file else None
    if found is None:
        return ()
    name, value, entries = found
    if entries is None:
        return ()
    if not isinstance(entries, list):
        message = f"`{OPTION}` is a list of folders and files, such as `[howto, howto/widget.md]`"
        raise ProblemsError([_problem(name, value, message)])
    nodes = value.value if isinstance(value, yaml.SequenceNode) and len(value.value) == len(entries) else ()
    problems = [
        _problem(name, nodes[index] if nodes else value, f"`{OPTION}`: {fault}")
        for index, entry in enumerate(entries)
        if (fault := form_fault(entry) or missing_entry_fault(entry, docs))
    ]
    if problems:
        raise ProblemsError(problems)
    return tuple(entries)


def _find(file: Path, name: str) -> tuple[str, yaml.Node, object] | None:
    """The name of the file that has the option, its node and its value; a file's own goes before its parent's."""
    for _ in range(MOST_PARENTS):
        top = _top(file, name)
        for options in (each for plugins in _values(top, "plugins") for each in _options(plugins)):
            for value in _values(options, OPTION):
                return name, value, _construct(value)
        parents = [str(node.value) for node in _values(top, "INHERIT") if isinstance(node, yaml.ScalarNode)]
        if not parents:
            return None
        file = file.parent / parents[0]
        name = parents[0]
    return None


def _top(file: Path, name: str) -> yaml.Node | None:
    try:
        return next(iter(compose_yaml(read_text(file, name))), None)
    except (yaml.YAMLError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise ProblemsError([Problem(name, *place, "this is not YAML; a build cannot read it either")]) from None


def _options(plugins: yaml.Node) -> Iterator[yaml.Node]:
    """The options of our plugin, in a list of plugins or in a mapping of them."""
    entries: Sequence[yaml.Node] = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for entry in entries:
        yield from _values(entry, PLUGIN)


def _values(node: yaml.Node | None, key: str) -> Iterator[yaml.Node]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    yield from (value for name, value in pairs if name.value == key)


def _construct(node: yaml.Node) -> object:
    """The value of a node of plain YAML, or of one that names a variable of the environment."""
    try:
        value: object = get_yaml_loader(yaml.SafeLoader)("").construct_object(node, deep=True)
    except yaml.YAMLError:
        return None
    return value


def _problem(name: str, node: yaml.Node, message: str) -> Problem:
    return Problem(name, node.start_mark.line + 1, node.start_mark.column + 1, message)
