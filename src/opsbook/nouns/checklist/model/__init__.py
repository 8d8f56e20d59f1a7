"""The model of the checklist: areas, groups, items and phases, the place of each item, and the overall progress."""

from opsbook.nouns.checklist.model.counting import Progress, progress
from opsbook.nouns.checklist.model.items import (
    FILE,
    MAX_WEEK,
    RESERVED_IDS,
    Area,
    Checklist,
    Day,
    Evidence,
    Goal,
    Group,
    Item,
    ItemWaiver,
    Owner,
    Phase,
    Status,
    Weeks,
)
from opsbook.nouns.checklist.model.places import Place, find_places, item_owner

__all__ = [
    "FILE",
    "MAX_WEEK",
    "RESERVED_IDS",
    "Area",
    "Checklist",
    "Day",
    "Evidence",
    "Goal",
    "Group",
    "Item",
    "ItemWaiver",
    "Owner",
    "Phase",
    "Place",
    "Progress",
    "Status",
    "Weeks",
    "find_places",
    "item_owner",
    "progress",
]
