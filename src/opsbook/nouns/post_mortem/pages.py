"""Make the list of post-mortems with their durations, the page of each, the open actions, and the template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from opsbook.graph import Graph
from opsbook.nouns.kind import Plan, one
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
from opsbook.nouns.template.model import POST_MORTEM, Template
from opsbook.site.kept import Body, Keeper
from opsbook.site.page import NavEntry, Page
from opsbook.site.render import render
from opsbook.site.text import handwritten, plain
from opsbook.source.comments import without_comments

_DAY = Markup('<p class="ob-events__day">{:%Y-%m-%d}</p>')
_TIME = Markup('<time datetime="{0:%Y-%m-%dT%H:%MZ}">{1}{0:%H:%M}</time>')
_SIGNS = {
    ActionStatus.OPEN: "todo",
    ActionStatus.DOING: "doing",
    ActionStatus.DONE: "done",
    ActionStatus.DROPPED: "waived",
}


@dataclass(frozen=True)
class Due:
    """An action, and the post-mortem that it belongs to."""

    action: Action
    post_mortem: PostMortem


def pages(graph: Graph) -> Iterator[Plan[Page]]:
    """Yield the list, each post-mortem, the open actions, and the template."""
    yield one(FOLDER, index_page, graph)
    for post_mortem in graph.all(PostMortem):
        yield one(post_mortem.path, post_mortem_page, post_mortem, graph)
    yield one(FOLDER, actions_page, graph)
    yield one(f"{FOLDER}/{TEMPLATE}", template_page, graph)


def entries(graph: Graph) -> Iterator[NavEntry]:
    """Yield the section of the navigation: the list, the actions, the template, then each, the newest first."""
    each = (NavEntry(plain(post_mortem.title), graph.path(post_mortem)) for post_mortem in graph.all(PostMortem))
    more = (NavEntry("Open actions", ACTIONS_PAGE), NavEntry("Template", TEMPLATE_PAGE))
    index = NavEntry("Post-mortems", graph.index("post-mortem"))
    yield NavEntry("Post-mortems", children=(index, *more, *each))


def index_page(graph: Graph) -> Page:
    """Return the list of post-mortems, the newest first, with their durations drawn to one scale."""
    post_mortems = list(graph.all(PostMortem))
    body = _render(
        "post_mortem/templates/post-mortems.md",
        graph.index("post-mortem"),
        graph,
        post_mortems=post_mortems,
        open=open_actions(graph),
    )
    meta = {"hide": ["toc"], "description": "What failed, how long it took to notice and to mend, and what changed."}
    return Page(graph.index("post-mortem"), "Post-mortems", body, meta)


def post_mortem_page(post_mortem: PostMortem, graph: Graph) -> Page:
    """Return the page of one post-mortem."""
    path = graph.path(post_mortem)
    sections = [(each, without_comments(each.markdown, line_end=True).strip()) for each in post_mortem.sections]
    body = _render(
        "post_mortem/templates/post-mortem.md",
        path,
        graph,
        post_mortem=post_mortem,
        post_mortems=[post_mortem],
        sections=sections,
        timeline=timeline,
        due=[Due(action, post_mortem) for action in post_mortem.actions],
    )
    meta = {"description": plain(f"{post_mortem.title}: what happened, why, how long it took and what changed.")}
    return Page(path, plain(post_mortem.title), body, meta)


def actions_page(graph: Graph) -> Page:
    """Return the page of all open actions, the first due first."""
    body = _render("post_mortem/templates/actions.md", ACTIONS_PAGE, graph, due=open_actions(graph))
    return Page(
        ACTIONS_PAGE, "Open actions", body, {"hide": ["toc"], "description": "What is still to do after incidents."}
    )


def template_page(graph: Graph) -> Page:
    """Return the page of the template, to copy; the page of a runbook fills it in."""
    text = graph.by_id(Template)[POST_MORTEM].text
    body = _render(
        "post_mortem/templates/post-mortem-template.md",
        TEMPLATE_PAGE,
        graph,
        raw=text,
        blank=fill(text, {}),
    )
    return Page(TEMPLATE_PAGE, "Post-mortem template", body, {"description": "The form of a post-mortem."})


def open_actions(graph: Graph) -> list[Due]:
    """Return the open actions of all post-mortems, sorted by the day on which they are due."""
    due = [Due(action, one) for one in graph.all(PostMortem) for action in one.actions if action.is_open]
    return sorted(due, key=lambda each: (each.action.due, each.action.title))


def timeline(moments: tuple[Moment, ...], keeper: Keeper) -> Markup:
    """Return the timeline as Markdown: a list for each day, each entry with its time, which `keeper` keeps."""
    lines: list[str] = []
    for index, moment in enumerate(moments):
        if index == 0 or moment.time.date() != moments[index - 1].time.date():
            lines += ["", keeper.keep(_DAY.format(moment.time)), ""]
        about = "about " if moment.is_approximate else ""
        time = keeper.keep(_TIME.format(moment.time, about))
        lines.append(f"- {time} {handwritten(moment.text)}".replace("\n", "\n    "))
    return Markup("\n".join(lines).strip("\n"))  # noqa: S704 - Markdown of a hand-written file


def action_status(status: ActionStatus) -> Markup:
    """Return the mark of an action's status, with the shape of an item's status and its own word."""
    return Markup('<span class="ob-status ob-status--{}"><span class="ob-status__word">{}</span></span>').format(
        _SIGNS[status], status.value
    )


def _render(template: str, path: str, graph: Graph, **values: object) -> Body:
    return render(
        template,
        path,
        graph,
        actions_page=ACTIONS_PAGE,
        template_page=TEMPLATE_PAGE,
        durations=durations,
        action_status=action_status,
        **values,
    )
