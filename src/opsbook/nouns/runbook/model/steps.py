"""Define the body of a runbook: sections of steps, steps of prose and commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from opsbook.nouns.runbook.model.header import RunbookHeader, Variable
from opsbook.shell.quoting import Use


class SectionName(Enum):
    """The sections of every runbook, in their order. The value is the heading."""

    MEANING = "Meaning"
    IMPACT = "Impact"
    DIAGNOSIS = "Diagnosis"
    MITIGATION = "Mitigation"
    VERIFY = "Verify"
    ESCALATION = "Escalation"

    @property
    def has_steps(self) -> bool:
        """Return whether the section is made of steps."""
        return self in (SectionName.DIAGNOSIS, SectionName.MITIGATION, SectionName.VERIFY)


class Role(Enum):
    """What a part of a step is for: the step itself, seeing that it worked, or taking it back."""

    DO = "do"
    VERIFY = "verify"
    UNDO = "undo"


class Language(Enum):
    """The languages of commands."""

    BASH = "bash"
    PROMQL = "promql"


class Risk(Enum):
    """What a command does to the system: looks, changes what can be changed back, or takes away."""

    READ = "read"
    CHANGE = "change"
    DESTROY = "destroy"


@dataclass(frozen=True)
class Prose:
    """Markdown between commands, without the label of a Verify or Undo paragraph."""

    role: Role
    markdown: str
    line: int


@dataclass(frozen=True)
class Output:
    """An example of what a command prints."""

    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command to copy. `line` is that of its fence; `code` is the text inside, from the next line on."""

    role: Role
    language: Language
    risk: Risk
    code: str
    line: int
    output: Output | None
    uses: tuple[Use, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """Return the names of the variables in the command, without repetition, in order."""
        return tuple(dict.fromkeys(use.name for use in self.uses))


Part = Prose | Command


@dataclass(frozen=True)
class Step:
    """A numbered step. `parts` are in the order of the file, those that verify and undo last."""

    number: int
    title: str
    anchor: str
    section: SectionName
    line: int
    parts: tuple[Part, ...]

    @property
    def commands(self) -> tuple[Command, ...]:
        """Return its commands, including those that verify and undo."""
        return tuple(part for part in self.parts if isinstance(part, Command))

    @property
    def risk(self) -> Risk:
        """Return the gravest risk of its own commands."""
        risks = [command.risk for command in self.commands if command.role is Role.DO]
        return max(risks, key=list(Risk).index, default=Risk.READ)

    def role(self, role: Role) -> tuple[Part, ...]:
        """Return the parts that are for `role`."""
        return tuple(part for part in self.parts if part.role is role)


@dataclass(frozen=True)
class RunbookSection:
    """One of the fixed sections: the prose before its first step, then its steps."""

    name: SectionName
    line: int
    intro: str
    intro_line: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Gap:
    """Something that a draft lacks, and the place where it belongs."""

    line: int
    column: int
    message: str


class Runbook(RunbookHeader):
    """A whole runbook. `path` is what messages call its file."""

    path: str
    sections: tuple[RunbookSection, ...]
    gaps: tuple[Gap, ...] = ()
    """What a draft lacks in its keys and in the form of its text."""
    free_text: str = ""
    """All of the text, as Markdown, of a draft that says something outside of the fixed sections."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return all steps, in order."""
        return tuple(step for section in self.sections for step in section.steps)

    @property
    def commands(self) -> Iterator[tuple[Step, Command]]:
        """Return every command with its step, in order."""
        return ((step, command) for step in self.steps for command in step.commands)

    @property
    def variable(self) -> dict[str, Variable]:
        """Return the variables by name."""
        return {variable.name: variable for variable in self.variables}
