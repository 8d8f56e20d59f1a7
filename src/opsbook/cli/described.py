"""Read the help of the commands from click, for the manual."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from opsbook.nouns.macro.model import CommandHelp, CommandOption

PROGRAM = "opsbook"


def command_help(command: click.Command, name: str, parent: click.Context | None = None) -> CommandHelp:
    """Return the help of `command`, which is called `name`.

    With a `parent`, include the commands below it, and leave out `--help`, which every command has.
    """
    context = click.Context(command, parent=parent, info_name=name)
    return CommandHelp(
        name=context.command_path,
        synopsis=" ".join([context.command_path, *command.collect_usage_pieces(context)]),
        paragraphs=tuple(" ".join(each.split()) for each in inspect.cleandoc(command.help or "").split("\n\n")),
        options=tuple(_options(command, context)),
        commands=tuple(_below(command, context)) if parent else (),
    )


def _below(command: click.Command, context: click.Context) -> Iterator[CommandHelp]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if found := command.get_command(context, name):
                yield command_help(found, name, context)


def _options(command: click.Command, context: click.Context) -> Iterator[CommandOption]:
    shared = command.get_help_option(context) if context.parent else None
    for parameter in command.get_params(context):
        # What an argument is stands in the text of its command: click before 8.5 has no other place for it.
        is_told = isinstance(parameter, click.Option) and parameter is not shared
        if is_told and (record := parameter.get_help_record(context)):
            yield CommandOption(*record)
