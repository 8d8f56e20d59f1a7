"""Define what the page on the health of a handbook lists: topics, and what stands under each of them.

Every noun yields its own entries. A day is judged by the clock of the reader, since the same files make the same page
on any day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from opsbook.site.words import N_


@dataclass(frozen=True)
class TopicWords:
    """What the page says of a topic: its heading, what each entry means, and the sentence where there is none."""

    heading: str
    meaning: str
    none: str
    late: str = ""
    """The word beside an entry whose day has passed; empty where the entries have none."""


class Topic(Enum):
    """What may be wrong with a handbook, the gravest first."""

    ALERTS = TopicWords(
        N_("Alerts without a way to a runbook"),
        N_("Whoever is called by one of these does not get to the steps."),
        N_("Every alert of the rules leads to its runbook."),
    )
    REVIEWS = TopicWords(
        N_("Reviews"),
        N_("What is compared with the real system from time to time, by the day on which the next review is due."),
        N_("Nothing has a day of review."),
        late=N_("review due"),
    )
    ACTIONS = TopicWords(
        N_("Open actions"),
        N_("What is still to do after incidents, by the day on which it is due."),
        N_("No action of a post-mortem is open."),
        late=N_("overdue"),
    )
    WAIVERS = TopicWords(
        N_("Waivers"),
        N_("What is accepted for a time, by its last day."),
        N_("Nothing is waived."),
        late=N_("ended"),
    )
    OWNERS = TopicWords(
        N_("Missing owners"),
        N_("Nobody is named who looks after these."),
        N_("Everything has an owner."),
    )
    DRAFTS = TopicWords(
        N_("Drafts"),
        N_("Something is still missing in these."),
        N_("Nothing is a draft."),
    )
    UNPROVEN = TopicWords(
        N_("Done without evidence"),
        N_("These practices are said to be done, and name nothing that shows it."),
        N_("Every practice that is done names its evidence."),
    )
    ORPHANS = TopicWords(
        N_("Pages that nothing leads to"),
        N_("No navigation and no other page has a link to these; only the search finds them."),
        N_("Every page can be reached by a link."),
    )
    UNNAMED = TopicWords(
        N_("Runbooks that no alert leads to"),
        N_("These are found by what a person sees. Where an alert could tell first, name it under alerts."),
        N_("Every runbook is for an alert."),
    )


@dataclass(frozen=True, kw_only=True)
class HealthEntry:
    """Something that a person should look at, where it is shown, and where it is written."""

    topic: Topic
    title: str
    target: str = ""
    """The source address of its page; empty where it has none."""
    file: str
    line: int = 0
    """The line of `file`; 0 where it is the whole file."""
    note: str = ""
    """A message of the catalogs that says more."""
    details: tuple[str, ...] = ()
    """What somebody wrote that says more, each on its own."""
    rank: int = 0
    """The lowest is the gravest, among entries of one day or of a topic without days."""
    day: date | None = None
    """The last day on which all is well."""
    since: date | None = None
    """The day from which it is there."""
