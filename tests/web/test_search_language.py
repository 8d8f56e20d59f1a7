"""The search of a site in another language knows its letters, its endings and its little words."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from search_box import first_hits
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


OTHERS = {
    "ja": {
        "docs/a.md": "# 証明書の更新\n\nサーバーの証明書は毎年更新します。\n",
        "docs/b.md": "# データベース\n\n接続の数に上限があります。\n",
    },
    "fr": {
        "docs/a.md": "# Les certificats expirés\n\nUn certificat a expiré à Évry.\n",
        "docs/b.md": "# La base\n\nLes connexions sont limitées.\n",
    },
    "es": {
        "docs/a.md": "# Los certificados caducados\n\nUn certificado caducó en Cádiz.\n",
        "docs/b.md": "# La base\n\nLas conexiones están limitadas.\n",
    },
}
ASKED = {
    "ja": {"証明書": "a/", "更新": "a/", "証明書はどう更新しますか": "a/", "接続": "b/", "データベース": "b/"},
    "fr": {"certificat expire": "a/", "evry": "a/", "connexion": "b/", "conexions": "b/", "comment limiter": "b/"},
    "es": {"certificado": "a/", "caduco cadiz": "a/", "conexión": "b/", "conexioens": "b/", "qué conexiones": "b/"},
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_found_by_its_words(language: str, tmp_path: Path, serve: Serve, page: Pages) -> None:
    config = CONFIG.replace("theme: material", f"theme: {{name: material, language: {language}}}")
    address = serve(built(write(tmp_path, {**OTHERS[language], "mkdocs.yml": config})))
    hits = first_hits(page(f"{address}/"), address, ASKED[language])
    assert {query: found[:1] for query, found in hits.items()} == {
        query: [place] for query, place in ASKED[language].items()
    }
