"""Make the page of the standards: their controls, what covers each of them, and what nothing covers."""

from __future__ import annotations

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Checklist, Place
from opsbook.nouns.checklist.model.coverage import coverage
from opsbook.site.language import site_language
from opsbook.site.page import Page
from opsbook.site.render import render
from opsbook.site.text import anchor

INDEX = "standards/index.md"


def control_path(control: str) -> str:
    """Return the place of the control with the id `control` on the page of the standards."""
    return f"{INDEX}#{anchor(control)}"


def standards_page(graph: Graph) -> Page:
    """Return the page with a table of controls for each standard."""
    checklist = graph.one(Checklist)
    body = render(
        "checklist/templates/standards.md",
        INDEX,
        graph,
        standards=coverage(checklist),
        places=graph.by_id(Place),
    )
    language = site_language(graph)
    description = language.gettext("The controls of standards, and the practices that cover each of them.")
    return Page(INDEX, language.gettext("Standards"), body, {"hide": ["toc"], "description": description})
