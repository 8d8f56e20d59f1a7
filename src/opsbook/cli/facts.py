"""Run `opsbook facts`: list the facts, or ask which of the versions among them are old."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from opsbook.cli.place import root_folder, site_options
from opsbook.cli.releases import UnaskedError, is_older, newest
from opsbook.mkdocs.sitefile import read_site_file
from opsbook.nouns.fact.load import load
from opsbook.nouns.fact.model import FILE, PINS, Fact, Facts
from opsbook.nouns.kind import Project
from opsbook.problems import Problem, ProblemsError, counted
from opsbook.source.clock import day_of_build
from opsbook.source.references import Places

UNASKED = 4
"""The exit code where no pin is known to be old, and some could not be asked for."""
_AT_ONCE = 6


@click.command("facts")
@site_options
@click.option("--outdated", is_flag=True, help="Ask the registries which versions are old.")
def facts_command(root: Path | None, config_file: Path | None, docs: str | None, outdated: bool) -> None:
    """List the facts of facts.yml: the id, the value, and the day by which the next review is due.

    With --outdated, ask the registries of pip and npm, as these are set up here, and the addresses under `latest`, and
    print each fact whose value is older than the newest release. Exits with 1 where one is old, and with 4 where none
    is known to be old and some could not be asked for, as without a network.
    """
    folder = root_folder(root, config_file)
    site = read_site_file(folder, folder / docs if docs else None, config_file)
    loaded = load(Project(folder, site.docs, site=site))
    record = next((each for each in loaded.records if isinstance(each.value, Facts) and each.places), None)
    if record is None or not isinstance(record.value, Facts) or record.places is None:
        raise ProblemsError([Problem(FILE, 0, 0, "there is no such file; the manual says what stands in it")])
    if not outdated:
        _list(record.value.facts)
        return
    sys.exit(_ask(record.value.facts, record.places))


def _list(facts: tuple[Fact, ...]) -> None:
    today = day_of_build()
    width = max((len(fact.id) for fact in facts), default=0)
    for fact in facts:
        is_late = " (late)" if fact.review_due < today else ""
        click.echo(f"{fact.id:{width}}  {fact.value}  review due {fact.review_due}{is_late}")


def _ask(facts: tuple[Fact, ...], places: Places) -> int:
    """Print which of `facts` are old and which could not be asked for, and return the exit code."""
    pins = [(at, fact) for at, fact in enumerate(facts) if any(getattr(fact, name) for name in PINS)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(pool.map(_newest, [fact for _, fact in pins]))
    old = unasked = 0
    for (at, fact), answer in zip(pins, answers, strict=True):
        if isinstance(answer, UnaskedError):
            unasked += 1
            click.echo(places.problem(("facts", at, "id"), f"`{fact.id}` could not be asked for: {answer}"), err=True)
        elif is_older(fact.value, answer):
            old += 1
            message = f"{fact.title} is at {fact.value}; {answer} is out, see {fact.source}"
            click.echo(places.problem(("facts", at, "value"), message), err=True)
    said = [counted(len(pins) - unasked, "pin was", "pins were") + " asked for", f"{old} of them old"]
    said += [f"{counted(unasked, 'pin')} could not be asked for"] if unasked else []
    without = len(facts) - len(pins)
    click.echo(", ".join([*said, f"{counted(without, 'fact names', 'facts name')} no registry"]))
    return 1 if old else UNASKED if unasked else 0


def _newest(fact: Fact) -> str | UnaskedError:
    try:
        return newest(fact)
    except UnaskedError as error:
        return error
