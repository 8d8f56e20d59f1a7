"""Values from an address in commands: filled in by the page's own script, then run by real shells."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from external_programs import program
from opsbook.shell.quoting import Quoting
from opsbook.shell.shell import scan_shell
from package import ASSETS
from shell_contexts import FILLED, REFUSED, UNRUN, VALUES, Context

FILL = """
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [quoting, input] = process.argv.slice(2);
const { quoted, endsEarly } = await import(pathToFileURL(quoting));
const { commands, values } = JSON.parse(readFileSync(input, "utf8"));
const fill = ({ code, uses }, value) => {
  let filled = "";
  let at = 0;
  for (const [start, end, way] of uses) {
    const text = quoted(value, way, code);
    if (text === null) return null;
    filled += code.slice(at, start) + text;
    at = end;
  }
  filled += code.slice(at);
  return endsEarly(code, filled) ? null : filled;
};
console.log(JSON.stringify(commands.map((command) => values.map((value) => fill(command, value)))));
"""
READ_BY_TERMINALS = set("!#^\"'\\")
"""What a shell reads otherwise where somebody types."""
SHELLS = {
    "bash": ["bash", "--norc", "--noprofile"],
    "zsh": ["zsh", "-f"],
    "dash": ["dash"],
}


def uses(code: str) -> list[tuple[int, int, str]]:
    """Where the page fills in `$X`, and how."""
    found: list[tuple[int, int, str]] = []
    for reference in sorted(scan_shell(code).references, key=lambda reference: reference.start):
        if reference.name == "X" and (not found or reference.start >= found[-1][1]):
            found.append((reference.start, reference.end, reference.writing.value))
    return found


def filled(
    folder: Path, contexts: Sequence[Context], values: Sequence[str]
) -> Mapping[tuple[Context, str], str | None]:
    """Each command with each value, as the page writes it; None where it refuses to."""
    commands = [{"code": context.code, "uses": uses(context.code)} for context in contexts]
    (folder / "fill.mjs").write_text(FILL, "utf-8")
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    for name in ("quoting.js", "message.js"):
        shutil.copy(ASSETS / name, folder)
    (folder / "input.json").write_text(json.dumps({"commands": commands, "values": values}), "utf-8")
    node = [program("node"), str(folder / "fill.mjs"), str(folder / "quoting.js"), str(folder / "input.json")]
    done = subprocess.run(node, capture_output=True, text=True, check=True, timeout=60)
    rows = json.loads(done.stdout)
    return {
        (context, value): text
        for context, row in zip(contexts, rows, strict=True)
        for value, text in zip(values, row, strict=True)
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[Context, str], str | None]:
    """Every command that can hold a value, with every value."""
    return filled(tmp_path_factory.mktemp("fill"), FILLED, VALUES)


@pytest.mark.parametrize("context", [*FILLED, *REFUSED, *UNRUN], ids=lambda context: context.name)
def test_the_context_of_a_variable_is_known(context: Context) -> None:
    assert " ".join(way for _, _, way in uses(context.code)) == context.writing


def test_no_value_is_filled_in_where_none_can_stand(tmp_path: Path) -> None:
    found = filled(tmp_path, REFUSED, VALUES)
    assert [(context.name, value) for (context, value), text in found.items() if text is not None] == []


def test_every_value_fits_where_quotes_help_but_for_the_end_of_a_here_document(
    written: Mapping[tuple[Context, str], str | None],
) -> None:
    refused = {
        (context.name, value)
        for (context, value), text in written.items()
        if text is None and context.writing != Quoting.PLAIN.value
    }
    assert {value for _, value in refused} == {"EOF", "EOF) ; echo probe"}
    assert all("here-document" in name or name == "redirection" for name, _ in refused)


def test_a_plain_value_fits_everywhere(written: Mapping[tuple[Context, str], str | None]) -> None:
    plain = [text for (_, value), text in written.items() if value in VALUES[:2]]
    assert len(plain) == 2 * len(FILLED)
    assert None not in plain


def test_a_value_that_another_program_reads_again_holds_nothing_special(
    written: Mapping[tuple[Context, str], str | None],
) -> None:
    special = set(" $`\"';|&()<>\\*?[]{}~!#")
    let_in = {value for (context, value), text in written.items() if text is not None and context.writing == "plain"}
    assert [value for value in let_in if special & set(value) or value.startswith("=")] == []
    assert [value for value in VALUES if value not in let_in and not special & set(value)] == ["=ls"]


def cases(written: Mapping[tuple[Context, str], str | None], *, typed: bool) -> Iterator[tuple[Context, str, str]]:
    """What is run: the context, the value and the command."""
    for (context, value), text in written.items():
        if text is not None and (not typed or (context.is_typed and READ_BY_TERMINALS & set(value))):
            yield context, value, text


def wrong(shell: str, out: Path, ran: Sequence[tuple[Context, str, str]]) -> list[str]:
    """The cases of which `shell` printed anything but the value."""
    found = []
    for number, (context, value, text) in enumerate(ran):
        said = (out / str(number)).read_text("utf-8", errors="replace")
        is_executed = any(line.strip() == "probe" for line in said.splitlines())
        if is_executed or (shell in context.shells and said != f"{value}\n"):
            found.append(f"{shell}: {context.name}, {value!r}: {text!r} printed {said!r}")
    return found


@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_in_a_file_prints_the_value_whatever_it_holds(
    shell: str, written: Mapping[tuple[Context, str], str | None], tmp_path: Path
) -> None:
    ran = list(cases(written, typed=False))
    assert len({context.name for context, _, _ in ran}) >= 24
    folders = [tmp_path / name for name in ("in", "out", "empty")]
    for folder in folders:
        folder.mkdir()
    for number, (_, _, text) in enumerate(ran):
        (folders[0] / str(number)).write_text(f"{text}\n", "utf-8")
    # A subshell for each, so that a mistake in one ends that one alone.
    loop = 'cd "$3"; i=0; while [ $i -lt "$4" ]; do ( . "$1/$i" ) >"$2/$i" 2>/dev/null </dev/null; i=$((i + 1)); done'
    run(shell, ["-c", loop, shell, *map(str, folders), str(len(ran))], tmp_path)
    assert wrong(shell, folders[1], ran) == []
    assert list(folders[2].iterdir()) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_that_is_typed_prints_the_value_whatever_it_holds(
    shell: str, written: Mapping[tuple[Context, str], str | None], tmp_path: Path
) -> None:
    """An interactive shell has a history, which `!` fills in, and reads line by line."""
    ran = [case for case in cases(written, typed=True) if shell in case[0].shells]
    out, empty = tmp_path / "out", tmp_path / "empty"
    out.mkdir()
    empty.mkdir()
    lines = [f"exec >'{out}/{number}' 2>/dev/null\n{text}\n" for number, (_, _, text) in enumerate(ran)]
    typed = f"cd '{empty}'\n{''.join(lines)}exit\n"
    run(shell, ["-i"], tmp_path, typed=typed)
    assert wrong(shell, out, ran) == []
    assert list(empty.iterdir()) == []


def run(shell: str, arguments: Sequence[str], home: Path, *, typed: str | None = None) -> None:
    """Run `shell` with no settings but its own, and with a limit."""
    name, *options = SHELLS[shell]
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    subprocess.run(
        [program(name), *options, *arguments],
        input=typed,
        env=environment,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=240,
        start_new_session=True,
    )
