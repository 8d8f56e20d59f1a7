"""The glossary of this repository, as a file and in a browser."""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Pages
from opsbook.nouns.kind import Project
from opsbook.nouns.term.load import load
from opsbook.nouns.term.model import Term
from screens import on_each_screen, violations


def test_the_glossary_of_this_repository_explains_what_is_used(root: Path) -> None:
    records = load(Project(root, root / "docs")).records
    terms = [record.value for record in records if isinstance(record.value, Term)]
    assert len(terms) >= 60
    assert [term.term for term in terms if len(re.split(r"(?<=[.?]) (?=[A-Z])", term.meaning)) > 2] == []
    assert all(term.meaning.endswith(".") for term in terms)
    leading = [term for term in terms if _leads(term)]
    assert len(leading) > len(terms) * 0.9


def _leads(term: Term) -> bool:
    return bool(term.item or term.runbook or term.page or term.url)


def test_the_meaning_shows_for_the_mouse_and_for_the_keyboard(served_site: str, page: Pages) -> None:
    for _, shown in on_each_screen(
        page, f"{served_site}/practices/infrastructure-as-code/terraform-vpc/", widths=(1440,)
    ):
        mark = shown.locator("abbr[tabindex]").first
        said = mark.get_attribute("title")
        assert said
        mark.focus()
        tip = shown.get_by_text(said, exact=True)
        tip.wait_for(state="visible")
        described = "each => document.getElementById(each.getAttribute('aria-describedby'))?.innerText"
        assert mark.evaluate(described) == said
        # The theme puts the tip outside of every landmark, where what describes an element may be.
        assert violations(shown, rules={"region": {"enabled": False}}) == []
        mark.blur()
        tip.wait_for(state="hidden")
        mark.hover()
        shown.get_by_text(said, exact=True).wait_for(state="visible")
        shown.mouse.move(0, 0)
