"""List every noun in the order in which the site shows them. A new noun is a folder in `nouns`, named here."""

from __future__ import annotations

from collections.abc import Mapping

from opsbook.content.settings import FILE as CONTENT
from opsbook.content.settings import ContentSettings
from opsbook.nouns.alert.kind import KIND as ALERT
from opsbook.nouns.api.kind import KIND as API
from opsbook.nouns.checklist.kind import KIND as CHECKLIST
from opsbook.nouns.drawing.kind import KIND as DRAWING
from opsbook.nouns.guide.kind import KIND as GUIDE
from opsbook.nouns.kind import Kind, NodeKind
from opsbook.nouns.macro.kind import KIND as MACRO
from opsbook.nouns.page.kind import KIND as PAGE
from opsbook.nouns.post_mortem.kind import KIND as POST_MORTEM
from opsbook.nouns.runbook.kind import KIND as RUNBOOK
from opsbook.nouns.service.kind import KIND as SERVICE
from opsbook.nouns.template.kind import KIND as TEMPLATE
from opsbook.nouns.term.kind import KIND as TERM
from opsbook.nouns.track.kind import KIND as TRACK
from opsbook.secrets.model import Exemptions
from opsbook.source.schema import FileFormat

KINDS: tuple[Kind, ...] = (
    CHECKLIST,
    GUIDE,
    RUNBOOK,
    ALERT,
    SERVICE,
    API,
    DRAWING,
    PAGE,
    TEMPLATE,
    POST_MORTEM,
    TRACK,
    TERM,
    MACRO,
)

NODE_KINDS: Mapping[str, NodeKind] = {node.name: node for kind in KINDS for node in kind.nodes}

SCHEMAS: Mapping[str, FileFormat] = {
    **{name: file for kind in KINDS for name, file in kind.schemas.items()},
    "content": FileFormat(CONTENT, ContentSettings),
    "secrets": FileFormat(".secrets.yml", Exemptions),
}
"""Every kind of file with keys, by the name of its JSON Schema."""
