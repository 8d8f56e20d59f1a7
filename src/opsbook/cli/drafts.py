"""Tell of drafts: what each of them lacks where that is asked for, else how many there are and which lack nothing."""

from __future__ import annotations

from dataclasses import replace

from opsbook.cli.findings import Findings
from opsbook.nouns.runbook.draft import READY
from opsbook.problems import ProblemsError, counted


def with_drafts(findings: Findings, *, in_full: bool) -> Findings:
    """Return `findings` with what drafts lack among the problems, which it never makes fail; or with a note of it."""
    told = tuple(each for each in findings.drafts if in_full or each.message == READY)
    lacking = len({each.path for each in findings.drafts if each.message != READY})
    hint = f"{counted(lacking, 'draft')} to finish; `--drafts` lists what is missing" if lacking and not in_full else ""
    problems = ProblemsError([*findings.problems, *told]).problems
    return replace(findings, problems=problems, notes=(*findings.notes, *([hint] if hint else ())))
