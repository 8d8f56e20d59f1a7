"""Run `opsbook generate`: write the source of the site as plain files, for another site engine."""

from __future__ import annotations

from pathlib import Path

import click

from opsbook.generate.folder import write_folder
from opsbook.generate.source import plain_source
from opsbook.problems import counted


@click.command("generate")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--config-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The configuration of the site.",
)
def generate_command(folder: Path, config_file: Path) -> None:
    """Write the whole source of the site to FOLDER: pages, assets, templates and configuration, as plain files.

    ProperDocs and MkDocs with the Material theme build them without opsbook. FOLDER is new, empty, or of an earlier
    run: what that wrote is replaced, and what is beside it stays.
    """
    source = plain_source(config_file)
    files = source.files
    write_folder(folder, files)
    for warning in source.warnings:
        click.echo(str(warning), err=True)
    pages = sum(path.startswith("docs/") and path.endswith(".md") for path in files)
    click.echo(f"{counted(pages, 'page')} and {counted(len(files) - pages, 'other file')} in {folder}")
