"""The generated source by each engine says what the direct build says, and is found by the same words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from commands import run_command
from conftest import Pages, Serve
from each_noun import OF_EACH_NOUN
from generated import BUILDERS, built_by
from screens import violations
from search_box import first_hits
from search_entries import search_entries
from small_site import built, write
from trial_runbook import OTHER

GLOSSARY = """\
terms:
  - {term: Service level objective, abbreviation: SLO, meaning: What is promised.}
  - {term: Continuous integration, abbreviation: CI, meaning: 'Every change is built by a "machine" | at `once` *x*.'}
"""
ABBREVIATIONS = """\
# CI and SLO

[SLO](page.md), `SLO`, <span title="SLO">CI</span> first, CI again. [CI][]

```text
SLO
*[RTO]: is no definition here
```

- **SLO** second

*[RTO]: Recovery `time` | "goal" *x* __y__ <b> :smile: https://example.org/

| RTO | SLO |
| --- | --- |
| RTO | CI |

[CI]: page.md
"""
CERTIFICATE = (
    OTHER.replace("id: other", "id: certificate-expiring")
    .replace("title: Other", "title: Certificate expires soon")
    .replace("[OtherDown]", "[KubeCertificateExpiring]\nsymptoms: [x509 has expired]")
)
ASKED = "---\nsearch:\n  words: [pager duty rota]\ntags: [OnCallRota]\n---\n\n# Who is called\n\n## Later\n\nText.\n"
HANDBOOK = {
    **OF_EACH_NOUN,
    "docs/glossary.yml": GLOSSARY,
    "docs/abbreviations.md": ABBREVIATIONS,
    "docs/asked.md": ASKED,
    "runbooks/certificate-expiring.md": CERTIFICATE,
}
QUERIES = {
    "TrialLooping": "runbooks/trial/",
    "traillooping": "runbooks/trial/",
    "triallooping": "runbooks/trial/",
    "trial looping": "runbooks/trial/",
    "crash loop": "runbooks/trial/",
    "exit code 137": "runbooks/trial/",
    "certificates expiring": "runbooks/certificate-expiring/",
    "certificateexpir": "runbooks/certificate-expiring/",
    "kube certificate": "runbooks/certificate-expiring/",
    "x509 expired": "runbooks/certificate-expiring/",
    "pager": "asked/",
    "on call": "asked/",
    "call rota": "asked/",
    "practices": "practices/",
    "redis": "services/redis/",
    "slo": "glossary/",
    "orders": "post-mortems/2026-03-04-orders/",
}


SLIPS = {"traillooping": "runbooks/trial/"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site by the direct build, and by each engine from the generated source."""
    root = write(tmp_path_factory.mktemp("handbook"), HANDBOOK)
    found = {"direct": built(root)}
    done = run_command("opsbook", "generate", root / "source", folder=root)
    assert (done.returncode, done.stderr) == (0, "")
    for builder in BUILDERS:
        found[builder] = built_by(builder, root / "source").rename(root / builder)
    return found


VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Article(HTMLParser):
    """The words of the article of a page that somebody can see, and its abbreviations with their meanings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_shown = "hidden" not in said and "headerlink" not in (said.get("class") or "") and tag != "title"
        if tag == "article" or self.open:
            if tag not in VOID:
                self.open.append((tag, is_shown))
            if tag == "abbr":
                self.words.append(f"<{said['title']}>")

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and all(shown for _, shown in self.open):
            self.words += data.split()


def articles(site: Path) -> dict[str, list[str]]:
    found = {}
    for file in sorted(site.rglob("*.html")):
        reader = Article()
        reader.feed(file.read_text("utf-8"))
        found[file.relative_to(site).as_posix()] = reader.words
    return found


def is_own(page: str, words: list[str]) -> list[str]:
    """The words of a page without those that each engine has of its own: of the page for unknown addresses."""
    return [] if page == "404.html" else words


@pytest.mark.parametrize("builder", BUILDERS)
def test_the_text_of_each_article_is_the_same(builder: str, sites: dict[str, Path]) -> None:
    expected, seen = articles(sites["direct"]), articles(sites[builder])
    assert len(expected["runbooks/trial/index.html"]) > 100
    assert {page: is_own(page, words) for page, words in seen.items()} == {
        page: is_own(page, words) for page, words in expected.items()
    }


@pytest.mark.parametrize("builder", ["direct", *BUILDERS])
def test_an_abbreviation_is_explained_once_on_a_page(builder: str, sites: dict[str, Path]) -> None:
    text = (sites[builder] / "abbreviations" / "index.html").read_text("utf-8").partition("<article")[2]
    marks = re.findall(r'<abbr tabindex="0" title="([^"]+)">(\w+)</abbr>', text)
    assert [(html.unescape(meaning), name) for meaning, name in marks] == [
        ('Continuous integration: Every change is built by a "machine" | at once *x*.', "CI"),
        ("Service level objective: What is promised.", "SLO"),
        ('Recovery `time` | "goal" *x* __y__ <b> :smile: https://example.org/', "RTO"),
    ]
    assert text.count("<abbr") == 3
    assert re.search(r'<a href="[^"]+">CI</a>', text)
    assert "*[RTO]: is no definition here" in re.sub("<[^>]+>", "", text)


def entries(site: Path) -> Iterator[tuple[str, str]]:
    """The address of the page of each entry of the index of a site, and all its words."""
    of_zensical = site / "search.json"
    items = json.loads(of_zensical.read_text("utf-8"))["items"] if of_zensical.is_file() else search_entries(site)
    for entry in items:
        said = (entry["title"], entry["text"], *entry.get("words", ()), *entry.get("tags", ()))
        yield entry["location"].partition("#")[0], html.unescape(re.sub("<[^>]+>", " ", " ".join(said))).casefold()


def finds(site: Path) -> Callable[[str, str], bool]:
    """Whether a query leads to a page: each of its words begins one in the same entry, as all these engines ask."""
    known = [(address, set(re.split(r"[^\w]+", text))) for address, text in entries(site)]

    def is_found(query: str, page: str) -> bool:
        asked = query.casefold().split()
        hits = (words for address, words in known if address == page)
        return any(all(any(word.startswith(part) for word in words) for part in asked) for words in hits)

    return is_found


@pytest.mark.parametrize("builder", BUILDERS)
def test_what_people_type_is_in_the_index_of_each_engine(builder: str, sites: dict[str, Path]) -> None:
    is_found = finds(sites[builder])
    assert {query for query, page in QUERIES.items() if is_found(query, page)} == QUERIES.keys() - SLIPS.keys()


@pytest.mark.parametrize("site", ["direct", "mkdocs", "properdocs"])
def test_what_people_type_is_found_by_the_search_of_each_site_of_the_theme(
    site: str, sites: dict[str, Path], serve: Serve, page: Pages
) -> None:
    address = serve(sites[site])
    tab = page(f"{address}/")
    asked = {**QUERIES, **SLIPS}
    hits = first_hits(tab, address, asked)
    assert {query: hits[query][:2] for query, place in asked.items() if place not in hits[query][:2]} == {}


@pytest.mark.parametrize("builder", BUILDERS)
def test_words_that_only_the_search_reads_are_shown_to_nobody(builder: str, sites: dict[str, Path]) -> None:
    text = (sites[builder] / "asked" / "index.html").read_text("utf-8")
    assert re.search(r"<p hidden(?:=\"\")?>[a-z ]*\brota\b[^<]*</p>\s*<h2", text)


def test_tags_are_shown_where_a_plugin_shows_them_and_nowhere_else(sites: dict[str, Path]) -> None:
    for builder, site in sites.items():
        assert '<nav class="md-tags"' not in (site / "runbooks" / "trial" / "index.html").read_text("utf-8"), builder


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_page_is_accessible_on_a_narrow_screen(
    builder: str, sites: dict[str, Path], serve: Serve, page: Pages
) -> None:
    tab = page(f"{serve(sites[builder])}/runbooks/trial/", width=390)
    assert tab.locator(".ob-related").count() > 1
    assert violations(tab) == []
