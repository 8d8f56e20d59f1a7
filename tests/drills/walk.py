"""Walk through a page on a stand: run its commands as they are, and hold what they print against the page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from drills.form import differences, named_here
from drills.page import Page, reason_to_leave
from drills.record import Entry, Record, Result
from drills.stand import Stand
from opsbook.nouns.runbook.model import Command, Language, Prose, Role, Step

Query = Callable[[str], Sequence[tuple[Mapping[str, str], str]]]
"""Answers a query in PromQL with the labels and the value of each series."""

_LABEL = re.compile(r'(\w+)="')

LONGEST = 120
"""Seconds that one command of a page may take."""


class Walk:
    """One page on one stand. `values` are the variables that differ from the examples of the page."""

    def __init__(self, scenario: str, page: Page, stand: Stand, record: Record, query: Query | None = None) -> None:
        self.scenario = scenario
        self.page = page
        self.stand = stand
        self.record = record
        self.query = query
        self.values = {variable.name: variable.example for variable in page.runbook.variables}
        self._examples = dict(self.values)
        self._walked: set[int] = set()

    def set(self, **values: str) -> None:
        """Fill in variables as a reader does; ValueError where the page does not accept a value."""
        for name, value in values.items():
            if not self.page.runbook.variable[name].accepts(value):
                raise ValueError(f"{self.page.path}: {name} does not accept `{value}`")
            self.values[name] = value

    def run(
        self,
        anchor: str,
        role: Role = Role.DO,
        nth: int = 0,
        *,
        together: int = 1,
        names: Mapping[str, str] | None = None,
        branch: str = "",
        printed: str = "",
        may_fail: bool = False,
        beside: str = "",
        without: str = "",
        typed: str = "",
    ) -> str:
        """Run a command of the page and record how it went. What it printed comes back.

        With `together`, several in a row have one output block, that of the last. `names` are further names of the
        page's output with those of the stand. `branch` is what another state of the system prints: a branch of the step
        names it, and it stands for the output block; where the branch only describes it, `printed` is what is printed.
        What `may_fail` shows an error. Lines that match `beside` are of the stand alone. The prose of the step says
        when to leave `without` out. The reader types `typed`.
        """
        found = [self.page.command(anchor, role, at) for at in range(nth, nth + together)]
        step, last = found[-1]
        text = ""
        codes: list[int] = []
        for _, command in found:
            self._walked.add(command.line)
            if without and not (without in command.code and f"`{without}`" in _prose(step)):
                raise ValueError(f"{self.page.path}: step {{#{anchor}}} does not say to leave out `{without}`")
            code, said = self._answer(replace(command, code=command.code.replace(without, "")), last, typed)
            text, codes = text + said, [*codes, code]
        if branch:
            wrong = _unlike_branch(branch, printed or branch, step, text)
        else:
            wrong = self._unlike_block(last, 0 if may_fail else max(codes), _less(text, beside), names or {})
        result = Result.FAILED if wrong else Result.AS_SHOWN if branch or last.output else Result.DONE
        self._record(step, found[0][1], result, "\n".join([*wrong, text.rstrip("\n")]))
        return text

    def holds(self, anchor: str, what: str, is_so: bool) -> None:
        """Record that something holds after a step, or that it does not."""
        step = self.page.step(anchor)
        result = Result.HOLDS if is_so else Result.FAILED
        place = f"{self.page.path}:{step.line}"
        self.record.add(Entry(self.scenario, place, f"step {step.number}, {what}", "", result, "" if is_so else what))

    def finish(self) -> None:
        """Record the commands of the page that were left out, each with the reason."""
        for step, command in self.page.runbook.commands:
            if command.line not in self._walked:
                self._record(step, command, Result.LEFT_OUT, reason_to_leave(command))

    def _unlike_block(self, command: Command, code: int, printed: str, names: Mapping[str, str]) -> list[str]:
        wrong = [f"ended with {code}"] if code else []
        if command.output is None:
            return wrong
        here = {**{self._examples[name]: value for name, value in self.values.items()}, **names}
        return wrong + differences(named_here(command.output.text, here), printed)

    def _answer(self, command: Command, shown: Command, typed: str) -> tuple[int, str]:
        if command.language is Language.PROMQL:
            if self.query is None:
                raise ValueError(f"{self.page.path}:{command.line}: this stand has no Prometheus")
            page = shown.output.text if shown.output else ""
            lines = _as_shown(self.query(_filled(command, self.values)), page)
            return 0, "\n".join(lines if "sort" in command.code else sorted(lines)) + "\n"
        done = subprocess.run(
            ["bash", "-c", command.code],
            cwd=self.stand.home,
            env={**self.stand.environment, **self.values},
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
        )
        return done.returncode, done.stdout

    def _record(self, step: Step, command: Command, result: Result, detail: str) -> None:
        place = f"{self.page.path}:{command.line}"
        what = "" if command.role is Role.DO else f", {command.role.value}"
        self.record.add(
            Entry(self.scenario, place, f"step {step.number} ({step.title}){what}", command.code, result, detail)
        )


def _unlike_branch(branch: str, said: str, step: Step, printed: str) -> list[str]:
    """What is wrong where the prose of a step does not name `branch`, or what it stands for is not printed."""
    wrong = [] if branch in _prose(step) else [f"no branch of the step names: {branch}"]
    return wrong if said in printed else [*wrong, f"not printed: {said}"]


def _prose(step: Step) -> str:
    return "".join(part.markdown for part in step.parts if isinstance(part, Prose))


def _less(text: str, beside: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not beside or not re.search(beside, line))


def _as_shown(samples: Sequence[tuple[Mapping[str, str], str]], page: str) -> list[str]:
    """Series as pages show them: their name, those of their labels that the page shows, and the value."""
    wanted = set(_LABEL.findall(page))
    lines = []
    for labels, value in samples:
        name = labels.get("__name__", "")
        inside = ", ".join(f'{key}="{text}"' for key, text in sorted(labels.items()) if key in wanted)
        lines.append(f"{name if name in page else ''}{{{inside}}}".replace(f"{name}{{}}", name or "{}") + f"  {value}")
    return lines or ["Empty query result"]


def _filled(command: Command, values: Mapping[str, str]) -> str:
    """A query with its variables filled in, as the page fills them in."""
    text = command.code
    for name in sorted(command.variables, key=len, reverse=True):
        text = text.replace(f"${{{name}}}", values[name]).replace(f"${name}", values[name])
    return text


def walk(scenario: str, path: str, root: Path, stand: Stand, record: Record, query: Query | None = None) -> Walk:
    """A walk through the runbook in a file of the repository."""
    return Walk(scenario, Page(root, path), stand, record, query)
