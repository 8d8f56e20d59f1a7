"""The guides of this repository: one for each practice, whole, and each with something of its own to say."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from opsbook.assembly.load import draft_handbook
from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Place
from opsbook.nouns.guide.check import section_warnings
from opsbook.nouns.guide.model import Guide

BLOCK = re.compile(r"^[ \t]*(`{3,}).*?^[ \t]*\1\s*?$", re.MULTILINE | re.DOTALL)
SENTENCE = re.compile(r"[^.!?\n|]{25,}[.!?]")
LINK = re.compile(r"^- .+: <https://[^\s<>]+>$")


@pytest.fixture(scope="module")
def graph(root: Path) -> Graph:
    return draft_handbook(root, root / "docs").finish().graph


def test_every_practice_has_a_guide_with_its_five_sections(graph: Graph) -> None:
    assert sorted(set(graph.by_id(Place)) - set(graph.by_id(Guide))) == []
    assert [str(warning) for warning in section_warnings(graph.all(Guide))] == []


def test_a_guide_is_read_in_a_few_minutes(graph: Graph) -> None:
    """All that stands outside of code counts: headings, tables and references too."""
    words = {id: len(BLOCK.sub("", guide.markdown).split()) for id, guide in graph.by_id(Guide).items()}
    assert {id: count for id, count in words.items() if not 200 <= count <= 500} == {}


def prose(guide: Guide) -> str:
    return BLOCK.sub("", guide.markdown).partition("## References")[0]


def test_no_two_guides_say_the_same(graph: Graph) -> None:
    """Not more than a fifth of the sentences of the shorter one."""
    said = {
        id: {text.strip().lower() for text in SENTENCE.findall(prose(guide))}
        for id, guide in graph.by_id(Guide).items()
    }
    alike = [
        (one, other)
        for one, other in itertools.combinations(said, 2)
        if len(said[one] & said[other]) * 5 > min(len(said[one]), len(said[other]))
    ]
    assert alike == []


def test_every_reference_has_a_name_and_an_address(graph: Graph) -> None:
    wrong = []
    for id, guide in graph.by_id(Guide).items():
        lines = [line for line in guide.markdown.partition("## References")[2].splitlines() if line.strip()]
        wrong += [(id, line) for line in lines if not LINK.match(line)]
        assert len(lines) == len(set(lines)), id
        assert lines, id
    assert wrong == []
