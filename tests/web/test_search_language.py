"""The search of a site in another language knows its letters, its endings and its little words."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from small_site import CONFIG, built, write
from trial_runbook import FILES

PAGES = {
    "mkdocs.yml": CONFIG.replace("theme: material", "theme: {name: material, language: de}"),
    "docs/houses.md": "# Die Häuser\n\nDie Größe der Häuser ist bekannt.\n",
    "docs/night.md": "# Die Nachtwache\n\nDie Nacht ist lang.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site in German."""
    return built(write(tmp_path_factory.mktemp("german"), {**FILES, **PAGES}))


def found(shown: Tab, query: str) -> list[str]:
    """The titles that the search finds for `query`."""
    field = shown.locator("[data-md-component=search-query]")
    field.fill("")
    field.dispatch_event("keyup")  # The theme listens to keys alone.
    shown.get_by_text("Suchbegriff eingeben").wait_for()
    field.fill(query)  # All at once: what is found for the first letters is not what is asked for.
    field.dispatch_event("keyup")
    shown.locator(".md-search-result__meta").filter(has_text="Suchergebnis").wait_for()
    return shown.locator(".md-search-result__item h1").all_inner_texts()


def test_a_german_site_finds_its_words_and_its_alerts(site: Path, serve: Serve, page: Pages) -> None:
    shown = page(f"{serve(site)}/")
    shown.locator("label[for=__search].md-header__button").dispatch_event("click")
    assert found(shown, "größe") == ["Die Häuser"]
    assert found(shown, "häusern") == ["Die Häuser"]
    assert found(shown, "Größe nicht") == ["Die Häuser"]
    assert len(found(shown, "TrialLooping")) == 1
