"""Find the branches after the queries of a runbook's step: what each is for, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsbook.content.conditions import Condition, is_readable, read_conditions
from opsbook.nouns.runbook.model import Command, Language, Prose, Role, Step

ARROW = "→"
_BULLET = re.compile(r"[-*+]\s+")
_SENTENCE = re.compile(r"(?<=[^\d\s])\. |(?<=\d)\. (?=[A-Z`])")
_TARGET = re.compile(r"\(([^()\s]*)\)")


@dataclass(frozen=True)
class Branch:
    """A condition, and the first link or word after its arrow, if it has one. `line` is the one in the file."""

    condition: Condition
    target: str
    line: int


@dataclass(frozen=True)
class Decision:
    """The queries of a step that branches follow, and the branches. `text` is what else is said there."""

    queries: tuple[Command, ...]
    branches: tuple[Branch, ...]
    text: str


def decisions(step: Step) -> Iterator[Decision]:
    """Yield each group of queries in `step` with the branches after it.

    Where other commands stand among the queries, branches may be about what those print, so that group is left out;
    likewise where their numbers are values of labels.
    """
    for role in Role:
        commands: list[Command] = []
        said: list[str] = []
        for part in step.role(role):
            if isinstance(part, Command):
                commands.append(part)
                continue
            said += (line for line in part.markdown.split("\n") if ARROW not in line)
            branches = _branches(part)
            is_of_queries = all(each.language is Language.PROMQL for each in commands)
            if branches and commands and is_of_queries and not _names_labels(branches, commands):
                yield Decision(tuple(commands), branches, "\n".join(said))
            if branches:
                commands, said = [], []


def _names_labels(branches: Sequence[Branch], commands: Sequence[Command]) -> bool:
    """Return whether a number of a branch is the value of a label, such as the status 503, and not one of the query."""
    shown = " ".join(f"{each.code} {each.output.text if each.output else ''}" for each in commands)
    equal = (part.number for each in branches for part in each.condition.readings if part.kind == "=")
    return any(f'"{number:g}"' in shown for number in equal)


def _branches(prose: Prose) -> tuple[Branch, ...]:
    """Return the branches in `prose`: its bullets with an arrow, or its sentences with one where it has no bullets.

    A later sentence of a bullet counts where its condition can be read, as in `No result: nobody asks it`; such a one
    needs no arrow.
    """
    lines = [(line, number) for number, line in enumerate(prose.markdown.split("\n"), start=prose.line)]
    bullets = [(line[marker.end() :], at) for line, at in lines if (marker := _BULLET.match(line)) and ARROW in line]
    found: list[tuple[str, str, int]] = []
    for line, number in bullets or lines:
        for index, sentence in enumerate(_SENTENCE.split(line)):
            before, arrow, after = sentence.partition(ARROW)
            is_first = index == 0 if bullets else bool(arrow)
            if (is_first and arrow) or ((arrow or ":" in before) and is_readable(before)):
                found.append((before.strip(), after, number))
    if not any(after for _, after, _ in found):
        return ()
    conditions = read_conditions(text for text, _, _ in found)
    return tuple(
        Branch(condition, _target(after), line) for condition, (_, after, line) in zip(conditions, found, strict=True)
    )


def _target(after: str) -> str:
    link = _TARGET.search(after)
    return link[1] if link else after.strip().partition(" ")[0].strip(".,;:")
