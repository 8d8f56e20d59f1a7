"""Define the options that say how problems are printed and which are known, alike for every command that finds some."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from opsbook.cli.baseline import new_findings, save_baseline
from opsbook.cli.findings import Findings
from opsbook.cli.formats import FORMATS
from opsbook.problems import counted

TEXT = "text"
"""The form that people read, which each command prints in its own way."""
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice([TEXT, *FORMATS]),
    default=TEXT,
    show_default=True,
    help="How to print the problems; all but text go to standard output.",
)
_BASELINE = click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file with the problems that are known and count for nothing.",
)
_WRITE_BASELINE = click.option(
    "--write-baseline", is_flag=True, help="Write the problems that there are to the file of --baseline."
)


@dataclass(frozen=True)
class ReportOptions:
    """How problems are to be printed, and the file with those that are known."""

    form: str
    baseline: Path | None
    writes_baseline: bool

    def __post_init__(self) -> None:
        """Raise UsageError where there is no file to write."""
        if self.writes_baseline and not self.baseline:
            raise click.UsageError("--write-baseline needs the name of the file; give it with --baseline")

    @property
    def is_text(self) -> bool:
        """Return whether people read the problems, and no program."""
        return self.form == TEXT

    def new(self, findings: Findings) -> Findings:
        """Return what of `findings` is not known.

        With --write-baseline, write all of it to the file as known instead, and end the command.
        """
        if self.baseline is None:
            return findings
        if self.writes_baseline:
            save_baseline(self.baseline, findings.problems)
            click.echo(f"{counted(len(findings.problems), 'known problem')} in {self.baseline}")
            raise SystemExit(0)
        return new_findings(self.baseline, findings)

    def print(self, findings: Findings) -> None:
        """Print `findings` for a program."""
        click.echo(FORMATS[self.form](findings), nl=False)


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options `--format`, `--baseline` and `--write-baseline`, which it gets as `reporting`."""

    @functools.wraps(command)
    def run(*arguments: Any, form: str, baseline: Path | None, write_baseline: bool, **others: Any) -> Any:
        return command(*arguments, reporting=ReportOptions(form, baseline, write_baseline), **others)

    return _FORMAT(_BASELINE(_WRITE_BASELINE(run)))
