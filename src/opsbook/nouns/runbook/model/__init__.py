"""The model of a runbook: its front matter, its sections of steps, and the page that it was read from."""

from opsbook.nouns.runbook.model.header import (
    NEEDED_WHEN_FINISHED,
    AlertName,
    AlertSeverity,
    FinishedHeader,
    LintWaiver,
    RunbookHeader,
    RunbookStatus,
    Variable,
)
from opsbook.nouns.runbook.model.shelf import ParsedRunbook, alert_address, alerts, most_urgent_first
from opsbook.nouns.runbook.model.steps import (
    Command,
    Gap,
    Language,
    Output,
    Part,
    Prose,
    Risk,
    Role,
    Runbook,
    RunbookSection,
    SectionName,
    Step,
)

__all__ = [
    "NEEDED_WHEN_FINISHED",
    "AlertName",
    "AlertSeverity",
    "Command",
    "FinishedHeader",
    "Gap",
    "Language",
    "LintWaiver",
    "Output",
    "ParsedRunbook",
    "Part",
    "Prose",
    "Risk",
    "Role",
    "Runbook",
    "RunbookHeader",
    "RunbookSection",
    "RunbookStatus",
    "SectionName",
    "Step",
    "Variable",
    "alert_address",
    "alerts",
    "most_urgent_first",
]
