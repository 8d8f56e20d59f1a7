"""What `opsbook check` has to know of `mkdocs.yml`: which templates there are, and which files are left out.

A build knows both from MkDocs. Here the file is read without running any of it; what cannot be told from it, as where
it inherits from another file, is taken for allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

import yaml

from opsbook.nouns.macro.model import MacroSettings, pluglet
from opsbook.problems import ProblemsError
from opsbook.source.text import read_text
from opsbook.source.yaml import compose_yaml

NAME = "mkdocs.yml"
OVERRIDES = Path(__file__).parent.parent / "web" / "overrides"


class Patterns(Protocol):
    """What MkDocs reads the patterns of `exclude_docs` into."""

    def match_file(self, file: str) -> bool | None:
        """Whether one of the patterns is for `file`."""


@dataclass(frozen=True)
class SiteFile:
    """`folders` hold the templates, the first that has one wins; None where that is not known.

    `excluded` are the patterns of `exclude_docs`, which are those of a `.gitignore`. `macros` is how mkdocs-macros is
    set up; None where it is not.
    """

    folders: tuple[Path, ...] | None = None
    excluded: Patterns | None = None
    macros: MacroSettings | None = field(default_factory=MacroSettings)

    def has_template(self, name: str) -> bool:
        """Whether the theme finds the template `name`, as far as that is known."""
        return self.folders is None or has_template(self.folders, name)

    def is_excluded(self, path: str) -> bool:
        """Whether MkDocs leaves the file `path` of the hand-written pages out."""
        return self.excluded is not None and bool(self.excluded.match_file(path))


def has_template(folders: Iterable[Path], name: str) -> bool:
    """Whether one of `folders` holds the template `name`, which does not lead out of it."""
    parts = PurePosixPath(name.lstrip("/")).parts
    try:
        return ".." not in parts and any(folder.joinpath(*parts).is_file() for folder in folders)
    except OSError:  # Such as a name that is too long.
        return False


def read_site_file(root: Path) -> SiteFile:
    """What the `mkdocs.yml` of the repository `root` says, as far as it can be told."""
    settings = read_settings(root)
    if settings is None:
        return SiteFile()
    excluded = settings.get("exclude_docs")
    patterns = _patterns(excluded.value) if isinstance(excluded, yaml.ScalarNode) else None
    if "INHERIT" in settings:
        return SiteFile(None, patterns)
    return SiteFile(_folders(root, settings.get("theme")), patterns, _macros(settings))


def read_settings(root: Path) -> dict[str, yaml.Node] | None:
    """Return the nodes of the `mkdocs.yml` of the repository `root` by key; None where it cannot be read."""
    try:
        nodes = compose_yaml(read_text(root / NAME, NAME))
    except (ProblemsError, yaml.YAMLError, RecursionError):
        return None
    return keys(nodes[0]) if nodes else {}


def plugins(settings: Mapping[str, yaml.Node]) -> Iterator[tuple[str, yaml.Node | None]]:
    """Yield the name of each plugin with its options; None where it has none."""
    node = settings.get("plugins")
    for entry in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(entry, yaml.ScalarNode):
            yield entry.value, None
        yield from keys(entry).items()


def _macros(settings: Mapping[str, yaml.Node]) -> MacroSettings | None:
    for name, options in plugins(settings):
        if name == "macros":
            return _macro_settings(keys(options))
    return None


def _macro_settings(options: Mapping[str, yaml.Node]) -> MacroSettings:
    """Return the settings of the plugin from its `options`; the defaults are those of mkdocs-macros."""
    words = {key: node.value for key, node in options.items() if isinstance(node, yaml.ScalarNode)}
    modules = options.get("modules")
    named = modules.value if isinstance(modules, yaml.SequenceNode) else ()
    is_opt_in = words.get("render_by_default", "").lower() == "false" and not words.get("force_render_paths")
    pluglets = tuple(pluglet(node.value) for node in named if isinstance(node, yaml.ScalarNode))
    return MacroSettings(words.get("module_name", "main"), pluglets, not is_opt_in)


def _patterns(text: str) -> Patterns | None:
    from mkdocs.config.base import ValidationError
    from mkdocs.config.config_options import PathSpec

    try:
        return PathSpec().validate(text)
    except ValidationError:  # MkDocs tells of it.
        return None


def _folders(root: Path, theme: yaml.Node | None) -> tuple[Path, ...] | None:
    from mkdocs.utils import get_theme_dir, get_theme_names

    said = {"name": theme} if isinstance(theme, yaml.ScalarNode) else keys(theme)
    words = {key: node.value for key, node in said.items() if isinstance(node, yaml.ScalarNode)}
    if words.get("name") not in get_theme_names():
        return None
    own = (root / words["custom_dir"],) if words.get("custom_dir") else ()
    return (*own, OVERRIDES, Path(get_theme_dir(words["name"])))


def keys(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a mapping by key; none for any other node."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}
