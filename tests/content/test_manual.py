"""The manual in docs/opsbook/: it names all that people write to use the engine, and what it shows is what happens."""

from __future__ import annotations

import ast
import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import opsbook
from compatibility.rows import table
from opsbook import cli
from opsbook.assembly.kinds import KINDS, SCHEMAS
from opsbook.mkdocs.options import OpsbookConfig
from opsbook.nouns.macro.macros import MACROS
from opsbook.source.keys import key_sections

MANUAL = "docs/opsbook"
FILE = re.compile(r"`(?P<path>[\w./-]+)`:\n\n(?P<fence>`{3,})\w+\n(?P<text>.*?)\n(?P=fence)\n", re.DOTALL)
RUN = re.compile(r"```bash\n(?P<commands>[^`]*)\n```\n\n```output\n(?P<printed>[^`]*(?:`[^`]+`[^`]*)*?)\n```\n")


@pytest.fixture(scope="module")
def page(site: Path) -> dict[str, str]:
    """The HTML of each page of the manual, by the last part of its address."""
    folder = site / "opsbook"
    return {path.parent.name: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("index.html"))}


def rows(text: str) -> list[tuple[str, str]]:
    """The id of each row that has one, and what stands in its first cell."""
    found = re.findall(r'<tr id="([^"]+)">\s*<td><code>([^<]+)</code>', text)
    return [(html.unescape(id), html.unescape(name)) for id, name in found]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_of_a_file_is_in_the_manual(kind: str, page: dict[str, str]) -> None:
    keys = [key.name for section in key_sections(SCHEMAS[kind].model) for key in section.keys]
    named = [name for id, name in rows(page["files"]) if re.split(r"[-.]", id.removeprefix(kind), maxsplit=1)[0] == ""]
    assert [key for key in keys if key not in named] == []
    assert f'id="{kind}"' in page["files"]


def test_the_list_of_files_names_all_that_is_read_and_has_a_table_for_each_kind(root: Path) -> None:
    text = (root / MANUAL / "files.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[?`([^`]+)`", text, re.MULTILINE)
    read = [name for kind in KINDS for name in (*kind.files, *(f"docs/{each}" for each in kind.docs))]
    assert [name for name in read if not any(path.startswith(name) for path in listed)] == []
    assert set(re.findall(r'^\{\{ file_keys\("([^"]+)"\) \}\}$', text, re.MULTILINE)) == set(SCHEMAS)


def test_every_option_of_the_plugin_is_in_the_manual(page: dict[str, str]) -> None:
    assert [name for _, name in rows(page["settings"])] == [name for name, _ in OpsbookConfig._schema]


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command with the words that call it, and those below it."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from commands(found, f"{name} {below}")


def test_every_command_and_each_of_its_options_is_in_the_manual(page: dict[str, str]) -> None:
    text = html.unescape(re.sub(r"<[^>]+>", " ", page["commands"]))
    for name, command in commands(cli.group, "opsbook"):
        assert re.search(rf"\s{name}\s", text), name
        named = [each for param in command.params if isinstance(param, click.Option) for each in param.opts]
        assert [option for option in named if not re.search(rf"(?<![\w-]){option}(?![\w-])", text)] == [], name


def test_every_macro_is_in_the_reference_that_the_manual_leads_to(site: Path, page: dict[str, str]) -> None:
    assert 'href="../../reference/macros/"' in page["macros"]
    reference = (site / "reference/macros/index.html").read_text(encoding="utf-8")
    assert [name for name in MACROS if f'<h2 id="{name}"' not in reference] == []


def test_every_variable_of_the_environment_that_is_read_is_in_the_manual(page: dict[str, str]) -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(opsbook.__file__).parent.rglob("*.py")]
    read = {
        name
        for source in sources
        for name in re.findall(r"""(?:os\.environ\.get\(|os\.environ\[|getenv\(|envvar=)["']([A-Z_]+)""", source)
    }
    assert "SITE_URL" in read
    assert {name for name in read - {"PYTHONPATH"} if f"<code>{name}</code>" not in page["settings"]} == set()


def test_the_overview_leads_to_every_page_of_the_manual(root: Path) -> None:
    for folder in (root / MANUAL, root / MANUAL / "decisions"):
        linked = set(re.findall(r"\]\(([\w-]+(?:/index)?\.md)\)", (folder / "index.md").read_text(encoding="utf-8")))
        pages = {path.name for path in folder.glob("*.md")} - {"index.md"}
        assert pages - linked == set()


def test_the_architecture_names_every_room(root: Path) -> None:
    text = (root / MANUAL / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("| Room | Its one job |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines() if "|" in row for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    package = Path(opsbook.__file__).parent
    rooms = {path.relative_to(package).parts[0].removesuffix(".py") for path in package.rglob("*.py")}
    assert named == rooms - {"__init__", "__main__"}


def run(command: str, folder: Path) -> str:
    """What a command of the page prints, on whichever of the two; `opsbook` and `mkdocs` are those that are tested."""
    program, *arguments = command.split("#")[0].split()
    module = {"opsbook": ["-c", "from opsbook.cli import main; main()"]}[program]
    done = subprocess.run(
        [sys.executable, *module, *arguments], cwd=folder, env={**os.environ}, capture_output=True, text=True
    )
    return (done.stdout + done.stderr).strip()


def test_what_the_start_page_shows_is_what_happens(root: Path, tmp_path: Path) -> None:
    text = (root / MANUAL / "start.md").read_text(encoding="utf-8")
    files = {match["path"]: match["text"] for match in FILE.finditer(text)}
    shown = [(match["commands"].splitlines()[0], match["printed"]) for match in RUN.finditer(text)]
    assert [command.split()[1] for command, _ in shown] == ["import", "check", "check", "alerts"]
    (imported, mistake, checked, alerts) = shown

    def write(*paths: str) -> None:
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(files.pop(path) + "\n", encoding="utf-8")

    write("CHECKLIST.md")
    assert run(imported[0], tmp_path) == imported[1]

    checklist = tmp_path / "checklist.yml"
    owners = "owners:\n  - id: platform\n    title: Platform team\n"
    owned = checklist.read_text(encoding="utf-8").replace("\n\nareas:", f"\n\n{owners}\nareas:")
    checklist.write_text(owned.replace("    title: Observability\n", "    title: Observability\n    owner: platfrom\n"))
    assert run(mistake[0], tmp_path) == mistake[1]

    checklist.write_text(owned)
    write("docs/practices/observability/alerts-lead-runbook.md", "runbooks/cart-down.md")
    assert run(checked[0], tmp_path) == checked[1]

    write("runbooks/rules/shop.yml")
    assert run(alerts[0], tmp_path) == alerts[1]
    assert files == {}


def test_the_page_on_what_works_beside_it_lists_what_is_tried(root: Path) -> None:
    assert table() in (root / MANUAL / "compatibility.md").read_text("utf-8")


def test_the_page_on_the_cache_names_everybody_who_keeps_something(root: Path) -> None:
    folder = Path(opsbook.__file__).parent
    users = [path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if "key_of" in imported(path)]
    assert len(users) >= 8
    text = (root / MANUAL / "decisions" / "cache.md").read_text("utf-8")
    assert [user for user in users if f"`{user}`" not in text] == []


def imported(path: Path) -> set[str]:
    """What a module takes from the store."""
    tree = ast.parse(path.read_text("utf-8"))
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "opsbook.store")
    return {alias.name for node in froms for alias in node.names}
