"""Define the options that say where a command writes its text, and write it there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from opsbook.problems import Problem, ProblemsError
from opsbook.whole import write_file

STDOUT = "-"


def output_option(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--output`, with the file that is meant where it is not given."""
    return click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path, allow_dash=True),
        default=default,
        show_default=True,
        help="Where to; - prints it.",
    )


def print_or_write(output: Path, text: str, *, force: bool) -> None:
    """Print `text` where `output` is a dash, else write it to that file."""
    if output == Path(STDOUT):
        click.echo(text, nl=False)
    else:
        write_new(output, text, force=force)


def write_new(file: Path, text: str, *, force: bool) -> list[str]:
    """Write `text` to `file` and return its name.

    Raises ProblemsError if the file cannot be written, or if it exists and `force` is not set.
    """
    name = file.as_posix()
    if not force and (file.exists() or file.is_symlink()):
        message = "this file exists; overwrite it with --force, or name another one with --output"
        raise ProblemsError([Problem(name, 0, 0, message)])
    write_file(file, text, is_new=not force)
    return [name]
