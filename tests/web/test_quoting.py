"""The page's `quoting.js` alone: hostile values by the thousand, judged by real shells and a real PromQL parser."""

from __future__ import annotations

import itertools
import random
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import promql_parser
import pytest

from external_programs import program
from page_scripts import results

# Whatever a shell reads in its own way, but for the slash: what gets out of its quotes stays in its folder. And letters
# of the alphabets that people have.
SPECIAL = " \"'`$\\!#&|;<>()[]{}*?~^=%@:,.+-_"
OTHERS = "aE9éßЖ中🚢\u0301\u00a0"
SHELLS = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "dash": []}
END = "the-end"
Written = Mapping[str, Sequence[str | None]]


def hostile_values() -> list[str]:
    """Return every text of one or two characters, and longer ones as chance has them, the same in each run."""
    alphabet = SPECIAL + OTHERS
    short = ["".join(each) for length in (1, 2) for each in itertools.product(alphabet, repeat=length)]
    chance = random.Random(20261130)
    weights = [3] * len(SPECIAL) + [1] * len(OTHERS)
    return [*short, *("".join(chance.choices(alphabet, weights, k=chance.randint(3, 16))) for _ in range(1500))]


VALUES = hostile_values()
TYPED = {value for value in VALUES if {"!", "^", "#"} & set(value)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The values as the page writes them, by the way in which it does."""
    ways = ("bare", "double", "heredoc", "plain", "promql")
    calls = [(value, way, "") for way in ways for value in VALUES]
    texts = results(tmp_path_factory.mktemp("written"), "quoting.js", "quoted", calls)
    return {way: texts[at * len(VALUES) : (at + 1) * len(VALUES)] for at, way in enumerate(ways)}


def said(shell: str, folder: Path, script: str, *options: str) -> bytes:
    """Return what `shell` prints when it runs `script` in an empty folder, in which it must leave nothing."""
    empty = folder / "empty"
    empty.mkdir()
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    done = subprocess.run(
        [program(shell), *SHELLS[shell], *options],
        input=script.encode(),
        env=environment,
        cwd=empty,
        capture_output=True,
        timeout=120,
        start_new_session=True,
    )
    assert list(empty.iterdir()) == []
    return done.stdout


def misread(output: bytes, values: Sequence[str], separator: str = "\0") -> list[tuple[str, str]]:
    """Return the values that came out as something else, each with that."""
    found = output.decode(errors="replace").split(separator)[:-1]
    assert len(found) == len(values)
    return [(value, text) for value, text in zip(values, found, strict=True) if value != text]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("way", "frame"), [("bare", "{}"), ("bare", "''{}\"\""), ("double", '"{}"')])
def test_a_shell_reads_what_was_written_as_one_word_and_nothing_more(
    shell: str, way: str, frame: str, written: Written, tmp_path: Path
) -> None:
    lines = [f"printf '%s\\0' {frame.format(text)}" for text in written[way]]
    assert misread(said(shell, tmp_path, "\n".join([*lines, ""])), VALUES) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_a_here_document_gives_back_what_was_written(shell: str, written: Written, tmp_path: Path) -> None:
    lines = [f"<{text}>" for text in written["heredoc"]]
    output = said(shell, tmp_path, "\n".join([f"cat <<{END}", *lines, END, ""]))
    assert misread(output, [f"<{value}>" for value in VALUES], "\n") == []


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("way", "frame"), [("bare", "{}"), ("double", '"{}"')])
def test_a_terminal_reads_what_was_written_too(
    shell: str, way: str, frame: str, written: Written, tmp_path: Path
) -> None:
    """An interactive shell has a history, which `!` and `^` call up, and zsh knows no comments there."""
    out = tmp_path / "out"
    typed = [text for value, text in zip(VALUES, written[way], strict=True) if value in TYPED]
    lines = [f"printf '%s\\0' {frame.format(text)} >>'{out}'" for text in typed]
    said(shell, tmp_path, "\n".join([*lines, "exit", ""]), "-i")
    assert misread(out.read_bytes(), [value for value in VALUES if value in TYPED]) == []


def test_a_query_matches_the_value_in_either_kind_of_quotes(written: Written) -> None:
    for value, text in zip(VALUES, written["promql"], strict=True):
        for query in (f'up{{pod="{text}"}}', f"up{{pod='{text}'}}"):
            parsed = promql_parser.parse(query)
            assert isinstance(parsed, promql_parser.VectorSelector)
            assert [each.value for each in parsed.matchers.matchers] == [value], query


def test_a_query_between_backquotes_takes_only_what_needs_no_escape(tmp_path: Path) -> None:
    calls = [(value, "promql", "up{pod=`$X`}") for value in VALUES]
    taken = [text for text in results(tmp_path, "quoting.js", "quoted", calls) if text is not None]
    assert set("".join(taken)) == set(SPECIAL + OTHERS) - set("\\\"'`")


def test_what_another_program_reads_again_is_written_as_it_is_or_not_at_all(written: Written) -> None:
    pairs = list(zip(VALUES, written["plain"], strict=True))
    assert {text for value, text in pairs if text != value} == {None}
    taken = {value for value, text in pairs if text is not None}
    assert set("".join(taken)) & set(SPECIAL) == set("%+,-.:=@_")
    assert not any(value.startswith("=") for value in taken)


def test_nothing_is_written_where_the_way_is_none_or_unknown(tmp_path: Path) -> None:
    ways = ["none", "", "constructor", "toString", "__proto__"]
    assert results(tmp_path, "quoting.js", "quoted", [("a", way, "") for way in ways]) == [None] * len(ways)


def test_a_character_that_cannot_be_seen_is_written_nowhere(tmp_path: Path) -> None:
    unseen = ["a\nb", "a\rb", "a\tb", "\0", "\x1b[0m", "\x7f", "\u200b", "\u202e", "\u2028", "\ufeff", "\ud800"]
    ways = ["bare", "double", "heredoc", "plain", "promql"]
    calls = [(value, way, "") for value in unseen for way in ways]
    assert set(results(tmp_path, "quoting.js", "quoted", calls)) == {None}


REFUSALS = [
    ("cart-7f", "[a-z0-9-]+", "cart-1", ""),
    ("a" * 500, "a+", "a", ""),
    ("a" * 501, "a+", "a", "is longer than %(most)s characters"),
    ("a\nb", "[^x]+", "a", "holds a line end or a character that cannot be seen"),
    ("a\u202eb", ".+", "a", "holds a line end or a character that cannot be seen"),
    ("-rf", ".+", "a", "starts with “-”, so a command would take it for an option"),
    ("-1", "-?[0-9]+", "-3", ""),
    ("xcart", "cart", "cart", "does not match %(pattern)s"),
    ("a|b", "a|b", "a", "does not match %(pattern)s"),
    ("b", "a|b", "a", ""),
]
HERE_DOCUMENTS = [
    ("cat <<EOF\n$X\nEOF", "cat <<EOF\na\nEOF", False),
    ("cat <<EOF\n$X\nEOF", "cat <<EOF\nEOF\nEOF", True),
    ("cat <<-EOF\n\t$X\n\tEOF", "cat <<-EOF\n\tEOF\n\tEOF", True),
    ("cat <<'E F'\n$X\nE F", "cat <<'E F'\nE F\nE F", True),
    ('a="$(cat <<EOF\n$X\nEOF\n)"', 'a="$(cat <<EOF\nEOF)\nEOF\n)"', True),
    ("cat <<EOF\nEOF $X\nEOF", "cat <<EOF\nEOF a\nEOF", False),
    ("cat <<<$X", "cat <<<EOF", False),
]


def test_a_value_is_refused_with_its_reason(tmp_path: Path) -> None:
    calls = [case[:3] for case in REFUSALS]
    said = [reason and f"“%(value)s” is refused: it {reason}. For example: %(example)s" for *_, reason in REFUSALS]
    assert results(tmp_path, "quoting.js", "refusal", calls) == said


def test_a_value_that_would_end_a_here_document_is_found(tmp_path: Path) -> None:
    calls = [case[:2] for case in HERE_DOCUMENTS]
    assert results(tmp_path, "quoting.js", "endsEarly", calls) == [ends for *_, ends in HERE_DOCUMENTS]
