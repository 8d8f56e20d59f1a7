"""`opsbook check`: reads everything that is written by hand and prints every problem, without building the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from opsbook.handbook.load import load_handbook
from opsbook.runbooks.shellcheck import ShellParser


@click.command("check")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder that holds checklist.yml; else the current one.",
)
@click.option("--docs", default="docs", show_default=True, help="The folder of the hand-written pages, below the root.")
def check_command(root: Path, docs: str) -> None:
    """Check the checklist, the guides, the runbooks and all that they name, and whether a date has passed."""
    handbook = load_handbook(root, root / docs, today=date.today(), shell=ShellParser.find())
    for warning in handbook.warnings:
        click.echo(str(warning), err=True)
    counts = f"{len(handbook.places)} practices, {len(handbook.guides)} guides, {len(handbook.runbooks)} runbooks"
    click.echo(f"{counts}: no error found" if handbook.warnings else f"{counts}: no problem found")
