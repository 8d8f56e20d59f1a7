"""Write a runbook as plain Markdown: the text that "Copy all" copies, and the file beside the page.

In the page the text stands in an attribute, as JSON. Each command is null there, for which the page's script takes what
its frame shows, values included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import Markup

from opsbook.nouns.runbook.model import Command, Part, Risk, Role, Runbook
from opsbook.site.links import link_to
from opsbook.site.prose import SourceLinks, plain_prose
from opsbook.site.render import macro

_WARNINGS = {Risk.CHANGE: "This changes the system:", Risk.DESTROY: "This destroys what cannot be brought back:"}


def handout(runbook: Runbook, path: str, owner: str, links: SourceLinks) -> Markup:
    """Return the element that holds the text of `runbook`, whose page is `path` and whose owner is called `owner`."""
    texts = [None if isinstance(text, Command) else text for text in handout_texts(runbook, path, owner, links)]
    return macro("runbook/templates/commands.jinja", "handout")(json.dumps(texts, ensure_ascii=False))


def handout_texts(runbook: Runbook, path: str, owner: str, links: SourceLinks) -> Iterator[str | Command]:
    """Yield the pieces of the text: Markdown, and each command where its code belongs."""
    yield f"# [{runbook.title}]({link_to(path)})\n\n"
    yield f"{runbook.summary}\n\n" if runbook.summary else ""
    facts = (
        "draft" if runbook.is_draft else "",
        runbook.severity.value if runbook.severity else "",
        owner,
        f"reviewed {runbook.reviewed}" if runbook.reviewed else "",
        *([", ".join(runbook.alerts)] if runbook.alerts else []),
    )
    yield f"{' · '.join(filter(None, facts))}\n"
    if runbook.free_text:
        yield from _prose(runbook.free_text, path, links)
        return
    for section in runbook.sections:
        yield f"\n## {section.name.value}\n"
        yield from _prose(section.intro, path, links)
        for step in section.steps:
            yield f"\n### {step.number}. {step.title}\n"
            yield from _parts(step.parts, path, links)


def _parts(parts: tuple[Part, ...], path: str, links: SourceLinks) -> Iterator[str | Command]:
    role = Role.DO
    for part in parts:
        label = f"**{part.role.value.capitalize()}:** " if part.role is not role else ""
        role = part.role
        if isinstance(part, Command):
            yield from _command(part, label)
        else:
            yield from _prose(label + part.markdown, path, links)


def _prose(markdown: str, path: str, links: SourceLinks) -> Iterator[str | Command]:
    if markdown.strip():
        yield f"\n{plain_prose(markdown.strip(), path, links)}\n"


def _command(command: Command, label: str) -> Iterator[str | Command]:
    fence = _fence(command.code)
    warning = f"{label}{_WARNINGS.get(command.risk, '')}"
    yield f"\n{warning}\n\n" if warning else "\n"
    yield from (f"{fence}{command.language.value}\n", command, f"\n{fence}\n")
    if command.output:
        fence = _fence(command.output.text)
        yield f"\nYou should see:\n\n{fence}text\n{command.output.text}\n{fence}\n"


def _fence(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return "`" * (longest + 1)
