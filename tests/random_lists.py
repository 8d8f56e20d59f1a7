"""Lists at random, edits of them as their authors make them, and checklists as teams write them by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

WORDS = [
    "backup",
    "restore",
    "alert",
    "route",
    "encrypt",
    "disk",
    "network",
    "token",
    "rotate",
    "review",
    "deploy",
    "canary",
    "budget",
    "latency",
    "replica",
    "quota",
    "cluster",
    "secret",
    "audit",
    "release",
    "owner",
    "dashboard",
    "trace",
    "probe",
    "schema",
    "migrate",
    "cache",
    "queue",
    "retry",
    "timeout",
    "limit",
]
MARGINS = ("  ", "    ")


@dataclass(frozen=True)
class Line:
    """An item of a list elsewhere, with those below it."""

    title: str
    below: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with its items."""

    title: str
    lines: tuple[Line, ...]


Sections = tuple[Section, ...]


def title(dice: random.Random) -> str:
    words = dice.sample(WORDS, dice.randint(3, 6))
    return " ".join(words).capitalize()


def random_list(dice: random.Random) -> Sections:
    def line(depth: int) -> Line:
        count = dice.choice((0, 0, 0, 2)) if depth < 2 else 0
        return Line(title(dice), tuple(line(depth + 1) for _ in range(count)))

    return tuple(
        Section(f"{title(dice)} {number}", tuple(line(0) for _ in range(dice.randint(1, 6))))
        for number in range(dice.randint(1, 4))
    )


def markdown(sections: Sections) -> str:
    def lines(entries: tuple[Line, ...], margin: str) -> Iterator[str]:
        for entry in entries:
            yield f"{margin}- [ ] {entry.title}"
            yield from lines(entry.below, margin + "  ")

    parts = ["# The list", ""]
    for section in sections:
        parts += [f"## {section.title}", "", *lines(section.lines, ""), ""]
    return "\n".join(parts)


def next_version(sections: Sections, dice: random.Random) -> Sections:
    """The list after some edits of its authors."""
    for _ in range(dice.randint(1, 6)):
        sections = _edited(sections, dice)
    return sections


def _edited(sections: Sections, dice: random.Random) -> Sections:
    at = dice.randrange(len(sections))
    section, lines = sections[at], list(sections[at].lines)
    kind = dice.choice(("reword", "reword", "add", "add", "remove", "move", "swap", "section", "retitle", "nest"))
    if kind == "section":
        return (*sections, Section(f"{title(dice)} new", (Line(title(dice)),)))
    if kind == "retitle":
        return (*sections[:at], replace(section, title=f"{section.title} again"), *sections[at + 1 :])
    if kind == "add" or not lines:
        lines.insert(dice.randint(0, len(lines)), Line(title(dice)))
    elif kind == "reword":
        spot = dice.randrange(len(lines))
        lines[spot] = replace(lines[spot], title=f"{lines[spot].title} {dice.choice(WORDS)}")
    elif kind == "remove" and len(lines) > 1:
        lines.pop(dice.randrange(len(lines)))
    elif kind == "swap":
        dice.shuffle(lines)
    elif kind == "nest":
        spot = dice.randrange(len(lines))
        lines[spot] = replace(lines[spot], below=(*lines[spot].below, Line(title(dice))))
    elif kind == "move" and len(sections) > 1 and len(lines) > 1:
        other = (at + 1) % len(sections)
        moved = lines.pop(dice.randrange(len(lines)))
        target = replace(sections[other], lines=(*sections[other].lines, moved))
        sections = (*sections[:other], target, *sections[other + 1 :])
    return (*sections[:at], replace(section, lines=tuple(lines)), *sections[at + 1 :])


