"""Run `opsbook runbook`: bring runbooks from elsewhere, and start one from the rule of an alert."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from opsbook.cli.already_here import RULES, check_owner, known_site, owners_of, rule_alerts
from opsbook.cli.git import web_folder
from opsbook.cli.imported_runbooks import import_report, problems_of
from opsbook.cli.place import root_option
from opsbook.convert.runbooks.collection import ForeignFolder, read_foreign_folder
from opsbook.convert.runbooks.importer import FOLDER, RunbookImport, import_runbooks
from opsbook.convert.runbooks.starting import started_runbook
from opsbook.convert.runbooks.writing import WritePlan, present_files, write_plan
from opsbook.nouns.alert.helm import has_action
from opsbook.nouns.alert.rules import Alert
from opsbook.nouns.runbook.load import load_runbooks
from opsbook.nouns.runbook.model import alert_address
from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.files import named_files
from opsbook.source.text import read_bytes
from opsbook.whole import make_folder, write_file, write_files

MOST_BYTES = 20_000_000
_RULES = click.option(
    "--rules",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help=f"A file or folder of alerting rules; may be repeated (default: {RULES}, where it is there).",
)


@click.group("runbook")
def runbook_group() -> None:
    """Bring runbooks from elsewhere, and start new ones."""


@runbook_group.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
@_RULES
@click.option("--owner", metavar="ID", help="The owner in checklist.yml of every runbook that names none.")
@click.option(
    "--upstream",
    metavar="ADDRESS",
    help="Where FOLDER can be read on the web, for links to what is not in it (default: from its git repository).",
)
@click.option("--keep-secrets", is_flag=True, help="Keep what looks like a secret; the site wants it in .secrets.yml.")
@click.option("--force", is_flag=True, help="Overwrite files that somebody has changed, or that are from elsewhere.")
@root_option
def import_runbooks_command(
    folder: Path,
    rules: tuple[Path, ...],
    owner: str | None,
    upstream: str | None,
    keep_secrets: bool,
    force: bool,
    root: Path,
) -> None:
    """Turn the Markdown runbooks in FOLDER, or one file, into runbooks of this site, below runbooks/.

    Every word, link, block of code and picture is kept; what is not, is listed, and the exit code is 1. Each runbook is
    a draft, which the site publishes with a list of what is missing. A later import of a newer FOLDER writes the files
    anew that nobody has changed here, and names the others.
    """
    source = read_foreign_folder(folder)
    known = known_site(root, rules, owner)
    found = import_runbooks(source, known, upstream or web_folder(source.root), keeps_secrets=keep_secrets)
    plan = _plan(source, found, root / FOLDER, force=force)
    make_folder(root / FOLDER)
    for path in plan.files:
        make_folder((root / FOLDER / path).parent)
    write_files({root / FOLDER / path: content for path, content in plan.files.items()})
    for problem in problems_of(source, found):
        click.echo(str(problem), err=True)
    for line in import_report(source, found, plan):
        click.echo(line)
    is_whole = not source.problems and not plan.others and not any(each.lost for each in found.runbooks)
    sys.exit(0 if is_whole and not any(each.is_refused for each in found.runbooks) else 1)


@runbook_group.command("new")
@click.argument("alert")
@_RULES
@click.option("--owner", metavar="ID", help="The owner in checklist.yml (default: the one that the rule names).")
@root_option
def new_command(alert: str, rules: tuple[Path, ...], owner: str | None, root: Path) -> None:
    """Start the runbook of ALERT from its rule, as a draft in runbooks/.

    Title, summary and meaning come from the annotations of the rule, variables from the labels that it is grouped by,
    and the first query from its expression. Of a Helm template, what is literal is taken.
    """
    found = rule_alerts(root, rules)
    own = [each for each in found if each.name == alert]
    if not own:
        names = [each.name for each in found if not has_action(each.name)]
        place = ", ".join(path.as_posix() for path in rules) or RULES
        raise ProblemsError([Problem(place, 0, 0, f"no rule has the alert `{alert}`; {did_you_mean(alert, names)}")])
    sources = load_runbooks(root / FOLDER, FOLDER).sources
    if taken := next((each.page.path for each in sources if alert in each.runbook.alerts), None):
        raise ProblemsError([Problem(taken, 0, 0, f"the alert `{alert}` leads to this runbook already")])
    started = started_runbook(own, _owner(own, owner, owners_of(root)))
    path = f"{FOLDER}/{started.id}.md"
    there = {file.stem: name for file, name in named_files(root / FOLDER, FOLDER, ".md")}
    if taken := there.get(started.id):
        raise ProblemsError([Problem(taken, 0, 0, "this runbook exists already; name the alert under its `alerts`")])
    make_folder(root / FOLDER)
    write_file(root / path, started.text, name=path, is_new=True)
    click.echo(f"{path}: written")
    click.echo("next: write what says TODO; `opsbook check --drafts` lists what is missing")
    click.echo(f"      the permanent address for the rule's runbook_url is /{alert_address(alert)}")


def _owner(alerts: Sequence[Alert], asked: str | None, owners: Sequence[str]) -> str:
    """Return the owner: the one that is asked for, that a label of the rule names, or the only one that there is."""
    check_owner(asked, owners)
    said = [alert.labels.get(key, "") for alert in alerts for key in ("owner", "team")]
    only = owners[0] if len(owners) == 1 else ""
    return asked or next((each for each in said if each in owners), only)


def _plan(source: ForeignFolder, found: RunbookImport, root: Path, *, force: bool) -> WritePlan:
    attached = {}
    for new, old in found.attached.items():
        data = read_bytes(source.files[old], old, most=MOST_BYTES)
        if len(data) > MOST_BYTES:
            source.problems.append(Problem(old, 0, 0, f"larger than {MOST_BYTES // 1_000_000} MB; it was not copied"))
        else:
            attached[new] = data
    return write_plan(found, attached, root, present_files(root), force=force)
