"""Count items by status. Every badge, bar and number of the site comes from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from opsbook.nouns.checklist.model.items import Item
from opsbook.nouns.checklist.model.state import Status


@dataclass(frozen=True)
class Progress:
    """The number of items in each status. A waived item is left out of `total`, even when its waiver has ended.

    The same files make the same numbers on any day: a badge that falls overnight, with nothing changed, would tell its
    readers that work was undone. That a waiver has ended is shown beside the item, by the reader's clock.
    """

    done: int = 0
    doing: int = 0
    todo: int = 0
    waived: int = 0

    @property
    def total(self) -> int:
        """Return the number of all items but the waived ones."""
        return self.done + self.doing + self.todo

    @property
    def percent(self) -> int:
        """Return the percentage of items done, rounded down so that only all of them make 100; 100 without any."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def is_complete(self) -> bool:
        """Return whether nothing is left to do."""
        return self.done == self.total

    @property
    def status(self) -> Status:
        """Return the status of the items taken together."""
        if self.is_complete:
            return Status.DONE if self.total else Status.WAIVED
        return Status.DOING if self.done or self.doing else Status.TODO


def progress(items: Iterable[Item]) -> Progress:
    """Return the counts of `items`. Sub-items count only where they are given: `area.walk()` yields them too."""
    counts = Counter(item.status for item in items)
    return Progress(
        done=counts[Status.DONE],
        doing=counts[Status.DOING],
        todo=counts[Status.TODO],
        waived=counts[Status.WAIVED],
    )
