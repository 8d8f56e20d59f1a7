"""Run `opsbook publish` and `opsbook rollback`: switch a folder of releases to a new site or back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from opsbook.cli.built_site import config_file_option, site_configuration, site_option
from opsbook.publish.building import build_site
from opsbook.publish.durable import copy_site
from opsbook.publish.release import publish, roll_back
from opsbook.publish.server_headers import SERVER_HEADERS
from opsbook.publish.target import Target


@click.command("publish")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@config_file_option
@site_option
@click.option(
    "--keep", type=click.IntRange(min=2), default=5, show_default=True, help="How many releases stay, the new one too."
)
@click.option("--gone", multiple=True, metavar="ADDRESS", help="A page of the last release that is gone on purpose.")
def publish_command(
    target: Path, config_file: Path | None, site: Path | None, keep: int, gone: tuple[str, ...]
) -> None:
    """Build the site aside, verify it, and switch TARGET to it in one step.

    TARGET is a folder, new or of an earlier run. A server shows its link `current`. Where any step fails, readers keep
    the site that was there.
    """
    if site and config_file:
        raise click.UsageError("--site publishes a site that is built; it takes no --config-file")
    make = partial(copy_site, site) if site else partial(build_site, config_file or site_configuration(Path()))
    done = publish(Target(target), make, keep=keep, gone=gone)
    same = done.release == done.before
    if done.has_new_headers:
        click.echo(f"{target / SERVER_HEADERS} is new; reload the server that includes it")
    click.echo(f"{target / 'current'} {'leads as before' if same else 'leads now'} to {done.release}")


@click.command("rollback")
@click.argument("target", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("release", required=False)
@click.option("--list", "is_list", is_flag=True, help="Only list the releases, the newest first.")
def rollback_command(target: Path, release: str | None, *, is_list: bool) -> None:
    """Switch TARGET back to the release before the current one, or to RELEASE."""
    place = Target(target)
    if is_list:
        for name in reversed(place.names if place.releases.is_dir() else []):
            click.echo(f"{name} (current)" if name == place.now else name)
        return
    done = roll_back(place, release)
    click.echo(f"{target / 'current'} leads now to {done.release}; it led to {done.before or 'nothing'}")
