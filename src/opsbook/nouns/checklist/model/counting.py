"""Items in, counts out. Every badge, bar and number of the site comes from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from opsbook.nouns.checklist.model.items import Item, Status


@dataclass(frozen=True)
class Progress:
    """How many items have each status. A waived item is left out of `total`, also when its waiver has ended.

    The same files make the same numbers on any day: a badge that falls overnight, with nothing changed, would tell
    whoever looks that work was undone. That a waiver has ended is said beside the item, by the reader's clock.
    """

    done: int = 0
    doing: int = 0
    todo: int = 0
    waived: int = 0

    @property
    def total(self) -> int:
        """What there is to do: all items but the waived ones."""
        return self.done + self.doing + self.todo

    @property
    def percent(self) -> int:
        """Whole per cent done, rounded down so that 100 means all of it. Nothing to do is 100."""
        return 100 * self.done // self.total if self.total else 100

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.total

    @property
    def status(self) -> Status:
        """The whole as one status."""
        if self.is_complete:
            return Status.DONE if self.total else Status.WAIVED
        return Status.DOING if self.done or self.doing else Status.TODO


def progress(items: Iterable[Item]) -> Progress:
    """The counts of `items`, each counted once as it is given; pass `area.walk()` to count sub-items too."""
    counts = Counter(item.status for item in items)
    return Progress(
        done=counts[Status.DONE],
        doing=counts[Status.DOING],
        todo=counts[Status.TODO],
        waived=counts[Status.WAIVED],
    )
