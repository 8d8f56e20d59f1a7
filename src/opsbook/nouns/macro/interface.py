"""What people write to use the engine: files with their keys, options of the plugin, commands. As plain data.

The macros that document it live below the rooms that it is defined in, so it is handed down to them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel


@dataclass(frozen=True)
class FileFormat:
    """A kind of file, where such files are, and the model of its keys."""

    place: str
    model: type[BaseModel]


@dataclass(frozen=True)
class PluginOption:
    """An option of the plugin. `type` and `meaning` are words, `default` is YAML."""

    name: str
    type: str
    meaning: str
    default: str


@dataclass(frozen=True)
class CommandOption:
    """An option of a command as it is typed, and its help."""

    name: str
    meaning: str


@dataclass(frozen=True)
class CommandHelp:
    """A command, such as `opsbook diagram new`, and the commands below it."""

    name: str
    synopsis: str
    paragraphs: tuple[str, ...]
    options: tuple[CommandOption, ...]
    commands: tuple[CommandHelp, ...] = ()


@dataclass(frozen=True)
class Interface:
    """All of it. Options and commands are read when they are asked for, since that imports what defines them."""

    files: Mapping[str, FileFormat] = field(default_factory=dict)
    options: Callable[[], tuple[PluginOption, ...]] = tuple
    commands: Mapping[str, Callable[[], CommandHelp]] = field(default_factory=dict)
