"""Define the ids of the checklist, and how its fields name an owner."""

from __future__ import annotations

from typing import Annotated

from opsbook.source.fields import Slug
from opsbook.source.references import Former, Names

SPACE = "checklist"
"""Ids of areas, groups, items and phases are unique together: `goals` and badges name any of them."""

RESERVED_IDS = ("overall", "index")
"""Names that the site itself uses in addresses in place of ids."""

FormerItemId = Annotated[Slug, Former("item", space=SPACE, reserved=RESERVED_IDS)]
OwnerName = Annotated[Slug, Names("owner")]
