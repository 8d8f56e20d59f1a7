"""Find in `mkdocs.yml` what no build with this engine takes: another theme, and parts that a site does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme
from mkdocs.utils import get_theme_dir, get_theme_names

from opsbook.assembly.parts import PARTS
from opsbook.markup.settings import PLUGIN
from opsbook.mkdocs.defaults import FEATURES
from opsbook.mkdocs.missing_assets import asset_settings
from opsbook.mkdocs.own_navigation import word_fault
from opsbook.mkdocs.refusal import refused
from opsbook.mkdocs.site_settings import SiteSettings, keys_of, setting_problem, site_settings
from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.web_address import split_address

MATERIAL = "material"
_OTHER_THEME = "Opsbook makes its pages for Material for MkDocs; allowed: `theme: {name: material}`"


def refuse_wrong_settings(config: MkDocsConfig) -> None:
    """Raise Abort after printing what is wrong in the settings of a build."""
    file = Path(config.config_file_path or "mkdocs.yml")
    try:
        problems = list(wrong_settings(file)) if file.is_file() else []
    except ProblemsError:  # MkDocs has read it, with tags that mean something to it alone.
        problems = []
    if not problems and not _is_material(config.theme.dirs):
        problems = [Problem(file.name, 0, 0, _OTHER_THEME)]
    if problems:
        raise refused(ProblemsError(problems).problems)


def wrong_settings(file: Path) -> Iterator[Problem]:
    """Yield what is wrong in the `mkdocs.yml` that is `file`, with its place.

    Raises ProblemsError if the file is not YAML.
    """
    settings = site_settings(file)
    if settings.files and settings.has_plugin(PLUGIN):
        yield from _theme(settings)
        yield from _choices(settings, "without", PARTS)
        yield from _choices(settings, "without_features", FEATURES)
        yield from _addresses(settings)
        if nav := settings.find("nav"):
            yield from (
                setting_problem(nav.file, node, fault) for node in _texts(nav.node) if (fault := word_fault(node.value))
            )


def _is_material(folders: Iterable[str]) -> bool:
    """Return whether a theme with the template `folders` is Material, or one that is built on it."""
    return get_theme_dir(MATERIAL) in folders


def _theme(settings: SiteSettings) -> Iterator[Problem]:
    found = settings.find("theme", "name") or settings.find("theme")
    if found is None:
        yield Problem(settings.files[0].file, 0, 0, f"no `theme` is set; {_OTHER_THEME}")
        return
    name = settings.plain(found)
    if isinstance(name, dict) or found.node.tag.endswith(":null"):  # Templates of one's own without a theme below them.
        yield setting_problem(found.file, found.node, _OTHER_THEME)
    elif isinstance(name, str) and name in get_theme_names() and not _is_material(Theme(name).dirs):
        yield setting_problem(found.file, found.node, f"the theme is `{name}`; {_OTHER_THEME}")


def _addresses(settings: SiteSettings) -> Iterator[Problem]:
    """Yield a problem for each address on which MkDocs ends in a traceback, since it cannot take it apart."""
    nav = settings.find("nav")
    in_nav = [(nav.file, node) for node in _texts(nav.node)] if nav else []
    for file, node in (*in_nav, *((file, node) for _, file, node in asset_settings(settings))):
        if split_address(node.value) is None:
            message = f"`{node.value}` is not an address; allowed: such as https://example.org/page, or a path"
            yield setting_problem(file, node, message)


def _choices(settings: SiteSettings, option: str, allowed: Iterable[str]) -> Iterator[Problem]:
    found = settings.option(PLUGIN, option)
    if found is None:
        return
    if not isinstance(found.node, yaml.SequenceNode):
        yield setting_problem(found.file, found.node, f"`{option}` is a list, such as `[{next(iter(allowed))}]`")
        return
    for node in found.node.value:
        if isinstance(node, yaml.ScalarNode) and node.value not in allowed:
            message = f"`{option}`: no `{node.value}`; {did_you_mean(node.value, allowed)}"
            yield setting_problem(found.file, node, message)


def _texts(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield every value below a `nav` that is text."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    below = keys_of(node).values() if isinstance(node, yaml.MappingNode) else ()
    for each in (*below, *(node.value if isinstance(node, yaml.SequenceNode) else ())):
        yield from _texts(each)
