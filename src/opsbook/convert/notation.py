"""Read and write the parts of a checklist as lines of Markdown: boxes, states, icons, phases.

`- [ ] Set up backups (in progress)` is an item that is `doing`; `(waived until 2027-01-31: no such data)` waives it;
`### Phase 2: Deployment (Week 3-4)` is a phase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from opsbook.convert.inline import MAX_LENGTH, read_inline, write_inline
from opsbook.nouns.checklist.model import MAX_WEEK, Item, ItemWaiver, Status

_DOING = re.compile(r"(?<!\s)\s+\(in progress\)$", re.IGNORECASE)
_WAIVED = re.compile(r"(?<!\s)\s+\(waived until (?P<until>\d{4}-\d{2}-\d{2}): ", re.IGNORECASE)
_STATE = re.compile(r"^\[.?\](?:\s|$)|\((?:in progress|waived until)\b", re.IGNORECASE)
_EMOJI = (
    r"(?:[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}"
    r"|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    r"\U0001f000-\U0001faff][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*)"
)
_ICON = re.compile(rf"(?P<icon>{_EMOJI}(?:\u200d?{_EMOJI})*)\s*(?P<title>\S.*)$")
_PHASE = re.compile(
    r"(?:phase|milestone|sprint|iteration)\s+(?P<number>\d{1,3}|[ivx]{1,5})\b\s*(?:[:.)\u2013\u2014-]\s*)?(?P<title>.*)$",
    re.IGNORECASE,
)
_HEADING_END = re.compile(r"(?:^|\s)#+$|\{[^{}]*\}$")
_WEEKS = re.compile(
    r"(?:(?<!\s)\s*+[(\[]|(?<![\s,:;\u2013\u2014-])[\s,:;\u2013\u2014-]++)\bweeks?\s+(?P<first>\d{1,3})"
    r"(?:\s*+(?:-|\u2010|\u2011|\u2013|\u2014|to|through)\s*(?P<last>\d{1,3}))?\s*+[)\]]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ItemLine:
    """The title of an item, the state that its line adds to the box, and the Markdown of the title."""

    title: str
    status: Status | None
    waiver: ItemWaiver | None
    source: str


@dataclass(frozen=True)
class PhaseHeading:
    """The title of a phase without its number, and its weeks such as `1-2`."""

    title: str
    number: str
    weeks: str | None


def read_line(source: str) -> ItemLine:
    """Return what the text after the box of an item says."""
    status, waiver = None, None
    found = _WAIVED.search(source) if source.endswith(")") else None
    if found and (reason := source[found.end() : -1]):
        waiver = _waiver(found["until"], reason)
    if waiver and found:
        status, source = Status.WAIVED, source[: found.start()]
    elif found := _DOING.search(source):
        status, source = Status.DOING, source[: found.start()]
    return ItemLine(read_inline(source).text, status, waiver, source)


def write_line(item: Item) -> str:
    """Return the box, the title and the state of `item`, without the list marker."""
    title = write_title(item.title)
    box = "[x]" if item.status is Status.DONE else "[ ]"
    if item.items or item.status in (Status.TODO, Status.DONE):
        return f"{box} {title}"
    if item.waiver:
        reason = write_inline(" ".join(line.strip() for line in item.waiver.reason.split("\n") if line.strip()))
        return f"{box} {title} (waived until {item.waiver.until.isoformat()}: {reason})"
    return f"{box} {title} (in progress)"


def write_title(title: str) -> str:
    """Return a title as the text of a list line; what would be read as its box or its state gets escapes."""
    source = write_inline(title, escape=bool(_STATE.search(title)))
    return f"&#{ord(source[0])};{source[1:]}" if source[0] in "\u2610\u2611\u2612" else source


def _waiver(until: str, reason: str) -> ItemWaiver | None:
    try:
        return ItemWaiver(until=date.fromisoformat(until), reason=read_inline(reason).text)
    except (ValueError, ValidationError):  # Not a day of the calendar: the words stay in the title.
        return None


def split_icon(source: str) -> tuple[str | None, str]:
    """Return the emoji that a heading starts with, if any, and the rest of it."""
    found = _ICON.match(source)
    if not found or len(found["icon"]) > 16:
        return None, source
    return found["icon"], found["title"]


def write_heading(title: str, icon: str | None = None) -> str:
    """Return the text of a heading. Where a title starts with an emoji, that is written as a character reference."""
    source = write_inline(title, escape=bool(_HEADING_END.search(title)))
    if split_icon(source)[0]:
        source = f"&#{ord(source[0])};{source[1:]}"
    return f"{icon} {source}" if icon else source


def read_phase(heading: str) -> PhaseHeading | None:
    """Return what `heading` says of a phase; None where it is not the heading of one."""
    found = _PHASE.match(heading) if len(heading) <= MAX_LENGTH else None
    if not found:
        return None
    title, weeks = found["title"].strip(), None
    if span := _WEEKS.search(title):
        first, last = int(span["first"]), int(span["last"] or span["first"])
        if 1 <= first <= last <= MAX_WEEK:
            title = title[: span.start()]
            weeks = f"{first}-{last}" if span["last"] else f"{first}"
    return PhaseHeading(title.strip() or f"Phase {found['number']}", found["number"], weeks)
