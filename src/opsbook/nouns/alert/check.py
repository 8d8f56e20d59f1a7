"""Check the alerting rules against the runbooks."""

from __future__ import annotations

from collections.abc import Iterable

from opsbook.nouns.alert.alert_problems import lint_rules
from opsbook.nouns.alert.load import FOLDER
from opsbook.nouns.alert.rules import RuleFile
from opsbook.nouns.kind import CheckContext
from opsbook.nouns.runbook.model import ParsedRunbook
from opsbook.problems import Problem


def check(context: CheckContext) -> Iterable[Problem]:
    """Return what is wrong between rules and runbooks: alerts without a runbook, dead links, names that no rule has."""
    return lint_rules(
        context.graph.all(RuleFile), context.project.root / FOLDER, FOLDER, context.graph.all(ParsedRunbook)
    )
