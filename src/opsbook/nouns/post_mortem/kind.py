"""Declare the noun of the post-mortems."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab
from opsbook.nouns.post_mortem.load import load
from opsbook.nouns.post_mortem.model import PostMortemHeader
from opsbook.nouns.post_mortem.pages import entries, pages
from opsbook.site.words import N_
from opsbook.source.schema import FileFormat

KIND = Kind(
    name="post_mortem",
    load=load,
    files=("post-mortems/",),
    endings=(".md",),
    prose=("post-mortems/",),
    schemas={"post-mortem": FileFormat("the front matter of post-mortems/<id>.md", PostMortemHeader)},
    nodes=(
        NodeKind(
            name="post-mortem",
            path=lambda post_mortem: f"post-mortems/{post_mortem.id}.md",
            index="post-mortems/index.md",
            text=lambda _graph, post_mortem: post_mortem.text,
        ),
    ),
    tabs=(Tab(title=N_("Incidents"), parts=("post-mortems",)),),
    pages=pages,
    entries=entries,
)
