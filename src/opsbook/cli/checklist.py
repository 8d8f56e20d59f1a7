"""Run `opsbook import`, `export` and `schema`: bring a checklist into `checklist.yml` and out of it."""

from __future__ import annotations

from pathlib import Path

import click

from opsbook.assembly.kinds import SCHEMAS
from opsbook.cli.origin import origin_of
from opsbook.cli.update import update
from opsbook.convert.export import checklist_markdown, to_yaml
from opsbook.convert.importer import Import, import_file
from opsbook.convert.merge.carried import wiped
from opsbook.convert.merge.memory import memory_file, memory_text
from opsbook.convert.merge.merge import remembered
from opsbook.convert.merge.nodes import nodes_of
from opsbook.convert.scalars import write_scalar
from opsbook.mkdocs.sitefile import pages_folder_of
from opsbook.nouns.checklist.load import load_checklist
from opsbook.nouns.checklist.model import Checklist, progress
from opsbook.problems import Problem, ProblemsError, counted
from opsbook.source.files import is_there
from opsbook.source.schema import schema_text
from opsbook.whole import make_folder, write_file

CHECKLIST = "checklist.yml"
STDOUT = "-"
CONFIG = """\
# Zensical runs no plugins: first `opsbook generate FOLDER`, then `zensical build` in FOLDER.
theme:
  name: material
plugins:
  - search
  - opsbook
  - macros:
      module_name: macros/main
      render_by_default: false
      on_error_fail: true
      on_undefined: strict
"""
MACROS = "from opsbook.macros import define_env\n"
_OUTPUT = click.Path(path_type=Path, allow_dash=True)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--output", "-o", type=_OUTPUT, default=CHECKLIST, show_default=True, help="Where to; - prints it.")
@click.option("--force", is_flag=True, help="Overwrite what is there, and say what of yours is lost by it.")
@click.option("--update", "is_update", is_flag=True, help="Merge a new version of the list into what is there.")
@click.option("--dry-run", "is_dry", is_flag=True, help="With --update: show what changes, and write nothing.")
@click.option("--yes", "-y", "is_agreed", is_flag=True, help="With --update: write it without a question.")
def import_command(
    file: Path | None, output: Path, force: bool, is_update: bool, is_dry: bool, is_agreed: bool
) -> None:
    """Turn the checklist in FILE, Markdown or YAML, into checklist.yml.

    Beside a new checklist.yml, mkdocs.yml, macros/ and docs/ are made where they are missing: all that a site needs.
    What is not taken over is listed on standard error.

    With --update, a new version of the list is merged: states, evidence, owners, ids, comments and all that you have
    changed stay. Without FILE it is read from where it came from. What changes is shown first; where nobody has
    agreed to it, nothing is written and the exit code is 3.
    """
    if is_update:
        if force or output == Path(STDOUT):
            raise click.UsageError("--update changes what is there; it goes with neither --force nor `--output -`")
        update(output, file, is_dry=is_dry, is_agreed=is_agreed)
        return
    if file is None or is_dry or is_agreed:
        raise click.UsageError("name the FILE to import" if file is None else "--dry-run and --yes go with --update")
    imported = import_file(file, file.as_posix())
    made = [] if output == Path(STDOUT) else write_import(output, file, imported, force=force)
    for note in imported.notes:
        click.echo(str(note), err=True)
    if not made:
        click.echo(to_yaml(imported.checklist), nl=False)
        return
    if output.name == CHECKLIST:
        made += _site_around(output, imported.checklist)
    click.echo(f"read {_counts(imported.checklist)} from {file}; wrote {', '.join(made)}")
    click.echo(f"next: {_next_step(output)}")


def write_import(output: Path, file: Path, imported: Import, *, force: bool) -> list[str]:
    """Write a checklist that was imported from `file`, and what an update has to remember. Return their names."""
    checklist = imported.checklist
    lost = _lost(output, checklist) if force else ""
    whole = checklist.model_copy(update={"upstream": origin_of(file, output)})
    made = _write(output, to_yaml(whole), force=force)
    made += _write(memory_file(output), memory_text(remembered(checklist, imported.pages)), force=True)
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


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path), default=CHECKLIST)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["markdown", "yaml"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@click.option("--output", "-o", type=_OUTPUT, default=STDOUT, show_default=True, help="Where to; - prints it.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def export_command(file: Path, kind: str, output: Path, force: bool) -> None:
    """Write the checklist in FILE (checklist.yml) as GitHub task lists, or as YAML in its usual style."""
    checklist, _ = load_checklist(file, file.as_posix())
    text = checklist_markdown(checklist) if kind == "markdown" else to_yaml(checklist)
    _print_or_write(output, text, force=force)


@click.command("schema")
@click.argument("kind", type=click.Choice(list(SCHEMAS)), default="checklist")
@click.option("--output", "-o", type=_OUTPUT, default=STDOUT, show_default=True, help="Where to; - prints it.")
def schema_command(kind: str, output: Path) -> None:
    """Write the JSON Schema of KIND, which editors use to complete and check such files."""
    _print_or_write(output, schema_text(SCHEMAS[kind].model, SCHEMAS[kind].place), force=True)


def _print_or_write(output: Path, text: str, *, force: bool) -> None:
    if output == Path(STDOUT):
        click.echo(text, nl=False)
    else:
        _write(output, text, force=force)


def _site_around(output: Path, checklist: Checklist) -> list[str]:
    """Write the files that MkDocs needs beside `output`, and the schema that its first line names.

    Return the names of those that were written; files that exist stay as they are.
    """
    is_new_site = not output.with_name("mkdocs.yml").exists()
    made = []
    config = f"site_name: {write_scalar(checklist.title)}\n{CONFIG}"
    for name, text in (("checklist.schema.json", schema_text(Checklist, CHECKLIST)), ("mkdocs.yml", config)):
        if not output.with_name(name).exists():
            made += _write(output.with_name(name), text, force=False)
    module = output.with_name("macros") / "main.py"
    if is_new_site and not is_there(module):
        make_folder(module.parent)
        made += _write(module, MACROS, force=False)
    docs = pages_folder_of(output.parent)
    if not docs.exists():
        make_folder(docs)
        made += _write(docs / ".gitkeep", "", force=False)
    return made


def _write(file: Path, text: str, *, force: bool) -> list[str]:
    """Write `text` to `file` and return its name.

    Raises ProblemsError if the file cannot be written, or if it exists and `force` is not set.
    """
    name = file.as_posix()
    if not force and (file.exists() or file.is_symlink()):
        message = "this file exists; overwrite it with --force, or name another one with --output"
        raise ProblemsError([Problem(name, 0, 0, message)])
    write_file(file, text, is_new=not force)
    return [name]


def _counts(checklist: Checklist) -> str:
    counts = progress(checklist.walk())
    done = f" ({counts.done} done)" if counts.done else ""
    items = sum(1 for _ in checklist.walk())
    parts = [counted(len(checklist.areas), "area"), counted(items, "item") + done]
    if checklist.phases:
        parts.append(counted(len(checklist.phases), "phase"))
    return ", ".join(parts)


def _next_step(output: Path) -> str:
    if output.name != CHECKLIST:
        return f"a site is made of a file named {CHECKLIST}; rename this one"
    folder = output.parent.as_posix()
    return "mkdocs serve" if folder == "." else f"mkdocs serve -f {folder}/mkdocs.yml"
