"""Other people's mutators: radamsa, and Hypothesis for values that no file of ours holds."""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Iterator, Sequence

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

BATCH = 500
_WORDS = ("id", "title", "items", "ref", "$ref", "first", "cart", "trial", "2026-11-01", "~", "#/info", "critical")
_LEAVES = (st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.sampled_from(_WORDS))
_VALUES = st.recursive(
    st.one_of(*_LEAVES),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_WORDS) | st.text(), inner, max_size=4),
    max_leaves=8,
)
_EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.floats(0, 1),
        st.sampled_from(("value", "insert", "line", "repeat")),
        st.integers(1, 4),
        _VALUES,
    ),
    min_size=1,
    max_size=4,
)
_Edit = tuple[float, float, str, int, object]


def by_radamsa(corpus: Sequence[str], chance: random.Random) -> Iterator[bytes]:
    """Yield what radamsa makes of `corpus`. It comes with `pip install pyradamsa`."""
    radamsa = importlib.import_module("pyradamsa").Radamsa()
    while True:
        yield radamsa.fuzz(chance.choice(corpus).encode(), chance.getrandbits(48))


def by_hypothesis(corpus: Sequence[str], chance: random.Random) -> Iterator[bytes]:
    """Yield `corpus` with values of every shape and text of every script in place of what stands there."""
    while True:
        yield from (_edited(text, edits) for text, edits in _drawn(corpus, chance.getrandbits(48)))


def _drawn(corpus: Sequence[str], seed: int) -> Sequence[tuple[str, Sequence[_Edit]]]:
    batch: list[tuple[str, Sequence[_Edit]]] = []

    @seeded(seed)
    @settings(max_examples=BATCH, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(corpus), _EDITS)
    def note(text: str, edits: Sequence[_Edit]) -> None:
        batch.append((text, edits))

    note()
    return batch


def _edited(text: str, edits: Sequence[_Edit]) -> bytes:
    lines = text.split("\n")
    for down, across, how, times, value in edits:
        at = int(down * len(lines))
        column = int(across * len(lines[at]))
        said = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
        if how == "value":  # JSON is YAML, so the key holds another shape from now on.
            lines[at] = lines[at].partition(": ")[0] + ": " + json.dumps(value, default=str, ensure_ascii=False)
        elif how == "insert":
            lines[at] = lines[at][:column] + said * times + lines[at][column:]
        elif how == "line":
            lines[at] = said
        else:
            lines[at:at] = lines[at : at + times] * times
    return "\n".join(lines).encode("utf-8", "replace")
