"""Check a step: it has a way back and a way on, and no link leads nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote

from opsbook.nouns.runbook.findings import Finding, finding, place_in
from opsbook.nouns.runbook.model import Command, Language, ParsedRunbook, Prose, Risk, Role, Step
from opsbook.problems import did_you_mean
from opsbook.shell.promql import stray_variable
from opsbook.source.links import Link
from opsbook.source.promql import promql_error

_STEP_NUMBER = re.compile(r"\bstep (\d+)\b", re.IGNORECASE)
_PAGE = re.compile(r"(?P<path>[^#?:]+\.md)(?:#(?P<anchor>.*))?")


def lint_step(source: ParsedRunbook, step: Step) -> Iterator[Finding]:
    """Yield a finding for everything that `step` lacks."""
    place = (step.line, 5)
    if step.risk is not Risk.READ:
        for role, why in ((Role.VERIFY, "how one sees that it worked"), (Role.UNDO, "how it is taken back")):
            if not step.role(role):
                label = f"**{role.value.title()}:**"
                message = f"a step that holds a `{step.risk.value}` command says {why}; add a paragraph `{label} …`"
                yield finding(source, role.value, step, place, message)
    for command in step.commands:
        if command.role is Role.VERIFY and command.risk is not Risk.READ:
            message = f"a `{command.risk.value}` command under **Verify:**; what verifies only reads"
            yield finding(source, "risky-verify", step, (command.line, 1), message)
    if step.risk is Risk.READ and step.commands and not _leads_on(source, step):
        message = "the step says neither what one should see nor where to go next; add an `output` block or a link"
        yield finding(source, "what-next", step, place, message)


def lint_promql(source: ParsedRunbook, step: Step, command: Command) -> Iterator[Finding]:
    """Yield a finding where a PromQL command does not parse."""
    error = promql_error(command.code) if command.language is Language.PROMQL else None
    if error:
        stray = stray_variable(command.code)
        place = place_in(command, stray or 0)
        hint = error if stray is None else "a variable stands inside the quotes of a matcher"
        yield finding(source, "promql", step, place, f"not valid PromQL: {hint}")


def lint_links(source: ParsedRunbook, anchors: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Yield a finding for each link to a missing step or runbook, and for each that says the wrong number of a step.

    `anchors` are those of every runbook, by the path of its file.
    """
    for link in source.page.links:
        step = _step_of(source, link)
        place = (link.line, link.column)
        if link.target.startswith("#"):
            anchor = unquote(link.target[1:])
            if anchor not in source.anchors:
                message = f"no step has the anchor `{anchor}`; {did_you_mean(anchor, source.anchors)}"
                yield finding(source, "dead-link", step, place, message)
            else:
                yield from _lint_number(source, step, link, anchor)
        elif other := _PAGE.fullmatch(link.target):
            yield from _lint_other(source, step, link, (unquote(other["path"]), other["anchor"]), anchors)


def _lint_number(source: ParsedRunbook, step: Step | None, link: Link, anchor: str) -> Iterator[Finding]:
    said = _STEP_NUMBER.search(link.text)
    target = next((other for other in source.runbook.steps if other.anchor == anchor), None)
    if said and target and int(said[1]) != target.number:
        message = f"the link says step {said[1]}, and leads to step {target.number}, `{target.title}`"
        yield finding(source, "step-number", step, (link.line, link.column), message)


def _lint_other(
    source: ParsedRunbook,
    step: Step | None,
    link: Link,
    to: tuple[str, str | None],
    anchors: Mapping[str, frozenset[str]],
) -> Iterator[Finding]:
    written, anchor = to
    place, folder = (link.line, link.column), posixpath.dirname(source.page.path)
    path = posixpath.normpath(posixpath.join(folder, written))
    name = PurePosixPath(path).stem
    if path in anchors:
        if anchor and unquote(anchor) not in anchors[path]:
            message = f"`{name}` has no anchor `{anchor}`; {did_you_mean(anchor, anchors[path])}"
            yield finding(source, "dead-link", step, place, message)
    elif path.split("/")[0] == folder.split("/")[0] or not folder:
        yield finding(source, "dead-link", step, place, _no_runbook(name, folder, anchors))


def _no_runbook(name: str, folder: str, paths: Collection[str]) -> str:
    """Return what is wrong with a link from `folder` to the runbook `name`, when those that exist are in `paths`."""
    ids = {PurePosixPath(path).stem: path for path in paths}
    if name in ids:
        return f"the runbook `{name}` is in another folder; write `{posixpath.relpath(ids[name], folder)}`"
    return f"no runbook has the id `{name}`; {did_you_mean(name, ids)}"


def _leads_on(source: ParsedRunbook, step: Step) -> bool:
    """Return whether `step` has an output or a link; what looks like a link in code is none."""
    if any(command.output for command in step.commands):
        return True
    spans = [
        range(part.line, part.line + part.markdown.count("\n") + 1) for part in step.parts if isinstance(part, Prose)
    ]
    return any(link.line in span for link in source.page.links for span in spans)


def _step_of(source: ParsedRunbook, link: Link) -> Step | None:
    return next((step for step in reversed(source.runbook.steps) if step.line <= link.line), None)
