"""The pages of the post-mortems: all of them with their durations, each of them, what is still to do, the template."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from opsbook.graph import Handbook
from opsbook.nouns.post_mortem import durations
from opsbook.nouns.post_mortem.model import Action, ActionStatus, Moment, PostMortem
from opsbook.nouns.post_mortem.template import fill
from opsbook.nouns.template.load import POST_MORTEM
from opsbook.site import paths
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
    """An action, and the post-mortem that asks for it."""

    action: Action
    post_mortem: PostMortem


def post_mortem_pages(handbook: Handbook) -> tuple[Page, ...]:
    """Every page of the post-mortems."""
    each = (post_mortem_page(post_mortem, handbook) for post_mortem in handbook.post_mortems.values())
    return (index_page(handbook), *each, actions_page(handbook), template_page(handbook))


def post_mortem_entries(handbook: Handbook) -> NavEntry:
    """The post-mortems in the navigation, the newest first."""
    each = (NavEntry(plain(one.title), paths.post_mortem_path(one)) for one in handbook.post_mortems.values())
    more = (NavEntry("Open actions", paths.ACTIONS), NavEntry("Template", paths.POST_MORTEM_TEMPLATE))
    return NavEntry("Post-mortems", children=(NavEntry("Post-mortems", paths.POST_MORTEMS), *more, *each))


def index_page(handbook: Handbook) -> Page:
    """All post-mortems, the newest first, with their durations as pictures on one scale."""
    post_mortems = list(handbook.post_mortems.values())
    body = _render(
        "post_mortem/templates/post-mortems.md",
        paths.POST_MORTEMS,
        handbook,
        post_mortems=post_mortems,
        open=open_actions(handbook),
    )
    meta = {"hide": ["toc"], "description": "What failed, how long it took to notice and to mend, and what changed."}
    return Page(paths.POST_MORTEMS, "Post-mortems", body, meta)


def post_mortem_page(post_mortem: PostMortem, handbook: Handbook) -> Page:
    """The page of one post-mortem."""
    path = paths.post_mortem_path(post_mortem)
    sections = [(each, without_comments(each.markdown, line_end=True).strip()) for each in post_mortem.sections]
    body = _render(
        "post_mortem/templates/post-mortem.md",
        path,
        handbook,
        post_mortem=post_mortem,
        post_mortems=[post_mortem],
        sections=sections,
        timeline=timeline,
        due=[Due(action, post_mortem) for action in post_mortem.actions],
    )
    meta = {"description": plain(f"{post_mortem.title}: what happened, why, how long it took and what changed.")}
    return Page(path, plain(post_mortem.title), body, meta)


def actions_page(handbook: Handbook) -> Page:
    """What is still to do after all incidents, the first due first."""
    body = _render("post_mortem/templates/actions.md", paths.ACTIONS, handbook, due=open_actions(handbook))
    return Page(
        paths.ACTIONS, "Open actions", body, {"hide": ["toc"], "description": "What is still to do after incidents."}
    )


def template_page(handbook: Handbook) -> Page:
    """The template, to copy; the page of a runbook fills it."""
    text = handbook.templates[POST_MORTEM]
    body = _render(
        "post_mortem/templates/post-mortem-template.md",
        paths.POST_MORTEM_TEMPLATE,
        handbook,
        raw=text,
        blank=fill(text, {}),
    )
    return Page(paths.POST_MORTEM_TEMPLATE, "Post-mortem template", body, {"description": "The form of a post-mortem."})


def open_actions(handbook: Handbook) -> list[Due]:
    """The open actions of all post-mortems by their day."""
    due = [Due(action, one) for one in handbook.post_mortems.values() for action in one.actions if action.is_open]
    return sorted(due, key=lambda each: (each.action.due, each.action.title))


def timeline(moments: tuple[Moment, ...], keeper: Keeper) -> Markup:
    """The timeline as Markdown: a list a day, each entry with its time, which `keeper` keeps."""
    lines: list[str] = []
    for index, moment in enumerate(moments):
        if index == 0 or moment.time.date() != moments[index - 1].time.date():
            lines += ["", keeper.keep(_DAY.format(moment.time)), ""]
        about = "about " if moment.is_approximate else ""
        time = keeper.keep(_TIME.format(moment.time, about))
        lines.append(f"- {time} {handwritten(moment.text)}".replace("\n", "\n    "))
    return Markup("\n".join(lines).strip("\n"))  # noqa: S704 - Markdown of a hand-written file


def action_status(status: ActionStatus) -> Markup:
    """The sign of an action's status: the shape of the items' signs, its own word."""
    return Markup('<span class="ob-status ob-status--{}"><span class="ob-status__word">{}</span></span>').format(
        _SIGNS[status], status.value
    )


def _render(template: str, path: str, handbook: Handbook, **values: object) -> Body:
    return render(
        template, path, handbook=handbook, paths=paths, durations=durations, action_status=action_status, **values
    )
