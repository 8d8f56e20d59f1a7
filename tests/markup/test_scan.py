from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from opsbook.markup.files import text_markup

CASES = Path(__file__).parent / "cases"
PIECES = """<a x="|<a x='"|<a |<|`|- `N|[|](|[a]:|[^a]:|{|*{*{a}|<!--|<!|<?|<script>|<b>|</b>|<div>N|![a][b]"""
READ_ALL = f"""
from opsbook.markup.clean import removed
from opsbook.markup.files import text_markup
for piece in {PIECES!r}.replace("N", chr(10)).split("|"):
    text = piece * (60_000 // len(piece))
    for whole in (text, text + ">"):
        list(text_markup(whole, "x.md"))
        removed(whole)
"""


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_each_construct_that_a_page_may_not_hold_is_told_with_its_place(case: Path) -> None:
    found = [str(problem) for problem in text_markup(case.read_text("utf-8"), case.name)]
    assert found == case.with_suffix(".txt").read_text("utf-8").splitlines()


def test_long_texts_of_what_is_never_closed_are_read_to_their_end() -> None:
    subprocess.run([sys.executable, "-c", READ_ALL], check=True, timeout=240)
