"""Make progress badges as SVG, and the same as shields.io endpoint JSON (<https://shields.io/badges/endpoint-badge>)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Checklist, Progress, progress
from opsbook.nouns.checklist.model.roadmap import phase_items
from opsbook.nouns.checklist.model.subjects import badge_path
from opsbook.site.language import SiteLanguage, site_language
from opsbook.site.page import Asset
from opsbook.site.render import whole_file
from opsbook.site.text import plain
from opsbook.site.tokens import BADGE_LABEL, BADGE_LEVELS, BADGE_TEXT

# Widths of DejaVu Sans at 11 pixels, as badges everywhere are measured, in classes of like width.
_WIDTHS = {**dict.fromkeys("fijlrtI.,:;'|!()[] ", 4.2), **dict.fromkeys("mwMWQO@%&", 9.6)}


def all_badges(graph: Graph) -> Iterator[Asset]:
    """Yield every badge, those of areas and phases under their former ids too: a picture cannot lead elsewhere."""
    drawn = tuple(badges(graph))
    yield from drawn
    checklist = graph.one(Checklist)
    aliases = {area.id: area.aliases for area in checklist.areas}
    aliases |= {phase.id: phase.aliases for phase in checklist.phases}
    for badge in drawn:
        folder, _, name = badge.path.rpartition("/")
        id, _, form = name.partition(".")
        yield from (Asset(f"{folder}/{alias}.{form}", badge.content) for alias in aliases.get(id, ()))


def badges(graph: Graph) -> Iterator[Asset]:
    """Yield the badges of the whole, of each area and of each phase."""
    checklist, language = graph.one(Checklist), site_language(graph)
    yield from _badge("overall", language.gettext("practices"), progress(checklist.walk()), language)
    for area in checklist.areas:
        yield from _badge(area.id, plain(area.title), progress(area.walk()), language)
    for phase in checklist.phases:
        yield from _badge(phase.id, plain(phase.title), progress(phase_items(checklist, phase)), language)


def _badge(id: str, label: str, counts: Progress, language: SiteLanguage) -> Iterator[Asset]:
    message = f"{counts.done}/{counts.total}"
    colour = next(colour for least, colour in BADGE_LEVELS if counts.percent >= least)
    yield Asset(badge_path(id), badge_svg(label, message, colour, language))
    endpoint = {"schemaVersion": 1, "label": label, "message": message, "color": colour.lstrip("#")}
    yield Asset(badge_path(id).replace(".svg", ".json"), json.dumps(endpoint, ensure_ascii=False) + "\n")


@dataclass(frozen=True)
class _Half:
    """A half of a badge: its text on `ground`, from `left` on."""

    text: str
    ground: str
    left: int = 0

    @property
    def width(self) -> int:
        return self.text_width + 12

    @property
    def text_width(self) -> int:
        return round(sum(map(_width, self.text)))

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def _width(character: str) -> float:
    return 11 if unicodedata.east_asian_width(character) in "WF" else _WIDTHS.get(character, 6.9)


def badge_svg(label: str, message: str, colour: str, language: SiteLanguage) -> str:
    """Return one badge: the label on a dark ground, the message on `colour`. Text is fitted to its box in any font."""
    left = _Half(label, BADGE_LABEL)
    right = _Half(message, colour, left.width)
    return whole_file("checklist/templates/badge.svg", language, label=left, message=right, ink=BADGE_TEXT)
