"""Choose which moves of a plan can be made in one go: nothing goes with what it stands in, or into what goes too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from opsbook.convert.merge.nodes import ListNodes
from opsbook.convert.merge.plan import Move


@dataclass
class MoveRound:
    """The moves that can be made in one go."""

    now: ListNodes
    moving: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)

    def takes(self, move: Move) -> bool:
        """Return whether `move` can be made too, and take it."""
        within = self.now.by_id[move.id].within
        around = {*self.now.path(move.id), *self.now.path(move.into), move.into}
        inside = set(self.now.walk(move.id))
        empties = within in self.targets and self.left[within] + 1 == self.items(within)
        is_emptied = self.left[move.into] and self.left[move.into] == self.items(move.into)
        if around & self.moving or inside & (self.moving | self.targets) or empties or is_emptied:
            return False
        self.moving.add(move.id)
        self.targets.add(move.into)
        self.left[within] += 1
        return True

    def items(self, id: str) -> int:
        """Return how many items stand right in what is called `id`."""
        return sum(self.now.by_id[each].kind == "item" for each in self.now.below.get(id, ()))
