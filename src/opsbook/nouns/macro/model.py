"""Define what the macros of a site work with: their documentation, and what they know of the engine itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from opsbook.source.schema import FileFormat

REFERENCE = "reference/macros.md"
"""The source address of the page that documents the macros."""

PLUGLET = "opsbook.macros"
"""The module of the engine's macros, as mkdocs-macros and Python call it."""


@dataclass(frozen=True)
class MacroDoc:
    """The documentation of one macro. `example` is a call with its braces."""

    name: str
    signature: str
    paragraphs: tuple[str, ...]
    arguments: tuple[tuple[str, str], ...]
    example: str | None
    is_of_engine: bool = False
    """Whether it is one of the engine, whose documentation is in English."""


@dataclass(frozen=True)
class PluginOption:
    """An option of the plugin. `type` and `meaning` are words, `default` is YAML."""

    name: str
    type: str
    meaning: str
    default: str


@dataclass(frozen=True)
class CommandOption:
    """An option of a command as the user types it, and its help."""

    name: str
    meaning: str


@dataclass(frozen=True)
class CommandHelp:
    """The help of a command, such as `opsbook diagram new`, and of its subcommands."""

    name: str
    synopsis: str
    paragraphs: tuple[str, ...]
    options: tuple[CommandOption, ...]
    commands: tuple[CommandHelp, ...] = ()


@dataclass(frozen=True)
class CheckHelp:
    """What a check of the content looks at, and why, in a sentence each."""

    name: str
    looks_at: str
    reason: str


@dataclass(frozen=True)
class Interface:
    """The files, plugin options, commands and checks of the content that the engine has.

    Options and commands are read only when they are asked for, since that imports the code that defines them.
    """

    files: Mapping[str, FileFormat] = field(default_factory=dict)
    options: Callable[[], tuple[PluginOption, ...]] = tuple
    commands: Mapping[str, Callable[[], CommandHelp]] = field(default_factory=dict)
    checks: tuple[CheckHelp, ...] = ()
