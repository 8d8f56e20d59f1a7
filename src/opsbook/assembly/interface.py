"""Gather the keys, options and commands of the engine from all rooms, for the macros that document them.

The plugin and the command line belong to rooms above this one. They are found as MkDocs and the shell find them, by
the entry points of the installed package.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint, entry_points

from opsbook.assembly.kinds import SCHEMAS
from opsbook.content.checks import CHECKS
from opsbook.nouns.macro.model import CheckHelp, CommandHelp, Interface, PluginOption


@functools.cache
def interface() -> Interface:
    """Return the formats of files, the options of the plugin, the commands and the checks of the content."""
    module = importlib.import_module(_entry("console_scripts").module)
    commands: Mapping[str, Callable[[], CommandHelp]] = module.described()
    checks = tuple(CheckHelp(check.name, check.looks_at, check.reason) for check in CHECKS)
    return Interface(SCHEMAS, _options, commands, checks)


def _options() -> tuple[PluginOption, ...]:
    described: tuple[PluginOption, ...] = _entry("mkdocs.plugins").load().config_class.described()
    return described


def _entry(group: str) -> EntryPoint:
    (found,) = entry_points(group=group, name="opsbook")
    return found
