"""What of a project is trusted: the programs and templates of its own that a build runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from opsbook.assembly.sitefile import keys, plugins, read_settings
from opsbook.nouns.macro.model import MacroSettings
from opsbook.source.files import regular_files

DRAWINGS = "diagrams"
DEFAULT = MacroSettings()


def trusted(root: Path, *, is_tried: bool = False) -> Iterator[str]:
    """Yield what a build of the repository `root` runs, in words: drawings, macros, hooks, templates of its theme.

    `is_tried` says that the check has run the macros too.
    """
    scripts = sum(1 for _ in regular_files(root / DRAWINGS, ".py"))
    if scripts:
        yield f"{DRAWINGS}/ ({scripts} script{'s' * (scripts != 1)})"
    settings = read_settings(root) or {}
    modules = [_text(keys(options).get("module_name")) for name, options in plugins(settings) if name == "macros"]
    named = [f"{module}.py" for module in modules if module and (root / f"{module}.py").is_file()]
    files = named or ([DEFAULT.file] if (root / DEFAULT.file).is_file() else [])
    yield from (f"{file} (this check ran it too)" if is_tried else file for file in files)
    hooks = settings.get("hooks")
    yield from (_text(hook) for hook in (hooks.value if isinstance(hooks, yaml.SequenceNode) else ()))
    if templates := _text(keys(settings.get("theme")).get("custom_dir")):
        yield f"{templates}/ (templates)"


def _text(node: yaml.Node | None) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
