"""Define the options that say where a site is, alike for every command that reads one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with checklist.yml and mkdocs.yml (default: the current one).",
)
_CONFIG_FILE = click.option(
    "-f",
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration of the site, in the folder with checklist.yml (default: mkdocs.yml there).",
)
_DOCS = click.option("--docs", help="The folder of the pages, below the root (default: `docs_dir` of mkdocs.yml).")


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The folder with checklist.yml (default: the current one).",
)
"""The same for a command that reads no configuration."""


def site_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options `--root`, `--config-file` and `--docs`."""
    return _ROOT(_CONFIG_FILE(_DOCS(command)))


def root_folder(root: Path | None, config_file: Path | None) -> Path:
    """Return the folder of the site that the options name. Raises UsageError where they name two."""
    if config_file is None:
        return root or Path()
    if root and root.resolve() != config_file.parent.resolve():
        raise click.UsageError(f"{config_file} is not in {root}; a site is in the folder of its configuration")
    return config_file.parent
