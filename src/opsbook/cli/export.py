"""Run `opsbook export` and `schema`: bring a checklist out of `checklist.yml`, and say what such files may hold."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from opsbook.assembly.kinds import SCHEMAS
from opsbook.assembly.load import draft_handbook
from opsbook.cli.output import STDOUT, output_option, print_or_write
from opsbook.convert.backstage import CatalogSettings, catalog_info
from opsbook.convert.export import checklist_markdown
from opsbook.convert.yaml_text import to_yaml
from opsbook.mkdocs.sitefile import read_site_file
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import FILE
from opsbook.source.schema import schema_text
from opsbook.source.web_address import split_address

COMMANDLINE = ParameterSource.COMMANDLINE


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path), default=FILE)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["markdown", "yaml", "backstage"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@output_option(STDOUT)
@click.option("--force", is_flag=True, help="Overwrite what is there.")
@click.option(
    "--base", envvar="SITE_URL", default="", help="The address of the site, for links to pages; for backstage."
)
@click.option("--system", default="", help="The system that all services belong to; for backstage.")
def export_command(file: Path, kind: str, output: Path, force: bool, base: str, system: str) -> None:
    """Write the checklist in FILE (checklist.yml) as GitHub task lists, or as YAML in its usual style.

    With --format backstage, write the services of the handbook around it as catalog-info.yaml: a component for each,
    its API, and a component for the handbook itself, which shows it in TechDocs.
    """
    given = click.get_current_context().get_parameter_source
    if kind != "backstage" and (wrong := [name for name in ("base", "system") if given(name) is COMMANDLINE]):
        raise click.UsageError(f"--{wrong[0]} goes with --format backstage")
    if kind == "backstage":
        print_or_write(output, _catalog(file.absolute().parent, base, system), force=force)
        return
    checklist, _ = load_checklist(file, file.as_posix())
    text = checklist_markdown(checklist) if kind == "markdown" else to_yaml(checklist)
    print_or_write(output, text, force=force)


def _catalog(root: Path, base: str, system: str) -> str:
    """Return the services of the handbook in the folder `root` as the text of `catalog-info.yaml`."""
    parts = split_address(base)
    if base and (parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
        raise click.UsageError(f"`{base}` is no address of a site; give one such as https://ops.example.org/")
    site = read_site_file(root)
    graph = draft_handbook(root, site.docs, site=site).finish().graph
    return catalog_info(graph, CatalogSettings(base, system))


@click.command("schema")
@click.argument("kind", type=click.Choice(list(SCHEMAS)), default="checklist")
@output_option(STDOUT)
def schema_command(kind: str, output: Path) -> None:
    """Write the JSON Schema of KIND, which editors use to complete and check such files."""
    print_or_write(output, schema_text(SCHEMAS[kind].model, SCHEMAS[kind].place), force=True)
