"""Whatever happens to a file, its author gets lines with places, or a checklist, and never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from opsbook.convert.export import checklist_markdown, to_yaml
from opsbook.convert.importer import import_file
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.problems import Problem, ProblemsError
from opsbook.source.text import decode

HERE = Path(__file__).parent
TOKENS = (
    *("'", '"', " ", "\t", "\0", ": ", "- ", "[", "]", "{", "}", "#", "|", ">", "%", "@", "`", "? ", ",", "=", "~"),
    *("null", "---", "...", "&a ", "*a", "!!x ", "<<: ", "%YAML 1.1", "\\u202e", '"\\ud800"', '"\\UFFFFFFFF"'),
    *("\u2028", "\x85", "\ufeff", "\ufffe", "\u202e", "\U0001f510", "**", "](", "<!--", "```", "- [x] ", "### "),
    *("(in progress)", "(waived until 2027-01-31: x)", "### Phase 3: x (Week 2-9)"),
    *("  - Priority: high", "  - Tags: a, , b", "  - Link: [a](<b>)", "  - Controls: A-1"),
)


def mutations(base: bytes, *, seed: int, count: int) -> list[bytes]:
    """`count` damaged copies of some lines of `base`, the same ones each time."""
    chance = random.Random(seed)
    return [mutated(base, chance) for _ in range(count)]


def mutated(base: bytes, chance: random.Random) -> bytes:
    lines = base.split(b"\n")
    first = chance.randrange(len(lines))
    lines = [*lines[:14], *lines[first : first + 30]]
    for _ in range(chance.choice((1, 1, 2, 4))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        column = chance.randrange(len(lines[one]) + 1)
        token = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
        match chance.randrange(5):
            case 0:
                lines[one] = lines[one][:column] + token + lines[one][column:]
            case 1:
                lines[one] = lines[one][:column] + lines[one][column + chance.choice((1, 5)) :]
            case 2:
                lines[one], lines[other] = lines[other], lines[one]
            case 3:
                lines[one] = chance.choice((b" ", b"   ", b"\t")) + lines[one]
            case _:
                lines[one] = lines[one][:column] + bytes([chance.randrange(256)]) + lines[one][column:]
    return b"\n".join(lines) + b"\n"


def test_a_mutated_checklist_loads_or_says_why_not() -> None:
    base = to_yaml(import_file(HERE / "seed/checklist.md", "checklist.md").checklist).encode()
    for data in mutations(base, seed=1, count=250):
        problems: tuple[Problem, ...] = ()
        try:
            checklist, _ = parse_checklist(decode(data, "checklist.yml"), "checklist.yml")
            assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist
        except ProblemsError as error:
            problems = error.problems
        last = len(data.splitlines()) + 1
        assert [str(problem) for problem in problems if not (0 < problem.line <= last and problem.column > 0)] == []


@pytest.mark.parametrize("name", ["seed/checklist.md", "markdown/left-out.md", "foreign/names-and-states.yml"])
def test_a_mutated_list_from_elsewhere_is_brought_in_or_says_why_not(tmp_path: Path, name: str) -> None:
    damaged, again = tmp_path / f"damaged{Path(name).suffix}", tmp_path / "checklist.md"
    for data in mutations((HERE / name).read_bytes(), seed=2, count=150):
        damaged.write_bytes(data)
        try:
            checklist = import_file(damaged, name).checklist
        except ProblemsError:
            continue
        assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist
        markdown = checklist_markdown(checklist)
        again.write_text(markdown, encoding="utf-8")
        assert checklist_markdown(import_file(again, again.name).checklist) == markdown
