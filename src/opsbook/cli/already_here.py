"""Read what a site knows before a runbook is brought into it: owners, alerts of rules, and the runbooks there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from opsbook.convert.runbooks.importer import FOLDER
from opsbook.convert.runbooks.known_site import KnownSite
from opsbook.convert.runbooks.rule_facts import alert_facts
from opsbook.convert.runbooks.writing import places, present_files
from opsbook.nouns.alert.alert_problems import read_folder
from opsbook.nouns.alert.rules import Alert
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import FILE
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_folder

RULES = f"{FOLDER}/rules"


def known_site(root: Path, rules: Sequence[Path], owner: str | None) -> KnownSite:
    """Return what the site knows already. Raise ProblemsError where rules cannot be read, UsageError for no owner."""
    present = present_files(root / FOLDER)
    placed = places(present)
    sources = load_runbooks(root / FOLDER, FOLDER).sources
    own = [each for each in sources if each.page.path.removeprefix(f"{FOLDER}/") not in placed.values()]
    owners = owners_of(root)
    check_owner(owner, owners)
    ids = {Path(path).stem for path in present if path not in placed.values()}
    return KnownSite(
        ids=ids | {alias.casefold() for each in own for alias in each.runbook.aliases},
        alerts=[alert for each in own for alert in each.runbook.alerts],
        owners=owners,
        owner=owner or "",
        facts=alert_facts(rule_alerts(root, rules)),
        places=placed,
    )


def check_owner(owner: str | None, owners: Sequence[str]) -> None:
    """Raise UsageError where `owner` is none of `owners`."""
    if owner and owner not in owners:
        allowed = ", ".join(owners) or "none"
        raise click.UsageError(f"no owner of checklist.yml has the id `{owner}`; allowed: {allowed}")


def owners_of(root: Path) -> tuple[str, ...]:
    """Return the ids of the owners of `checklist.yml`; none where that is not there."""
    file = root / FILE
    return tuple(owner.id for owner in load_checklist(file, file.as_posix())[0].owners) if file.exists() else ()


def rule_alerts(root: Path, rules: Sequence[Path]) -> tuple[Alert, ...]:
    """Return the alerts of `rules`, by default those beside the runbooks. Raise ProblemsError for unreadable ones."""
    paths = rules or ([root / RULES] if is_folder(root / RULES) else [])
    found: list[Alert] = []
    problems: list[Problem] = []
    for path in paths:
        files, wrong = read_folder(path, path.as_posix())
        found += (alert for file in files for alert in file.alerts)
        problems += wrong
    if problems:
        raise ProblemsError(problems)
    return tuple(found)
