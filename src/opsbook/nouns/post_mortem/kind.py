"""Declare the noun of the post-mortems."""

from __future__ import annotations

from opsbook.nouns.kind import Kind, NodeKind, Tab, WrittenText
from opsbook.nouns.post_mortem.health import health
from opsbook.nouns.post_mortem.load import load
from opsbook.nouns.post_mortem.model import PostMortem, PostMortemHeader
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
            heading=N_("Incidents"),
            text=lambda _graph, post_mortem: post_mortem.text,
        ),
    ),
    tabs=(Tab(title=N_("Incidents"), parts=("post-mortems",)),),
    texts=lambda graph: (WrittenText(each.path) for each in graph.all(PostMortem)),
    health=health,
    pages=pages,
    entries=entries,
)
