"""The model of the checklist: areas, groups, items and phases, the place of each item, and the overall progress."""

from opsbook.nouns.checklist.model.counting import Progress, progress
from opsbook.nouns.checklist.model.items import Area, Group, Item
from opsbook.nouns.checklist.model.names import RESERVED_IDS
from opsbook.nouns.checklist.model.phases import MAX_WEEK, Goal, Phase, Weeks
from opsbook.nouns.checklist.model.places import Place, find_places, item_owner
from opsbook.nouns.checklist.model.state import Day, Evidence, ItemWaiver, Status
from opsbook.nouns.checklist.model.traits import Control, ItemLink, Standard
from opsbook.nouns.checklist.model.upstream import UpstreamList
from opsbook.nouns.checklist.model.whole import FILE, Checklist, Owner

__all__ = [
    "FILE",
    "MAX_WEEK",
    "RESERVED_IDS",
    "Area",
    "Checklist",
    "Control",
    "Day",
    "Evidence",
    "Goal",
    "Group",
    "Item",
    "ItemLink",
    "ItemWaiver",
    "Owner",
    "Phase",
    "Place",
    "Progress",
    "Standard",
    "Status",
    "UpstreamList",
    "Weeks",
    "find_places",
    "item_owner",
    "progress",
]
