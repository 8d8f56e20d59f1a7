"""Find commands of runbooks that the role which follows them may not run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.graph import Graph
from opsbook.nouns.runbook.model import Command, ParsedRunbook, Prose, Step
from opsbook.nouns.runbook.rights import commands_with_rights
from opsbook.nouns.service.model import AccessRole, StepNeed, following_role, lacking, step_needs
from opsbook.problems import Problem
from opsbook.rights.model import Right, rights_text

_CODE = re.compile(r"`([^`\n]+)`")


def _find(content: HandbookContent) -> Iterator[Problem]:
    """Yield each command that neither the role of the reader nor one that its step names may run."""
    if not content.graph.all(AccessRole):
        return
    for source in content.graph.all(ParsedRunbook):
        runbook = source.runbook
        if role := following_role(runbook.role, content.graph):
            for step in runbook.steps:
                yield from _of_step(source, step, role, content.graph)
        else:
            message = "nothing says which role follows this runbook; add `role`, or `default_role` to services.yml"
            yield Problem(runbook.path, 1, 1, message)


def _of_step(source: ParsedRunbook, step: Step, role: AccessRole, graph: Graph) -> Iterator[Problem]:
    """Yield the commands of `step` that need more than `role`, and than what the roles named in its text have."""
    named = _named(step, graph)
    calls: dict[tuple[int, int, str], list[Right]] = {}
    for command, need in commands_with_rights(source.runbook, step):
        place = (command.line + need.call.line, _column(source, command, need.call.column), need.command)
        calls.setdefault(place, []).append(need.right)
    for (line, column, called), rights in calls.items():
        missing = lacking(role, rights, graph)
        for other in named:
            missing = lacking(other, missing, graph)
        for lack in step_needs(role, missing, graph):
            yield Problem(source.page.path, line, column, f"`{called}` {_fault(lack, role, named)}")


def _fault(need: StepNeed, role: AccessRole, named: Sequence[AccessRole]) -> str:
    """Return what the role lacks, and what to do."""
    rights = ", ".join(f"`{text}`" for text in rights_text(need.rights))
    roles = " and ".join(f"`{each.id}`" for each in (role, *(each for each in named if each != role)))
    lacks = f"needs {rights}, which {roles} {'lack' if ' and ' in roles else 'lacks'}"
    if need.role:
        return f"{lacks} and `{need.role.id}` has; name that role in the step, as in code, or grant it"
    return f"{lacks}, as does every other role; grant it, or take another way"


def _named(step: Step, graph: Graph) -> tuple[AccessRole, ...]:
    """Return the roles whose ids stand as code in the text of `step`."""
    said = {word for part in step.parts if isinstance(part, Prose) for word in _CODE.findall(part.markdown)}
    return tuple(role for role in graph.all(AccessRole) if role.id in said)


def _column(source: ParsedRunbook, command: Command, column: int) -> int:
    """Return the column in the file of what stands in `column` of a command, whose fence may be indented."""
    line = source.page.lines[command.line - 1]
    return column + len(line) - len(line.lstrip())


CHECK = ContentCheck(
    name="role-rights",
    looks_at=(
        "Each command of kubectl, Helm and the AWS CLI in a runbook: the verbs, resources, namespaces and actions that "
        "it needs, against what the role that follows the runbook may do, and the roles that its step names in code. "
        "Where `services.yml` has no `roles`, nothing is said."
    ),
    reason="A step that ends with `forbidden` costs the minutes in which somebody is found who may run it.",
    find=_find,
)
