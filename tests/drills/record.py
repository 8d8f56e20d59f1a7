"""What a drill has run: the page, the step, the command, how it went; as lines to read and as a page to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Result(Enum):
    """How an entry went."""

    AS_SHOWN = "as the page shows"
    DONE = "done; the page shows no output"
    HOLDS = "holds"
    FAILED = "FAILED"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Entry:
    """One command of a page, or one thing that has to hold after it."""

    scenario: str
    place: str
    step: str
    command: str
    result: Result
    detail: str = ""


@dataclass
class Record:
    """All entries of a run, and the versions of what ran."""

    versions: Mapping[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Keep an entry, and print it in one line, or with what is wrong."""
        self.entries.append(entry)
        if entry.result is not Result.LEFT_OUT:
            print(f"{entry.place}  {entry.step}: {entry.result.value}", flush=True)
        if entry.result is Result.FAILED:
            print("\n".join(f"    {line}" for line in entry.detail.splitlines()), flush=True)

    def of(self, result: Result) -> Sequence[Entry]:
        """The entries with a result."""
        return [entry for entry in self.entries if entry.result is result]

    def summary(self) -> str:
        """One line: how many entries went how."""
        return ", ".join(f"{len(self.of(result))} {result.value}" for result in Result)

    def write(self, file: Path) -> None:
        """Write it as a Markdown page."""
        lines = ["# What the drill ran", "", self.summary(), "", "## Versions", ""]
        lines += [f"- {name}: {version}" for name, version in sorted(self.versions.items())]
        for scenario in dict.fromkeys(entry.scenario for entry in self.entries):
            lines += ["", f"## {scenario}", "", "| place | step | command | result |", "| --- | --- | --- | --- |"]
            entries = [entry for entry in self.entries if entry.scenario == scenario]
            lines += [_row(entry) for entry in entries]
            for entry in entries:
                if entry.detail and entry.result is not Result.LEFT_OUT:
                    lines += ["", f"### {entry.place} {entry.result.value}", "", "````text", entry.detail, "````"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(entry: Entry) -> str:
    result = f"{entry.result.value}: {entry.detail}" if entry.result is Result.LEFT_OUT else entry.result.value
    first = " ".join(entry.command.split())
    short = first if len(first) <= 90 else f"{first[:89]}…"
    cells = (entry.place, entry.step, f"``{short}``" if short else "", result)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
