"""The model of a post-mortem: its front matter, sections and timeline, and the template to start from."""

from opsbook.nouns.post_mortem.model.incident import (
    ACTIONS_PAGE,
    SECTIONS,
    STAGES,
    TEMPLATE_PAGE,
    Action,
    ActionStatus,
    CitedSource,
    IncidentSeverity,
    Moment,
    PostMortem,
    PostMortemHeader,
    PostMortemSection,
    Times,
    parse_utc,
)
from opsbook.nouns.post_mortem.model.template import FIELDS, TEMPLATE, fill, load_template, quoted, template_messages

__all__ = [
    "ACTIONS_PAGE",
    "FIELDS",
    "SECTIONS",
    "STAGES",
    "TEMPLATE",
    "TEMPLATE_PAGE",
    "Action",
    "ActionStatus",
    "CitedSource",
    "IncidentSeverity",
    "Moment",
    "PostMortem",
    "PostMortemHeader",
    "PostMortemSection",
    "Times",
    "fill",
    "load_template",
    "parse_utc",
    "quoted",
    "template_messages",
]
