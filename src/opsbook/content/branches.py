"""Find the branches after the queries of a runbook's step: what each is for, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opsbook.content.conditions import Condition, read_conditions
from opsbook.nouns.runbook.model import Command, Language, Prose, Role, Step

ARROW = "→"
_BULLET = re.compile(r"[-*+]\s+")
_SENTENCE = re.compile(r"(?<=[^\d\s])\. |(?<=\d)\. (?=[A-Z`])")
_TARGET = re.compile(r"\(([^()\s]*)\)")


@dataclass(frozen=True)
class Branch:
    """A condition, and the first link or word after its arrow. `line` is the one in the file."""

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

    Where other commands stand among the queries, branches may be about what those print, so that group is left out.
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
            if branches and commands and all(each.language is Language.PROMQL for each in commands):
                yield Decision(tuple(commands), branches, "\n".join(said))
            if branches:
                commands, said = [], []


def _branches(prose: Prose) -> tuple[Branch, ...]:
    """Return the branches in `prose`: its bullets with an arrow, or its sentences with one where it has no bullets."""
    found = list(_bullets(prose)) or list(_sentences(prose))
    conditions = read_conditions(text for text, _, _ in found)
    return tuple(
        Branch(condition, _target(after), line) for condition, (_, after, line) in zip(conditions, found, strict=True)
    )


def _bullets(prose: Prose) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(prose.markdown.split("\n"), start=prose.line):
        if (marker := _BULLET.match(line)) and ARROW in line:
            before, _, after = line[marker.end() :].partition(ARROW)
            yield before.strip(), after, number


def _sentences(prose: Prose) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(prose.markdown.split("\n"), start=prose.line):
        for sentence in _SENTENCE.split(line):
            before, arrow, after = sentence.partition(ARROW)
            if arrow:
                yield before.strip(), after, number


def _target(after: str) -> str:
    link = _TARGET.search(after)
    return link[1] if link else after.strip().partition(" ")[0].strip(".,;:")
