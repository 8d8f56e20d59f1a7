"""Find the rights that the commands of a step need, and tell readers what their role lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opsbook.graph import Graph
from opsbook.nouns.runbook.model import Command, Language, Runbook, Step
from opsbook.nouns.service.model import StepNeed, following_role, step_needs
from opsbook.rights.needed import RightNeed, needed_rights


def commands_with_rights(runbook: Runbook, step: Step) -> Iterator[tuple[Command, RightNeed]]:
    """Yield each right that a command of `step` needs. A variable stands for its example."""
    values = {variable.name: variable.example for variable in runbook.variables}
    for command in step.commands:
        if command.language is Language.BASH:
            yield from ((command, need) for need in needed_rights(command.code, values))


def needs_of(runbook: Runbook, step: Step, graph: Graph) -> Sequence[StepNeed]:
    """Return what `step` needs that the role which follows `runbook` does not have, and who has it."""
    role = following_role(runbook.role, graph)
    rights = (need.right for _, need in commands_with_rights(runbook, step))
    return step_needs(role, rights, graph) if role else ()
