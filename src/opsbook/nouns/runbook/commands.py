"""Write a command in its frame, and its output, as HTML on one line."""

from __future__ import annotations

from markupsafe import Markup

from opsbook.nouns.runbook.model import Command, Language, Output, Risk
from opsbook.site.code import highlighted
from opsbook.site.text import verbatim

RISKS = {Risk.READ: "reads", Risk.CHANGE: "changes", Risk.DESTROY: "destroys"}
"""The word on the frame of a command. Its colour and shape come from the style sheet."""

_FRAME = Markup(
    '<div class="ob-command ob-command--{risk} no-copy" data-ob-command="{risk}">'
    '<div class="ob-command__bar"><span class="ob-risk ob-risk--{risk}">{word}</span>{kind}</div>'
    '<div class="highlight"><pre><code>{code}</code></pre></div></div>'
)
_KIND = Markup('<span class="ob-command__kind">{}</span>')
_OUTPUT = Markup(
    '<div class="ob-output no-copy"><div class="ob-output__label">You should see</div><pre><code>{}</code></pre></div>'
)


def command_html(command: Command) -> Markup:
    """Return a command in its frame, which says what it does to the system, with its variables marked."""
    is_query = command.language is Language.PROMQL
    return _FRAME.format(
        risk=command.risk.value,
        word=RISKS[command.risk],
        kind=_KIND.format("PromQL") if is_query else Markup(""),
        code=highlighted(command.code, command.language.value, command.uses),
    )


def output_html(output: Output) -> Markup:
    """Return the output of a command. It is not to be copied, so it has no button."""
    return _OUTPUT.format(verbatim(output.text))
