"""The commands of a runbook, as the engine reads them from its page."""

from __future__ import annotations

import re
from pathlib import Path

from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.model import Command, Role, Runbook, Step

# What only a cluster, a cloud or a release can answer. A stand answers `kubectl exec` and `kubectl logs`.
_ELSEWHERE = re.compile(r"(?<![\w/.-])(aws|helm|terraform|kubectl)(?![\w/.-])")


class Page:
    """A runbook of the repository: its steps by anchor, its commands by step and role."""

    def __init__(self, root: Path, path: str) -> None:
        parsed, problems = parse_runbook((root / path).read_text("utf-8"), path)
        if parsed is None or problems:
            raise ValueError("\n".join(str(problem) for problem in problems))
        self.path = path
        self.runbook: Runbook = parsed.runbook

    def step(self, anchor: str) -> Step:
        """The step with an anchor; KeyError where the page has none."""
        found = {step.anchor: step for step in self.runbook.steps}
        if anchor not in found:
            raise KeyError(f"{self.path} has no step {{#{anchor}}}; it has: {', '.join(found)}")
        return found[anchor]

    def command(self, anchor: str, role: Role = Role.DO, nth: int = 0) -> tuple[Step, Command]:
        """A step and its command of a role, counted from 0."""
        step = self.step(anchor)
        commands = [command for command in step.commands if command.role is role]
        if nth >= len(commands):
            raise KeyError(
                f"{self.path}: step {{#{anchor}}} has {len(commands)} commands to {role.value}, not {nth + 1}"
            )
        return step, commands[nth]


def reason_to_leave(command: Command) -> str:
    """Why a command that no scenario runs was left out."""
    needed = sorted(set(_ELSEWHERE.findall(command.code)))
    return f"needs {' and '.join(needed)}" if needed else "no scenario leads here"
