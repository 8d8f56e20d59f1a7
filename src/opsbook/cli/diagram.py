"""Run `opsbook diagram`: write a script to start a drawing from, and find node classes by words."""

from __future__ import annotations

from pathlib import Path

import click

from opsbook.nouns.drawing.load import script_files
from opsbook.nouns.drawing.new import script_name, script_text
from opsbook.nouns.drawing.nodes import NodeClass, find_nodes
from opsbook.nouns.drawing.words import node_id
from opsbook.problems import Problem, ProblemsError
from opsbook.source.characters import first_forbidden
from opsbook.whole import make_folder, write_file

FOLDER = Path("diagrams")
MOST = 40


@click.group("diagram")
def diagram_group() -> None:
    """Start an architecture drawing, and find what to draw in it."""


@diagram_group.command("new")
@click.argument("name")
def new_command(name: str) -> None:
    """Write a starting script for the drawing NAME into diagrams/."""
    if fault := first_forbidden(name):
        raise click.UsageError(f"in the name {fault}")
    path = FOLDER / script_name(name)
    _refuse_a_taken_id(path)
    make_folder(FOLDER, name=path.as_posix())
    write_file(path, script_text(name), is_new=True)
    click.echo(f"{path.as_posix()}: written")
    click.echo("next: keep `mkdocs serve` running and look at it under Architecture while you change the script")
    click.echo("      `opsbook diagram nodes WORD` finds icons, say `opsbook diagram nodes redis`")


@diagram_group.command("nodes")
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
def nodes_command(words: tuple[str, ...]) -> None:
    """Find the node classes whose name or folder is near WORD, each as the line that imports it.

    Several words narrow the search: `opsbook diagram nodes aws postgres`.
    """
    wanted = " ".join(words)
    found = find_nodes(wanted, most=MOST + 1)
    if not found:
        raise click.ClickException(f"no node class is near `{wanted}`; try a product, a part of its name, or one word")
    for node in found[:MOST]:
        click.echo(_line(node))
    if len(found) > MOST:
        click.echo(f"only the best {MOST} are shown; add a word, such as `aws`, `k8s` or `onprem`", err=True)


def _refuse_a_taken_id(path: Path) -> None:
    """Raise ProblemsError if a drawing has the id of `path` already; its file may be spelled in another way."""
    taken = [other for other in script_files(path.parent) if node_id(other.stem) == path.stem]
    if taken:
        message = "this drawing exists; change it, or choose another name"
        raise ProblemsError([Problem(taken[0].as_posix(), 0, 0, message)])


def _line(node: NodeClass) -> str:
    return f"{node.statement}  # the same as {node.alias_of}" if node.alias_of else node.statement
