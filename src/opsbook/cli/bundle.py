"""Run `opsbook bundle`: write a site as one file that works from a disk, without a network."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from opsbook.cli.built_site import config_file_option, site_configuration, site_option
from opsbook.mkdocs.site_settings import site_file
from opsbook.mkdocs.sitefile import pages_folder_by
from opsbook.offline.archive import bundled_site, may_be_replaced
from opsbook.offline.moment import moment_of
from opsbook.offline.project import ProjectSource, project_source
from opsbook.problems import Problem, ProblemsError
from opsbook.publish.building import build_site
from opsbook.whole import write_files


@click.command("bundle")
@config_file_option
@site_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="here",
    help="The file, or a folder, where it is named after the site.",
)
def bundle_command(config_file: Path | None, site: Path | None, output: Path) -> None:
    """Write the site as one zip file that works from a disk: open its index.html, without a server or a network.

    The source that rebuilds the site is in it, as the last commit of git has it.
    """
    config = config_file or (site_file(Path()) if site else site_configuration(Path()))
    source = project_source(config.parent, pages_folder_by(config)) if config else ProjectSource()
    moment = moment_of(config.parent if config else Path())
    with tempfile.TemporaryDirectory(prefix="opsbook-bundle-") as folder:
        if not site:
            assert config
            site = Path(folder, "site")
            build_site(config, site)
        bundle = bundled_site(site, source, moment)
    file = output / bundle.name if output.is_dir() else output
    if not may_be_replaced(file):
        raise ProblemsError([Problem(file.as_posix(), 0, 0, "this is no bundle of a site; name another file by `-o`")])
    write_files({file: bundle.content})
    for line in source.notes():
        click.echo(line, err=True)
    click.echo(f"{file} ({len(bundle.content) / 1e6:.1f} MB): unpack it and open index.html")