@dataclass
class Team:
    """What a team makes of its `checklist.yml`: a tree as YAML has it, and the comments that stand in the text."""

    tree: dict[str, Any]
    dice: random.Random
    comments: list[str] = field(default_factory=list)
    numbers: int = 0

    def edit(self) -> None:
        for _ in range(self.dice.randint(1, 8)):
            self._edit_once()

    def items(self) -> list[tuple[list[dict[str, Any]], dict[str, Any]]]:
        found: list[tuple[list[dict[str, Any]], dict[str, Any]]] = []

        def walk(entries: list[dict[str, Any]]) -> None:
            for entry in entries:
                found.append((entries, entry))
                walk(entry.get("items", []))

        for area in self.tree["areas"]:
            walk(area.get("items", []))
            for group in area.get("groups", []):
                walk(group.get("items", []))
        return found

    def _edit_once(self) -> None:
        items = self.items()
        if not items:
            return
        within, item = self.dice.choice(items)
        self.numbers += 1
        kind = self.dice.choice(
            ("status", "status", "evidence", "owner", "title", "id", "delete", "own", "regroup", "tag")
        )
        if kind == "status" and not item.get("items"):
            item["status"] = self.dice.choice(("done", "doing", "todo"))
        elif kind == "evidence":
            item["evidence"] = [{"url": f"https://example.org/{self.numbers}", "note": "seen"}]
        elif kind == "owner":
            item["owner"] = "team"
        elif kind == "title":
            item["title"] = f"{title(self.dice)}: as we say, {self.numbers}"
        elif kind == "id":
            item["aliases"] = [*item.get("aliases", []), item["id"]]
            item["id"] = f"own-{self.numbers}"
        elif kind == "delete" and len(within) > 1:
            within.remove(item)
        elif kind == "own":
            within.append({"id": f"ours-{self.numbers}", "title": f"Of our own {self.numbers}", "status": "doing"})
        elif kind == "tag":
            item["tags"] = [f"tag-{self.numbers}"]
        elif kind == "regroup" and len(within) > 1 and len(self.tree["areas"]) > 1:
            within.remove(item)
            self.dice.choice(self.tree["areas"]).setdefault("items", []).append(item)

    def text(self) -> str:
        """The tree in some style: margins, quotes, brackets, blank lines and comments of all kinds."""
        dice, lines = self.dice, ["title: The list # ours", "owners:", "- {id: team, title: Team}"]
        self.comments.append("# ours")
        lines += [f"upstream: {json.dumps(self.tree['upstream'])}", "", "areas:"]
        self.step = dice.choice(("", "  ", "    "))
        for area in self.tree["areas"]:
            lines += [*self._entry(area, self.step), *[""] * dice.randint(0, 1)]
        end = dice.choice(("\n", "\r\n"))
        mark = dice.choice(("", "\ufeff"))
        return mark + end.join(lines) + dice.choice(("", end))

    def _comment(self) -> str:
        self.comments.append(f"# note {len(self.comments)}.")
        return self.comments[-1]

    def _entry(self, entry: dict[str, Any], margin: str) -> Iterator[str]:
        dice = self.dice
        if dice.random() < 0.1:
            yield margin + self._comment()
        if dice.random() < 0.1 and "title" in entry and not entry.get("groups"):
            yield f"{margin}- {json.dumps(entry, ensure_ascii=False)}"
            return
        inner, first = margin + "  ", True
        for key, value in entry.items():
            lead = f"{margin}- " if first else inner
            first = False
            if key in ("items", "groups"):
                if not value:
                    continue
                yield f"{lead}{key}:"
                for each in value:
                    yield from self._entry(each, inner + self.step)
            elif isinstance(value, str):
                tail = f"  {self._comment()}" if dice.random() < 0.1 else ""
                blanks = dice.choice((" ", " ", "   "))
                yield f"{lead}{key}:{blanks}{self._scalar(value)}{tail}"
            elif value and isinstance(value[0], dict):
                yield f"{lead}{key}:"
                yield from (f"{inner}  - {json.dumps(each)}" for each in value)
            else:
                yield f"{lead}{key}: [{', '.join(value)}]"
        if dice.random() < 0.1:
            yield ""

    def _scalar(self, value: str) -> str:
        forms = [json.dumps(value), "'" + value.replace("'", "''") + "'"]
        if ":" not in value:
            forms += [value, value]
        return self.dice.choice(forms)
