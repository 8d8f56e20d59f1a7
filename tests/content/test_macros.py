"""The macros of this repository."""

from __future__ import annotations

from pathlib import Path

from opsbook.nouns.macro.macros import MACROS


def article(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8").split("<article", 1)[1].split("</article>", 1)[0]


def test_every_macro_of_this_repository_is_documented(site: Path) -> None:
    text = article(site, "reference/macros")
    assert text.count('class="ob-result"') == len(MACROS)
    assert "fits nothing" not in text
