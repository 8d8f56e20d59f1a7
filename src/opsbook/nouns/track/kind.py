"""Declare the noun of the onboarding tracks."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.track.check import check
from opsbook.nouns.track.load import load
from opsbook.nouns.track.model import TrackHeader
from opsbook.nouns.track.pages import entries, pages
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="track",
    load=load,
    docs=("onboarding/",),
    schemas={"track": FileFormat("the front matter of docs/onboarding/<role>.md", TrackHeader)},
    nodes=(
        NodeKind(
            name="track",
            path=lambda track: f"onboarding/{track.id}.md",
            index="onboarding/index.md",
            heading=N_("Onboarding"),
        ),
    ),
    tabs=(Tab(title=N_("Onboarding"), parts=("onboarding",)),),
    check=check,
    check_after=("guide", "page", "runbook", "drawing", "post_mortem"),
    pages=pages,
    entries=entries,
)
