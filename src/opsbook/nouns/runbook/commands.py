"""Write a command in its frame, and its output, as HTML on one line."""

from __future__ import annotations

from markupsafe import Markup

from opsbook.nouns.runbook.model import Command, Language, Output, Risk
from opsbook.site.code import highlighted
from opsbook.site.render import macro

RISKS = {Risk.READ: "reads", Risk.CHANGE: "changes", Risk.DESTROY: "destroys"}
"""The word on the frame of a command. Its colour and shape come from the style sheet."""

_TEMPLATE = "runbook/templates/commands.jinja"


def command_html(command: Command) -> Markup:
    """Return a command in its frame: what it does to the system, and its text with the variables marked."""
    kind = "PromQL" if command.language is Language.PROMQL else ""
    code = highlighted(command.code, command.language.value, command.uses)
    return macro(_TEMPLATE, "command")(command.risk.value, RISKS[command.risk], command.language.value, kind, code)


def output_html(output: Output) -> Markup:
    """Return what a command prints."""
    return macro(_TEMPLATE, "output")(output.text)
