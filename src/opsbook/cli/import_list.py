"""Run `opsbook import`: bring a checklist into `checklist.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from opsbook.cli.imported import chosen_columns, refuse_pages, shortened, shown_name, told, write_pages
from opsbook.cli.origin import origin_of
from opsbook.cli.output import STDOUT, output_option, write_new
from opsbook.cli.site_around import site_around
from opsbook.cli.update import update
from opsbook.convert.columns import ROLES
from opsbook.convert.importer import Import, ImportOptions, import_file
from opsbook.convert.merge.carried import wiped
from opsbook.convert.merge.memory import memory_file, memory_text
from opsbook.convert.merge.merge import remembered
from opsbook.convert.merge.nodes import nodes_of
from opsbook.convert.sources.choice import FORMS
from opsbook.convert.sources.form import READERS
from opsbook.convert.sources.presets import PRESETS
from opsbook.convert.yaml_text import to_yaml
from opsbook.mkdocs.sitefile import pages_folder_of
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import FILE, Checklist, progress
from opsbook.problems import ProblemsError, counted


def _columns(_context: click.Context, _option: click.Parameter, value: str | None) -> Mapping[str, str]:
    """Return the role of each column that is named in `value`. Raise BadParameter for what is no role."""
    try:
        return chosen_columns(value or "")
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@output_option(FILE)
@click.option("--force", is_flag=True, help="Overwrite what is there, and say what of yours is lost by it.")
@click.option("--update", "is_update", is_flag=True, help="Merge a new version of the list into what is there.")
@click.option("--dry-run", "is_dry", is_flag=True, help="With --update: show what changes, and write nothing.")
@click.option("--yes", "-y", "is_agreed", is_flag=True, help="With --update: write it without a question.")
@click.option(
    "--preset",
    type=click.Choice([*READERS, *PRESETS]),
    help="The form of the file, or the checklist that it is; else its structure says so.",
)
@click.option(
    "--items",
    type=click.Choice(FORMS),
    help="What the items of a Markdown file are; else the most likely of them.",
)
@click.option("--sheet", default="", help="The sheet of a workbook that holds the checklist.")
@click.option(
    "--columns",
    "columns",
    callback=_columns,
    metavar="ROLE=COLUMN,…",
    help=f"What columns hold, as in `title=Summary,area=Component`. Roles: {', '.join(ROLES)}.",
)
@click.option("--base", default="", metavar="URL", help="The address that relative links of the file are relative to.")
def import_command(
    file: Path | None,
    output: Path,
    force: bool,
    is_update: bool,
    is_dry: bool,
    is_agreed: bool,
    preset: str | None,
    items: str | None,
    sheet: str,
    columns: Mapping[str, str],
    base: str,
) -> None:
    """Turn the checklist in FILE into checklist.yml: Markdown, YAML, JSON, CSV, a workbook (XLSX) or plain text.

    Beside a new checklist.yml, mkdocs.yml, macros/ and docs/ are made where they are missing: all that a site needs.
    Long text, links and code of an item become its guide in docs/practices/. How the file was understood, what was
    taken of it and what was not is listed on standard error; where something is left out, the exit code is 1.

    With --update, a new version of the list is merged: states, evidence, owners, ids, comments and all that you have
    changed stay. Without FILE it is read from where it came from, with the same options. What changes is shown
    first; where nobody has agreed to it, nothing is written and the exit code is 3.
    """
    options = ImportOptions(preset or "", items or "", sheet, columns, base)
    if is_update:
        if force or output == Path(STDOUT):
            raise click.UsageError("--update changes what is there; it goes with neither --force nor `--output -`")
        update(output, file, options, is_dry=is_dry, is_agreed=is_agreed)
        return
    if file is None or is_dry or is_agreed:
        raise click.UsageError("name the FILE to import" if file is None else "--dry-run and --yes go with --update")
    imported = import_file(file, shown_name(file), options)
    if output == Path(STDOUT):
        _print(imported)
    else:
        _write(output, file, imported, options, force=force)
    if not imported.is_whole:
        raise SystemExit(1)


def _print(imported: Import) -> None:
    for line in told(imported, is_printed=True):
        click.echo(line, err=True)
    click.echo(to_yaml(imported.checklist), nl=False)


def _write(output: Path, file: Path, imported: Import, options: ImportOptions, *, force: bool) -> None:
    """Write the checklist that was imported from `file`, its pages, and what a site needs beside them."""
    docs = pages_folder_of(output.parent)
    if not force:
        refuse_pages(docs, imported.pages)
    made = write_import(output, file, imported, options, force=force)
    if output.name == FILE:
        made += site_around(output, imported.checklist)
    made += write_pages(docs, imported.pages, force=force)
    for line in told(imported, is_printed=False):
        click.echo(line, err=True)
    click.echo(f"read {_counts(imported.checklist)} from {file}; wrote {', '.join(shortened(made))}")
    click.echo(f"next: {_next_step(output)}")


def write_import(output: Path, file: Path, imported: Import, options: ImportOptions, *, force: bool) -> list[str]:
    """Write a checklist that was imported from `file`, and what an update has to remember. Return their names."""
    checklist = imported.checklist
    lost = _lost(output, checklist) if force else ""
    whole = checklist.model_copy(update={"upstream": origin_of(file, output, options)})
    made = write_new(output, to_yaml(whole), force=force)
    made += write_new(memory_file(output), memory_text(remembered(checklist, imported.pages)), force=True)
    if lost:
        click.echo(f"{output.as_posix()}: --force has wiped {lost}; `opsbook import --update` keeps them", err=True)
    return made


def _lost(output: Path, checklist: Checklist) -> str:
    """Return what stands in `output` and is not in `checklist`; empty where it is no checklist, or nothing is lost."""
    try:
        before, _ = load_checklist(output, output.as_posix())
    except ProblemsError:
        return ""
    return wiped(before, nodes_of(before), nodes_of(checklist))


def _counts(checklist: Checklist) -> str:
    counts = progress(checklist.walk())
    done = f" ({counts.done} done)" if counts.done else ""
    items = sum(1 for _ in checklist.walk())
    parts = [counted(len(checklist.areas), "area"), counted(items, "item") + done]
    if checklist.phases:
        parts.append(counted(len(checklist.phases), "phase"))
    return ", ".join(parts)


def _next_step(output: Path) -> str:
    if output.name != FILE:
        return f"a site is made of a file named {FILE}; rename this one"
    folder = output.parent.as_posix()
    return "mkdocs serve" if folder == "." else f"mkdocs serve -f {folder}/mkdocs.yml"
