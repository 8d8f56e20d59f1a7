"""The macros that document the engine itself: keys of files, options of the plugin, commands."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from pydantic import Field

from opsbook import cli
from opsbook.assembly.interface import interface
from opsbook.assembly.kinds import SCHEMAS
from opsbook.content.checks import CHECKS
from opsbook.graph import Graph
from opsbook.mkdocs.options import OpsbookConfig
from opsbook.nouns.macro.calls import CallSite
from opsbook.nouns.macro.manual import commands, content_checks, file_keys, plugin_options
from opsbook.nouns.macro.model import CheckHelp, CommandHelp, CommandOption, Interface, PluginOption
from opsbook.source.fields import Model, OneLine
from opsbook.source.keys import Key, key_sections
from opsbook.source.schema import FileFormat
from small_site import WITH_MACROS, built, problems, write

ASKS = "---\nrender_macros: true\n---\n\n"
PROBE = "<i data-probe>*x*</i> {{ 7*7 }}"
ESCAPED = "&lt;i data-probe&gt;*x*&lt;/i&gt; {{ 7*7 }}"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_of_every_file_has_a_type_and_a_meaning(kind: str) -> None:
    for section in key_sections(SCHEMAS[kind].model):
        assert section.meaning, section.name
        assert [key.name for key in section.keys if not (key.meaning and key.type)] == [], section.name


def test_every_option_of_the_plugin_is_described() -> None:
    options = interface().options()
    assert [option.name for option in options] == [name for name, _ in OpsbookConfig._schema]
    assert all(option.type and option.meaning and option.default for option in options)


def everything(help: CommandHelp) -> list[CommandHelp]:
    return [help, *(each for below in help.commands for each in everything(below))]


def test_every_command_and_every_option_of_it_has_a_help() -> None:
    helps = [each for read in interface().commands.values() for each in everything(read())]
    names = {"opsbook", *(f"opsbook {name}" for name in cli.COMMANDS)}
    assert names < {each.name for each in helps}
    assert {"opsbook diagram new", "opsbook post-mortem new"} < {each.name for each in helps}
    for each in helps:
        assert all(each.paragraphs), each.name
        assert [option.name for option in each.options if not option.meaning] == [], each.name


def test_the_help_of_a_command_tells_of_each_argument() -> None:
    context = click.Context(cli.group)
    found = [command for name in cli.COMMANDS if (command := cli.group.get_command(context, name))]
    below = [each for command in found if isinstance(command, click.Group) for each in command.commands.values()]
    for command in (*found, *below):
        for argument in (each for each in command.params if isinstance(each, click.Argument)):
            name = (argument.metavar or argument.name or "").upper().rstrip(".")
            assert name in (command.help or "").upper(), (command.name, name)


class Inner(Model):
    """An inner one."""

    numbers: tuple[int, ...] = Field((), description="Some.")
    again: Inner | None = Field(None, description="Deeper.")


class Outer(Model):
    """Everything."""

    name: OneLine = Field(description="Its name.")
    share: float = Field(0.5, ge=0, le=1, description="How much.")
    inner: tuple[Inner, ...] = Field((), alias="in-ner", description="The rest.")


def test_keys_are_told_in_words_with_their_defaults_and_what_is_in_them() -> None:
    outer, inner = key_sections(Outer)
    assert outer.keys == (
        Key("name", "one line of text", None, True, None, "Its name."),
        Key("share", "a number from 0 to 1", None, False, "0.5", "How much."),
        Key("in-ner", "a list of mappings", "Inner", False, None, "The rest."),
    )
    assert inner.keys == (
        Key("numbers", "a list of whole numbers", None, False, None, "Some."),
        Key("again", "a mapping", "Inner", False, None, "Deeper."),
    )
    assert key_sections(Inner)[0] == inner


class Hostile(Model):
    """A description with <i data-probe>*x*</i> {{ 7*7 }} in it."""

    key: OneLine = Field(PROBE, alias='k"e<y', description=PROBE)


def test_what_the_tables_show_is_escaped() -> None:
    option = PluginOption(PROBE, PROBE, PROBE, PROBE)
    command = CommandHelp(PROBE, PROBE, (PROBE,), (CommandOption(PROBE, PROBE),))
    checks = (CheckHelp(PROBE, PROBE, PROBE),)
    known = Interface({"x": FileFormat(PROBE, Hostile)}, lambda: (option,), {"": lambda: command}, checks)
    here = CallSite(Graph(values=[known]), "page.md")
    tables = ((file_keys(here, "x"), 3), (plugin_options(here), 4), (commands(here), 5), (content_checks(here), 3))
    for shown, times in tables:
        assert "<i data-probe>" not in shown
        assert shown.count(ESCAPED) >= times
    assert '<tr id="x.k&#34;e&lt;y"><td><code>k&#34;e&lt;y</code>' in file_keys(here, "x")


def test_a_page_shows_keys_options_and_commands_and_no_cell_is_empty(root: Path, tmp_path: Path) -> None:
    calls = "\n\n".join(f'## F {kind}\n\n{{{{ file_keys("{kind}") }}}}' for kind in SCHEMAS)
    page = f"{ASKS}# P\n\n{calls}\n\n## O\n\n{{{{ plugin_options() }}}}\n\n## C\n\n{{{{ commands() }}}}\n"
    page += "\n## H\n\n{{ content_checks() }}\n"
    linked = "# L\n\n[a](page.md#checklist-item.status) [b](page.md#opsbook-check) [c](page.md#option-policy)\n"
    module = (root / "macros" / "main.py").read_text("utf-8")
    files = {"macros/main.py": module, "mkdocs.yml": WITH_MACROS, "docs/page.md": page, "docs/linked.md": linked}
    site = built(write(tmp_path, files))
    text = (site / "page" / "index.html").read_text("utf-8").split("<article", 1)[1].split("</article>", 1)[0]
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", text, re.DOTALL)]
    assert len(cells) > 500
    assert all(cells)
    assert '<td>a list of mappings: <a href="#checklist-area">Area</a></td><td><strong>required</strong></td>' in text
    assert "<code>opsbook check [OPTIONS] [PATHS]...</code>" in text
    assert "<td><code>--debug</code></td>" in text
    assert [check.name for check in CHECKS if f'<tr id="check-{check.name}">' not in text] == []
    ids = re.findall(r' id="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))


def test_a_wrong_kind_of_file_or_command_is_told_with_its_place(root: Path, tmp_path: Path) -> None:
    module = (root / "macros" / "main.py").read_text("utf-8")
    page = (
        ASKS + '# P\n\n{{ file_keys("checklst") }} {{ commands("chek") }} {{ commands("") }}\n'
        "{{ file_keys(none) }} {{ alert([1]) }}\n"
    )
    found = problems(write(tmp_path, {"macros/main.py": module, "mkdocs.yml": WITH_MACROS, "docs/page.md": page}))
    assert found[:2] == [
        "docs/page.md:7:14: `checklst` is not a kind of file; did you mean `checklist`?",
        "docs/page.md:7:41: `chek` is not a command; did you mean `check`?",
    ]
    assert [line.split(";")[0] for line in found[3:]] == [
        "docs/page.md:8:4: `None` is not a kind of file",
        "docs/page.md:8:26: no runbook is for the alert `[1]`",
    ]
    assert found[2].startswith("docs/page.md:7:64: `` is not a command; allowed: alerts, bundle")
