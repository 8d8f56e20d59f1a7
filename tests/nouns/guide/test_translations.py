"""Translations beside guides and tracks, which mkdocs-static-i18n finds by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.assembly.load import draft_handbook
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.page.model import WrittenPage
from opsbook.problems import ProblemsError
from small_site import write

GUIDE = "docs/practices/one/first.md"


def test_a_translation_beside_a_guide_is_an_ordinary_page(tmp_path: Path) -> None:
    names = [f"practices/one/first.{language}.md" for language in ("de", "pt-BR", "zh-Hant", "zh_TW")]
    root = write(tmp_path, {GUIDE: "Why.\n", **{f"docs/{name}": "# Titel\n\nText.\n" for name in names}})
    graph = draft_handbook(root, root / "docs").finish().graph
    assert list(graph.by_id(Guide)) == ["first"]
    assert set(graph.by_id(WrittenPage)) == set(names)


@pytest.mark.parametrize("name", ["first.md.md", "first.bak.md", "first.DE.md", "second.de.md"])
def test_any_other_name_is_still_refused(tmp_path: Path, name: str) -> None:
    root = write(tmp_path, {GUIDE: "Why.\n", f"docs/practices/one/{name}": "Why.\n"})
    with pytest.raises(ProblemsError) as caught:
        draft_handbook(root, root / "docs").finish()
    assert [problem.path for problem in caught.value.problems] == [f"docs/practices/one/{name}"]
