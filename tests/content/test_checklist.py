"""The checklist of this repository as a file."""

from __future__ import annotations

from pathlib import Path

from opsbook.convert.importer import import_file
from opsbook.nouns.checklist.load import parse_checklist


def test_a_checklist_of_our_own_comes_in_as_it_is(root: Path) -> None:
    text = (root / "checklist.yml").read_text(encoding="utf-8")
    assert import_file(root / "checklist.yml", "checklist.yml").checklist == parse_checklist(text, "checklist.yml")[0]
