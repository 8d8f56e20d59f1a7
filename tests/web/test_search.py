"""The search forgives: it finds what people type, in the form in which they type it, and puts first what they want."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from opsbook.mkdocs.search_tokens import tokens_of
from page_scripts import results
from search_box import ASK, OPEN, first_hits
from small_site import CONFIG, build, built, write
from trial_runbook import FILES, OTHER

GLOSSARY = "terms: [{term: Recovery time objective, abbreviation: RTO, meaning: How long it may take.}]\n"
PAGES = {
    **FILES,
    "docs/glossary.yml": GLOSSARY,
    "docs/certificates.md": "# Certificates\n\n## How they are renewed\n\nThe certificate of each host is renewed.\n",
    "docs/budgets.md": "# Pod disruption budgets\n\n`PodDisruptionBudget` keeps replicas. See kubernetes.\n",
    "docs/scaling.md": "# Scaling\n\nThe `HorizontalPodAutoscaler` adds replicas. See nf_conntrack and 1.29.\n",
    "docs/recovery.md": "# Recovery time\n\nThe objective of recovery, and the time that it takes.\n",
    "docs/mine.md": "---\nsearch: {words: [the kettle is cold], trouble: true}\n---\n\n# Kitchen\n\nBoil it.\n",
    "docs/tea.md": "# Kettle\n\nWhat a kettle is.\n",
    "runbooks/certificate.md": OTHER.replace("id: other", "id: certificate")
    .replace("title: Other", "title: Certificate about to expire")
    .replace("[OtherDown]", "[CertManagerCertExpirySoon]\nsymptoms: ['x509: certificate has expired']"),
}
FOUND = {
    "name": {"TrialLooping": "runbooks/trial/", "CertManagerCertExpirySoon": "runbooks/certificate/"},
    "lower case": {"triallooping": "runbooks/trial/", "poddisruptionbudget": "budgets/"},
    "part of a name": {
        "ExpirySoon": "runbooks/certificate/",
        "certexpiry": "runbooks/certificate/",
        "expirysoon cert": "runbooks/certificate/",
        "podautoscaler": "scaling/",
        "disruptionbudget": "budgets/",
        "disruption-budget": "budgets/",
        "conntrack": "scaling/",
    },
    "error text": {
        "x509: certificate has expired or is not yet valid": "runbooks/certificate/",
        "OOMKilled exit 137": "runbooks/trial/",
        "1.29": "scaling/",
    },
    "wrong letter": {
        "xertificate expired": "runbooks/certificate/",
        "certificaet expired": "runbooks/certificate/",
        "cretificate expired": "runbooks/certificate/",
        "certifcate expired": "runbooks/certificate/",
        "certifficate expired": "runbooks/certificate/",
        "trialloping": "runbooks/trial/",
        "certmangercertexpirysoon": "runbooks/certificate/",
        "disruptoin": "budgets/",
        "horizontalpodautoscalr": "scaling/",
    },
    "abbreviation": {"RTO": "glossary/", "k8s": "budgets/"},
    "any order": {"expired certificate": "runbooks/certificate/", "budget disruption pod": "budgets/"},
    "other form": {"certificates expiring": "runbooks/certificate/", "kettles": "tea/"},
    "trouble": {"why is the certificate expired": "runbooks/certificate/", "kettle cold": "mine/"},
    "learning": {"how do we renew certificates": "certificates/", "what is a kettle": "tea/"},
    "operators": {
        "+certificate -expire": "certificates/",
        "title:scaling": "scaling/",
        '"disruption budgets"': "budgets/",
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(write(tmp_path_factory.mktemp("searched"), PAGES))


@pytest.mark.parametrize("manner", FOUND)
def test_the_right_page_comes_first(manner: str, site: Path, serve: Serve, page: Pages) -> None:
    address = serve(site)
    asked = FOUND[manner]
    hits = first_hits(page(f"{address}/"), address, asked)
    assert {query: found[:1] for query, found in hits.items()} == {query: [place] for query, place in asked.items()}


def test_short_words_count_only_beside_others(site: Path, serve: Serve, page: Pages) -> None:
    address = serve(site)
    hits = first_hits(page(f"{address}/"), address, ["kettle", "a kettle is", "it is a", "zzzzzz", "+kettle +zzzzzz"])
    assert hits["a kettle is"] == hits["kettle"]
    assert hits["it is a"] != []
    assert hits["zzzzzz"] == hits["+kettle +zzzzzz"] == []


FLAT = CONFIG + "use_directory_urls: false\n"
ON_DISK = CONFIG.replace("[search, opsbook]", "[search, offline, opsbook]")


@pytest.mark.parametrize("config", [FLAT, ON_DISK], ids=["without folders", "opened as a file"])
def test_the_same_is_found_where_pages_are_files(config: str, tmp_path: Path, serve: Serve, page: Pages) -> None:
    root = write(tmp_path, {**PAGES, "mkdocs.yml": config})
    done = build(root)
    assert done.returncode == 0, done.stderr
    site = root / "site"
    address = site.as_uri() if config == ON_DISK else serve(site)
    asked = {query: place for queries in FOUND.values() for query, place in queries.items()}
    hits = first_hits(page(f"{address}/index.html"), address, asked)
    places = {query: f"{place.rstrip('/')}.html" for query, place in asked.items()}
    assert {query: found[:1] for query, found in hits.items()} == {query: [place] for query, place in places.items()}


def shown(tab: Tab, query: str) -> str:
    """What the search shows of its first hit, with the marks."""
    tab.locator(OPEN).dispatch_event("click")
    tab.evaluate(ASK, [query])
    html: str = tab.locator(".md-search-result__item").first.inner_html()
    return html


def test_a_hit_shows_its_title_its_text_with_the_words_marked_and_what_is_missing(
    site: Path, serve: Serve, page: Pages
) -> None:
    html = shown(page(f"{serve(site)}/"), "certificate renewed somehow")
    assert "<h1><mark>Certificates</mark></h1>" in html
    assert "<h2>How they are <mark>renewed</mark></h2>" in html
    assert "<p>The <mark>certificate</mark> of each host is <mark>renewed</mark>.</p>" in html
    assert "<del>somehow</del>" in html


def test_the_page_of_a_hit_marks_the_word_that_was_meant(site: Path, serve: Serve, page: Pages) -> None:
    tab = page(f"{serve(site)}/")
    shown(tab, "cretificate renewed")
    tab.locator(".md-search-result__link").first.click()
    tab.locator("article mark[data-md-highlight]").first.wait_for()
    assert tab.locator("article mark[data-md-highlight]").first.inner_text().lower().startswith("certificate")


def test_a_page_loads_no_index_before_somebody_searches(site: Path, serve: Serve, page: Pages) -> None:
    tab = page(f"{serve(site)}/")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition(".")[0]))
    tab.reload(wait_until="networkidle")
    assert "search_index" in asked
    assert not {"pages", "words", "postings-0", "texts-0"} & set(asked)
    shown(tab, "certificate")
    assert {"pages", "words", "postings-0", "texts-0"} <= set(asked)


TEXTS = [
    "KubePodNotReady KubeAPIDown HTTPServer2 iOS a-b_c.d/e nf_conntrack",
    "Größe STRASSE İstanbul éclair ｋ８ｓ Ωmega ǅ",
    "1.29 v1.29.3 10.0.3.4:5432 5xx p99 0/1 x509: 137",
    "証明書の期限が切れた ไทย 한국어 Pod障害 カタカナ",
    "don't “quoted” ½ x² ① 🚢 __init__ 'a'",
    f"{'a' * 60} {'b' * 61} camelCaseNameOfManyParts ABCDef",
    "Привет हिन्दी العربية",
]


def test_the_build_and_the_browser_cut_text_into_the_same_words(tmp_path: Path) -> None:
    cut = results(tmp_path, "tokens.js", "tokensIn", [[text] for text in TEXTS], of="workers")
    assert cut == [list(tokens_of(text)) for text in TEXTS]
