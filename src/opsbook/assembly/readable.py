"""What a step of an onboarding track may lead to, with the text that a reader finds there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from opsbook.graph import Place
from opsbook.nouns.checklist.model import Item
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.guide.load import Guide
from opsbook.nouns.page.load import WrittenPage
from opsbook.nouns.post_mortem.model import PostMortem
from opsbook.nouns.runbook.findings import ParsedRunbook
from opsbook.nouns.runbook.load import LoadedRunbooks
from opsbook.nouns.track.load import ReadableTargets
from opsbook.nouns.track.model import Readable

T = TypeVar("T")


def targets(
    places: Mapping[str, Place],
    guides: Mapping[str, Guide] | None,
    written: Mapping[str, WrittenPage] | None,
    library: LoadedRunbooks,
    drawings: tuple[Drawing, ...] | None,
    post_mortems: Mapping[str, PostMortem] | None,
) -> ReadableTargets:
    """What there is to read, by kind; None for a kind that could not be read."""
    return {
        "page": _readable(written, lambda page: Readable(page.title, page.markdown)),
        "item": None if guides is None else {id: _guide(place.item, guides) for id, place in places.items()},
        "runbook": None if library.problems else {each.runbook.id: _runbook(each) for each in library.sources},
        "drawing": None if drawings is None else {one.id: Readable(one.title, _words(one)) for one in drawings},
        "post-mortem": _readable(post_mortems, lambda each: Readable(each.title, each.text)),
    }


def _readable(loaded: Mapping[str, T] | None, text: Callable[[T], Readable]) -> Mapping[str, Readable] | None:
    return None if loaded is None else {id: text(each) for id, each in loaded.items()}


def _guide(item: Item, guides: Mapping[str, Guide]) -> Readable:
    guide = guides.get(item.id)
    return Readable(item.title, guide.markdown if guide else "")


def _runbook(source: ParsedRunbook) -> Readable:
    return Readable(source.runbook.title, source.page.body)


def _words(drawing: Drawing) -> str:
    return " ".join([drawing.title, drawing.description, *(thing.label for thing in drawing.things)])
