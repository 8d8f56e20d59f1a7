"""The engine's words are English: on a site in another language they say so, and what a user wrote does not.

All that the user wrote here is in Cyrillic letters. So a word in Latin letters is the engine's, or a name in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import Pages, Serve
from cyrillic import FILES, files
from small_site import built, site_of, write

LATIN, CYRILLIC = re.compile("^(?!https:|SVG|PNG|DOT).*[A-Za-z]{2,}"), re.compile("[А-яЁё]")
NO_WORDS = ("code", "pre", "script", "style", "time", "dt", "h2")
"""Elements that hold names and numbers; `dt` holds that of a variable, `h2` that of a macro."""
NAMES = re.compile(r"OpenAPI .*|GET|SVG|PNG|DOT|Cart|cart\.yaml|integer|null|object|string|path|query")
EMPTY = frozenset({"input", "meta", "link", "img", "br", "hr", "path", "rect", "circle", "line"})


class Words(HTMLParser):
    """The texts of the content of a page, each with whether it is said to be English."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str | None, bool]] = []
        self.english: list[str] = []
        self.others: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        outer, is_content = self.open[-1][1:] if self.open else (None, False)
        is_content = is_content or tag == "article" or "ob-related" in (said.get("class") or "")
        if tag not in EMPTY:
            self.open.append((tag, said.get("lang", outer), is_content))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][2] and not any(tag in NO_WORDS for tag, _, _ in self.open):
            (self.english if self.open[-1][1] == "en" else self.others).append(data.strip())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a page of each kind whose own content has no Latin letter but in code."""
    return built(write(tmp_path_factory.mktemp("russian"), files("ru")))


def pages(site: Path) -> Iterator[tuple[str, Words]]:
    """Each page with a content; that of the theme for unknown addresses is always English."""
    for file in sorted({*site.rglob("*.html")} - {site / "404.html"}):
        yield file.relative_to(site).as_posix(), Words(file.read_text("utf-8"))


def test_every_word_of_the_engine_says_that_it_is_english_and_no_word_of_a_user_does(site: Path) -> None:
    found = dict(pages(site))
    assert {"runbooks/cart-down/index.html", "onboarding/new/index.html", "own/index.html"} < found.keys()
    others = [(name, text) for name, page in found.items() for text in page.others if LATIN.search(text)]
    assert [(name, text) for name, text in others if not NAMES.fullmatch(text)] == []
    assert [(name, text) for name, page in found.items() for text in page.english if CYRILLIC.search(text)] == []
    assert {"Runbooks", "Your values", "reads", "changes", "You should see"} <= {
        text for page in found.values() for text in page.english
    }


def test_a_redirect_is_in_the_language_of_the_site(site: Path) -> None:
    html = (site / "alerts/CartDown/index.html").read_text("utf-8")
    assert '<html lang="ru">' in html
    assert "<p>CartDown: <a" in html
    former = (site / "services/basket/index.html").read_text("utf-8")
    assert '<p><span lang="en" dir="ltr">basket is now</span>: <a' in former


def test_a_site_in_english_has_no_marks() -> None:
    made = site_of(FILES)
    kept = [fragment.html for page in made.pages for fragment in page.body.kept.values()]
    assert [html for html in kept if "lang=" in re.sub('<(desc|g) id="[^"]*" lang="en">', "", html)] == []


SHOWN = """() => {
  const found = { english: [], others: [] };
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, data } = walker.currentNode;
    if (element.closest("code, pre, time, dt, script, .headerlink, .ob-timeline span, .ob-notes")) continue;
    found[element.closest("[lang]").getAttribute("lang") === "en" ? "english" : "others"].push(data.trim());
  }
  return found;
}"""


@pytest.mark.parametrize("address", ["runbooks/cart-down", "runbooks", "onboarding/new", "roadmap", ""])
def test_what_the_scripts_say_is_marked_too(address: str, site: Path, serve: Serve, page: Pages) -> None:
    shown = page(f"{serve(site)}/{address}/".replace("//?", "/"))
    for button in shown.locator("article").get_by_role("button", name=re.compile("Copy|Note")).all():
        button.click()
    for box in shown.locator("article input[type=checkbox]").all():
        box.check()
    found = shown.evaluate(SHOWN)
    assert [text for text in found["others"] if LATIN.search(text)] == []
    assert [text for text in found["english"] if CYRILLIC.search(text)] == []
