"""Define the macros that hand-written pages can call. Each takes its call site and returns what the page shows.

That is HTML which the page keeps, with a token in its place: so a call may stand in a paragraph, a table or an
admonition, and text from YAML stays text wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from opsbook.nouns.checklist.model import Owner, Place
from opsbook.nouns.checklist.model.subjects import OVERALL, badge_path, subjects
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.model.picture import inline_drawing
from opsbook.nouns.fact.model import Fact
from opsbook.nouns.macro.calls import CallSite, WrongCallError, check_id, check_word, look_up
from opsbook.nouns.macro.item_lists import items
from opsbook.nouns.macro.manual import commands, content_checks, file_keys, plugin_options
from opsbook.nouns.macro.service_tables import objectives, recovery
from opsbook.nouns.post_mortem.model import fill
from opsbook.nouns.runbook.model import AlertSeverity, Runbook, alert_address, alerts
from opsbook.nouns.service.model import Service
from opsbook.nouns.template.model import POST_MORTEM, Template
from opsbook.problems import did_you_mean
from opsbook.site.language import site_language


def progress_macro(here: CallSite, of: str = OVERALL) -> Markup:
    """Show how far something is: its title, its counts and a bar.

    Args:
        of: The id of an area, a group, a phase or an item with parts; the whole checklist when left out.

    Example:
        {{ progress() }}
    """
    subject = look_up(of, subjects(here.graph), "area, group, phase or item with parts")
    return here.show("progress", subject=subject)


def badge(here: CallSite, of: str = OVERALL) -> Markup:
    """Show a progress badge that links to what it stands for.

    Args:
        of: The id of an area or a phase; the whole checklist when left out.

    Example:
        {{ badge() }}
    """
    with_badge = {id: subject for id, subject in subjects(here.graph).items() if subject.has_badge}
    subject = look_up(of, with_badge, "area or phase")
    return here.show("badge", subject=subject, image=badge_path(of))


def runbooks(
    here: CallSite,
    service: str | None = None,
    severity: str | None = None,
    owner: str | None = None,
    item: str | None = None,
) -> Markup:
    """Show the runbooks that fit every filter, as a list of links.

    Args:
        service: The id of a service; runbooks that name no service are for any of them.
        severity: critical, warning or info.
        owner: The id of an owner.
        item: The id of a practice that the runbook belongs to.

    Example:
        {{ runbooks(severity="critical") }}
    """
    graph = here.graph
    check_id(service, (each.id for each in graph.all(Service)), "service")
    names = site_language(graph).names.of("severities")
    check_word(severity, (*names, *(each.value for each in AlertSeverity)), "severity")
    check_id(owner, graph.by_id(Owner), "owner")
    check_id(item, graph.by_id(Place), "item")
    found = [
        runbook
        for runbook in graph.all(Runbook)
        if (service is None or service in runbook.services or not runbook.services)
        and severity in (None, runbook.severity_name or None, runbook.severity and runbook.severity.value)
        and owner in (None, runbook.owner)
        and (item is None or item in runbook.items)
    ]
    return here.show("runbooks", runbooks=found)


def alert(here: CallSite, name: str) -> Markup:
    """Show the name of an alert, linked to the permanent address that leads to its runbook.

    Args:
        name: The name of the alert, as it stands in its rule.

    Example:
        {{ alert("KubePodCrashLooping") }}
    """
    known = alerts(here.graph)
    if not isinstance(name, str) or name not in known:
        raise WrongCallError(name, f"no runbook is for the alert `{name}`; {did_you_mean(str(name), known)}")
    return here.show("alert", name=name, runbook=known[name], address=alert_address(name))


def diagram(here: CallSite, id: str) -> Markup:
    """Show a drawing as a picture, with a link to its page.

    Args:
        id: The id of a drawing: the name of its script in `diagrams/` without `.py`.

    Example:
        {{ diagram("cicd-pipeline") }}
    """
    drawing = look_up(id, here.graph.by_id(Drawing), "drawing")
    return here.show("diagram", drawing=drawing, picture=inline_drawing(drawing, here.graph))


def fact(here: CallSite, id: str) -> Markup:
    """Show the value of a fact, linked to its source and its review on the page of the facts.

    Args:
        id: The id of a fact of `facts.yml`.

    Example:
        {{ fact("region") }}
    """
    return here.show("fact", fact=look_up(id, here.graph.by_id(Fact), "fact"))


def template(here: CallSite, name: str) -> Markup:
    """Show a text to start from, ready to copy.

    Args:
        name: `post-mortem`, or the name of a file in `docs/templates/` without `.md`.

    Example:
        {{ template("post-mortem") }}
    """
    text = look_up(name, here.graph.by_id(Template), "template").text
    if name == POST_MORTEM:
        text = fill(text, {})
    return here.show("template", text=text)


MACROS: Mapping[str, Callable[..., Markup]] = {
    "progress": progress_macro,
    "badge": badge,
    "items": items,
    "diagram": diagram,
    "runbooks": runbooks,
    "alert": alert,
    "fact": fact,
    "template": template,
    "objectives": objectives,
    "recovery": recovery,
    "file_keys": file_keys,
    "plugin_options": plugin_options,
    "content_checks": content_checks,
    "commands": commands,
}
"""The functions by the names that pages call them by. Their docstrings are shown on the page of the macros."""
