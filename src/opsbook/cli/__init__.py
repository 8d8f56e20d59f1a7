"""Run the `opsbook` command. Mistakes in a user's files are printed on standard error, and the exit code is 1."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import click

from opsbook import __version__
from opsbook.cli.described import PROGRAM, command_help
from opsbook.nouns.macro.model import CommandHelp
from opsbook.problems import ProblemsError, Severity, counted

COMMANDS = {
    "alerts": "opsbook.cli.alerts:alerts_command",
    "bundle": "opsbook.cli.bundle:bundle_command",
    "check": "opsbook.cli.check:check_command",
    "diagram": "opsbook.cli.diagram:diagram_group",
    "export": "opsbook.cli.export:export_command",
    "facts": "opsbook.cli.facts:facts_command",
    "generate": "opsbook.cli.generate:generate_command",
    "import": "opsbook.cli.import_list:import_command",
    "new": "opsbook.cli.new:new_command",
    "post-mortem": "opsbook.cli.postmortem:postmortem_group",
    "publish": "opsbook.cli.publish:publish_command",
    "rollback": "opsbook.cli.publish:rollback_command",
    "runbook": "opsbook.cli.runbook:runbook_group",
    "schema": "opsbook.cli.export:schema_command",
}
"""The module and name of each command. It is imported only when it is called, so that every command starts quickly."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@dataclass
class Asked:
    """What the options before the command ask for."""

    debug: bool = False


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="opsbook")
@click.option("--debug", is_flag=True, help="Show where in opsbook itself a fault is that a file of yours laid open.")
@click.pass_obj
def group(asked: Asked, *, debug: bool) -> None:
    """Turn one DevOps checklist into a playbook site, and keep it true."""
    asked.debug = debug


def described() -> Mapping[str, Callable[[], CommandHelp]]:
    """Return, for each command by name, a function that returns its help; the program itself has the empty name."""
    context = click.Context(group, info_name=PROGRAM)

    def below(name: str) -> CommandHelp:
        command = group.get_command(context, name)
        assert command
        return command_help(command, name, context)

    return {"": lambda: command_help(group, PROGRAM), **{name: partial(below, name) for name in COMMANDS}}


def main() -> None:
    """Run the command line. Exits with 1 when a user's file has problems."""
    asked = Asked()
    try:
        group(prog_name=PROGRAM, obj=asked)
    except ProblemsError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
            if asked.debug and problem.trace:
                click.echo(problem.trace, err=True, nl=False)
        count = sum(problem.severity is Severity.ERROR for problem in error.problems)
        click.echo(f"{counted(count, 'problem')} found", err=True)
        sys.exit(1)
