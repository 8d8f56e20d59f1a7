"""Run `opsbook export` and `schema`: bring a checklist out of `checklist.yml`, and say what such files may hold."""

from __future__ import annotations

from pathlib import Path

import click

from opsbook.assembly.kinds import SCHEMAS
from opsbook.cli.output import STDOUT, output_option, print_or_write
from opsbook.convert.export import checklist_markdown
from opsbook.convert.yaml_text import to_yaml
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import FILE
from opsbook.source.schema import schema_text


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path), default=FILE)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["markdown", "yaml"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@output_option(STDOUT)
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def export_command(file: Path, kind: str, output: Path, force: bool) -> None:
    """Write the checklist in FILE (checklist.yml) as GitHub task lists, or as YAML in its usual style."""
    checklist, _ = load_checklist(file, file.as_posix())
    text = checklist_markdown(checklist) if kind == "markdown" else to_yaml(checklist)
    print_or_write(output, text, force=force)


@click.command("schema")
@click.argument("kind", type=click.Choice(list(SCHEMAS)), default="checklist")
@output_option(STDOUT)
def schema_command(kind: str, output: Path) -> None:
    """Write the JSON Schema of KIND, which editors use to complete and check such files."""
    print_or_write(output, schema_text(SCHEMAS[kind].model, SCHEMAS[kind].place), force=True)
