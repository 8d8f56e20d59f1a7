"""Say which site a command takes: one that it builds, by its configuration, or one that is built already."""

from __future__ import annotations

from pathlib import Path

import click

from opsbook.mkdocs.site_settings import site_file
from opsbook.problems import Problem, ProblemsError

config_file_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="The configuration of the site. [default: mkdocs.yml]",
)
site_option = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take this built site instead of building one.",
)


def site_configuration(root: Path) -> Path:
    """Return the configuration of the site in the folder `root`. Raises ProblemsError if there is none."""
    if file := site_file(root):
        return file
    message = "is not here; go to the folder of the site, name the file by `-f`, or a built site by `--site`"
    raise ProblemsError([Problem("mkdocs.yml", 0, 0, message)])
