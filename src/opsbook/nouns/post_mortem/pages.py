"""Write the pages of the post-mortems: the list with durations, each of them, what is still to do, the template."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from opsbook.graph import Graph
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.page.model import source_links
from opsbook.nouns.post_mortem import durations
from opsbook.nouns.post_mortem.load import FOLDER
from opsbook.nouns.post_mortem.model import (
    ACTIONS_PAGE,
    TEMPLATE,
    TEMPLATE_PAGE,
    Action,
    ActionStatus,
    Moment,
    PostMortem,
    fill,
)
from opsbook.nouns.runbook.model import Runbook
from opsbook.nouns.template.model import POST_MORTEM, Template
from opsbook.site.kept import Body
from opsbook.site.language import site_language
from opsbook.site.page import NavEntry, Page
from opsbook.site.prose import site_links
from opsbook.site.related import related
from opsbook.site.render import render
from opsbook.site.text import plain
from opsbook.source.comments import without_comments

ACTION_SIGNS = {
    ActionStatus.OPEN: "todo",
    ActionStatus.DOING: "doing",
    ActionStatus.DONE: "done",
    ActionStatus.DROPPED: "waived",
}
"""The status of items whose sign the status of an action has."""


@dataclass(frozen=True)
class Due:
    """An action, and the post-mortem that it belongs to."""

    action: Action
    post_mortem: PostMortem


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the list, each post-mortem and the open actions, and the template where somebody could need it."""
    if graph.all(PostMortem):
        yield one(FOLDER, index_page, graph)
        yield one(FOLDER, actions_page, graph)
    for post_mortem in graph.all(PostMortem):
        yield one(post_mortem.path, post_mortem_page, post_mortem, graph)
    if needs_template(graph):
        yield one(f"{FOLDER}/{TEMPLATE}", template_page, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: the list, the actions, the template, then each, the newest first."""
    each = (NavEntry(plain(post_mortem.title), graph.path(post_mortem)) for post_mortem in graph.all(PostMortem))
    language = site_language(graph)
    more = (
        NavEntry(language.gettext("Open actions"), ACTIONS_PAGE),
        NavEntry(language.gettext("Template"), TEMPLATE_PAGE),
    )
    index = NavEntry(language.gettext("Post-mortems"), graph.index("post-mortem"))
    if graph.all(PostMortem):
        yield NavEntry(language.gettext("Post-mortems"), children=(index, *more, *each))
    elif needs_template(graph):
        yield NavEntry(language.gettext("Post-mortem template"), TEMPLATE_PAGE)


def needs_template(graph: Graph) -> bool:
    """Return whether the site shows the template: where there are post-mortems, or runbooks, which lead to it."""
    return bool(graph.all(PostMortem) or graph.all(Runbook))


def index_page(graph: Graph) -> Page:
    """Return the page of all post-mortems, the newest first, with their durations as pictures on one scale."""
    post_mortems = list(graph.all(PostMortem))
    body = _render(
        "post_mortem/templates/post-mortems.md",
        graph.index("post-mortem"),
        graph,
        post_mortems=post_mortems,
        open=open_actions(graph),
    )
    language = site_language(graph)
    description = language.gettext("What failed, how long it took to notice and to mend, and what changed.")
    meta = {"hide": ["toc"], "description": description}
    return Page(graph.index("post-mortem"), language.gettext("Post-mortems"), body, meta)


def post_mortem_page(post_mortem: PostMortem, graph: Graph) -> Page:
    """Return the page of one post-mortem."""
    path, links = graph.path(post_mortem), source_links(post_mortem.path, graph)
    texts = [without_comments(each.markdown, line_end=True).strip() for each in post_mortem.sections]
    sections = list(zip(post_mortem.sections, (site_links(text, path, links) for text in texts), strict=True))
    body = _render(
        "post_mortem/templates/post-mortem.md",
        path,
        graph,
        post_mortem=post_mortem,
        post_mortems=[post_mortem],
        sections=sections,
        timeline=days(post_mortem.timeline),
        due=[Due(action, post_mortem) for action in post_mortem.actions],
    )
    description = site_language(graph).gettext(
        "%(title)s: what happened, why, how long it took and what changed.", title=post_mortem.title
    )
    meta = {"description": plain(description), "related": related(post_mortem, graph)}
    return Page(path, plain(post_mortem.title), body, meta)


def actions_page(graph: Graph) -> Page:
    """Return the page of what is still to do after all incidents, the first due first."""
    body = _render("post_mortem/templates/actions.md", ACTIONS_PAGE, graph, due=open_actions(graph))
    language = site_language(graph)
    meta = {"hide": ["toc"], "description": language.gettext("What is still to do after incidents.")}
    return Page(ACTIONS_PAGE, language.gettext("Open actions"), body, meta)


def template_page(graph: Graph) -> Page:
    """Return the page with the template, to copy; the page of a runbook fills it."""
    text = graph.by_id(Template)[POST_MORTEM].text
    body = _render(
        "post_mortem/templates/post-mortem-template.md",
        TEMPLATE_PAGE,
        graph,
        raw=text,
        blank=fill(text, {}),
    )
    language = site_language(graph)
    meta = {"description": language.gettext("The form of a post-mortem.")}
    return Page(TEMPLATE_PAGE, language.gettext("Post-mortem template"), body, meta)


def open_actions(graph: Graph) -> list[Due]:
    """Return the open actions of all post-mortems by their day."""
    due = [Due(action, one) for one in graph.all(PostMortem) for action in one.actions if action.is_open]
    return sorted(due, key=lambda each: (each.action.due, each.action.title))


def days(moments: tuple[Moment, ...]) -> list[tuple[date, list[Moment]]]:
    """Return the moments of a timeline, each run of one day together."""
    return [(day, list(run)) for day, run in itertools.groupby(moments, key=lambda moment: moment.time.date())]


def _render(template: str, path: str, graph: Graph, **values: object) -> Body:
    return render(
        template,
        path,
        graph,
        actions_page=ACTIONS_PAGE,
        template_page=TEMPLATE_PAGE,
        durations=durations,
        action_signs=ACTION_SIGNS,
        **values,
    )
