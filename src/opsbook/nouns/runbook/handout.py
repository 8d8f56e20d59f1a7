"""Write a runbook as plain Markdown: the text that "Copy all" copies, and the file beside the page.

In the page the text stands in an attribute, as JSON. Each command is null there, for which the page's script takes what
its frame shows, values included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Owner
from opsbook.nouns.runbook.model import Command, Part, Risk, Role, Runbook
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.links import link_to
from opsbook.site.prose import SourceLinks, plain_prose
from opsbook.site.render import macro
from opsbook.site.text import plain
from opsbook.site.words import N_

ROLES = {Role.VERIFY: N_("Verify:"), Role.UNDO: N_("Undo:")}
"""What stands before a part of a step that is not what to do."""
_WARNINGS = {
    Risk.CHANGE: N_("This changes the system:"),
    Risk.DESTROY: N_("This destroys what cannot be brought back:"),
}


def handout(runbook: Runbook, path: str, graph: Graph, links: SourceLinks) -> Markup:
    """Return the element that holds the text of `runbook`, whose page is `path`."""
    texts = [None if isinstance(text, Command) else text for text in handout_texts(runbook, path, graph, links)]
    return macro("runbook/templates/commands.jinja", "handout")(json.dumps(texts, ensure_ascii=False))


def handout_texts(runbook: Runbook, path: str, graph: Graph, links: SourceLinks) -> Iterator[str | Command]:
    """Yield the pieces of the text: Markdown, and each command where its code belongs."""
    language, owner = site_language(graph), graph.by_id(Owner).get(runbook.owner or "")
    day = language.date(runbook.reviewed) if runbook.reviewed else ""
    reviewed = language.gettext("reviewed %(day)s", day=day) if day else ""
    yield f"# [{runbook.title}]({link_to(path)})\n\n"
    yield f"{runbook.summary}\n\n" if runbook.summary else ""
    facts = (
        language.gettext("draft") if runbook.is_draft else "",
        runbook.severity_name or plain_name(runbook, language),
        plain(owner.title) if owner else "",
        reviewed,
        *([", ".join(runbook.alerts)] if runbook.alerts else []),
    )
    yield f"{' · '.join(filter(None, facts))}\n"
    if runbook.free_text:
        yield from _prose(runbook.free_text, path, links)
        return
    for section in runbook.sections:
        is_own = section.heading not in ("", section.name.value)
        yield f"\n## {section.heading if is_own else language.gettext(section.name.value)}\n"
        yield from _prose(section.intro, path, links)
        for step in section.steps:
            yield f"\n### {step.number}. {step.title}\n"
            yield from _parts(step.parts, path, links, language)


def plain_name(runbook: Runbook, language: SiteLanguage) -> str:
    """Return what the site calls the severity of `runbook`."""
    if not runbook.severity:
        return ""
    word = runbook.severity.value
    return language.names.shown("severities", word) or language.gettext(word)


def _parts(parts: tuple[Part, ...], path: str, links: SourceLinks, language: SiteLanguage) -> Iterator[str | Command]:
    role = Role.DO
    for part in parts:
        is_new = part.role is not role and part.role in ROLES
        label = f"**{language.gettext(ROLES[part.role])}** " if is_new else ""
        role = part.role
        if isinstance(part, Command):
            yield from _command(part, label, language)
        else:
            yield from _prose(label + part.markdown, path, links)


def _prose(markdown: str, path: str, links: SourceLinks) -> Iterator[str | Command]:
    if markdown.strip():
        yield f"\n{plain_prose(markdown.strip(), path, links)}\n"


def _command(command: Command, label: str, language: SiteLanguage) -> Iterator[str | Command]:
    fence = _fence(command.code)
    warning = f"{label}{language.gettext(_WARNINGS[command.risk]) if command.risk in _WARNINGS else ''}"
    yield f"\n{warning}\n\n" if warning else "\n"
    yield from (f"{fence}{command.language.value}\n", command, f"\n{fence}\n")
    if command.output:
        fence = _fence(command.output.text)
        yield f"\n{language.gettext('You should see:')}\n\n{fence}text\n{command.output.text}\n{fence}\n"


def _fence(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return "`" * (longest + 1)
