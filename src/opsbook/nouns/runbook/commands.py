"""Write a command in its frame, and its output, as HTML on one line."""

from __future__ import annotations

from markupsafe import Markup

from opsbook.nouns.runbook.model import Command, Language, Output, Risk
from opsbook.site.code import highlighted
from opsbook.site.language import SiteLanguage
from opsbook.site.render import macro
from opsbook.site.words import N_

RISKS = {Risk.READ: N_("reads"), Risk.CHANGE: N_("changes"), Risk.DESTROY: N_("destroys")}
"""The word on the frame of a command. Its colour and shape come from the style sheet."""

_TEMPLATE = "runbook/templates/commands.jinja"


def command_html(command: Command, language: SiteLanguage) -> Markup:
    """Return a command in its frame: what it does to the system, and its text with the variables marked."""
    kind = "PromQL" if command.language is Language.PROMQL else ""
    code = highlighted(command.code, command.language.value, command.uses)
    risk = command.risk
    return macro(_TEMPLATE, "command", language)(risk.value, RISKS[risk], command.language.value, kind, code)


def output_html(output: Output, language: SiteLanguage) -> Markup:
    """Return what a command prints."""
    return macro(_TEMPLATE, "output", language)(output.text)
