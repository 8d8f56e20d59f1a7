"""What stands around the text of a page: the link to report a mistake, tags for previews, the page of lost readers."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig

from conftest import Pages, Serve
from each_noun import OF_EACH_NOUN
from git_folder import commit
from opsbook.mkdocs.report_links import IssueUrlOption, report_form
from runbook_tab import opened, pasted
from screens import check_on_each_screen
from small_site import CHECKLIST, built, problems, write

REPOSITORY = "https://github.com/example-org/handbook"
CONFIG = f"""\
site_name: Our & <Handbook>
site_url: https://ops.example.org/book/
strict: true
theme: material
repo_url: {REPOSITORY}
edit_uri: edit/main/docs/
plugins: [search, opsbook]
"""
NASTY = CHECKLIST.replace("title: First\n", """title: 'A "quoted" <b> & %0A ünd [x](y)'\n""")


def reports(site: Path, page: str) -> list[str]:
    """Return the addresses at which a reader of `page` reports a mistake."""
    text = (site / page / "index.html").read_text("utf-8")
    return [html.unescape(link) for link in re.findall(r'<p class="ob-report"><a href="([^"]*)"', text)]


def test_a_report_is_filled_with_the_page_its_address_its_source_and_the_commit(tmp_path: Path) -> None:
    files = {"checklist.yml": NASTY, "mkdocs.yml": CONFIG, "docs/about.md": "# About & more\n"}
    root = write(tmp_path, files)
    commit(root, "2026-01-31")
    site = built(root)
    (link,) = reports(site, "practices/one/first")
    parts = urlsplit(link)
    assert parts._replace(query="").geturl() == f"{REPOSITORY}/issues/new"
    said = parse_qs(parts.query)
    assert said["title"] == ['A "quoted" <b> & %0A ünd [x](y)']
    version = r"[0-9a-f]{12}"
    assert re.fullmatch(
        r'Page: A "quoted" <b> & %0A ünd \[x\]\(y\)\n'
        r"Address: https://ops\.example\.org/book/practices/one/first/\n"
        rf"Source: checklist\.yml:10\nVersion: {version}\n\nWhat is wrong, and what is right\?\n",
        said["body"][0],
    )
    (link,) = reports(site, "about")
    assert "Source: docs/about.md\n" in parse_qs(urlsplit(link).query)["body"][0]
    (link,) = reports(site, "health")
    assert len(reports(site, "")) == 1


@pytest.mark.parametrize(
    ("settings", "form"),
    [
        ({"repo_url": REPOSITORY}, f"{REPOSITORY}/issues/new?title={{title}}&body={{body}}"),
        (
            {"repo_url": "https://gitlab.com/a/b/c.git"},
            "https://gitlab.com/a/b/c/-/issues/new?issue[title]={title}&issue[description]={body}",
        ),
        (
            {"repo_url": "https://code.example.org/a/b/", "edit_uri": "-/edit/main/docs/"},
            "https://code.example.org/a/b/-/issues/new?issue[title]={title}&issue[description]={body}",
        ),
        ({"repo_url": "https://codeberg.org/a/b"}, "https://codeberg.org/a/b/issues/new?title={title}&body={body}"),
        (
            {"repo_url": "https://git.example.org/a/b", "edit_uri": "_edit/main/docs/"},
            "https://git.example.org/a/b/issues/new?title={title}&body={body}",
        ),
        (
            {"repo_url": "https://bitbucket.org/a/b"},
            "https://bitbucket.org/a/b/issues/new?title={title}&content={body}",
        ),
        ({"repo_url": "https://git.example.org/a/b"}, ""),
        ({"repo_url": "https://notgithub.com/a/b"}, ""),
        ({}, ""),
    ],
)
def test_the_host_of_the_repository_says_where_reports_go(settings: dict[str, str], form: str) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", **settings})
    config.validate()
    assert report_form(None, config) == form
    assert report_form("", config) == ""
    assert report_form("mailto:a@b.example", config) == "mailto:a@b.example"


@pytest.mark.parametrize(
    "wrong", ["javascript:alert(1)", "//x/{title}", "https://x/{titel}", "https://x/ y", "mailto:x"]
)
def test_an_address_for_reports_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        IssueUrlOption().run_validation(wrong)


def test_an_address_of_the_sites_own_is_filled_and_escaped(tmp_path: Path) -> None:
    own = "https://tracker.example.org/new?t={title}&u={page}&s={source}&v={version}"
    config = CONFIG.replace("[search, opsbook]", f"[search, opsbook: {{issue_url: '{own}'}}]")
    site = built(write(tmp_path, {"checklist.yml": NASTY, "mkdocs.yml": config}))
    (link,) = reports(site, "practices/one/first")
    query = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert query["u"] == ["https://ops.example.org/book/practices/one/first/"]
    assert query["s"] == ["checklist.yml:10"]
    write(tmp_path, {"mkdocs.yml": CONFIG.replace("[search, opsbook]", "[search, opsbook: {issue_url: false}]")})
    assert reports(built(tmp_path), "practices/one/first") == []
    write(tmp_path, {"mkdocs.yml": CONFIG.replace("[search, opsbook]", "[search, opsbook: {issue_url: 'x{y}'}]")})
    assert any("unknown place `{y}`; allowed: " in line for line in problems(tmp_path))


def test_words_that_stay_english_say_so(tmp_path: Path) -> None:
    for language, mark in (("ru", ' lang="en" dir="ltr"'), ("de", ""), ("en", "")):
        config = CONFIG.replace("theme: material", f"theme: {{name: material, language: {language}}}")
        site = built(write(tmp_path, {"mkdocs.yml": config}))
        assert f'<p class="ob-report"{mark}><a' in (site / "practices/index.html").read_text("utf-8")
        lost = (site / "404.html").read_text("utf-8")
        assert f"<h1{mark}>{'Seite nicht gefunden' if language == 'de' else 'Page not found'}</h1>" in lost


def og(site: Path, page: str) -> dict[str, str]:
    """Return the tags for previews of `page`, by their names."""
    text = (site / page / "index.html").read_text("utf-8")
    found = re.findall(r'<meta (?:name|property)="((?:og|twitter):[^"]*|description)" content="([^"]*)">', text)
    assert len(found) == len(dict(found))
    return {name: html.unescape(value) for name, value in found}


def test_each_page_says_what_a_link_to_it_shows(tmp_path: Path) -> None:
    head = "---\ndescription: 'What \"we\" <do>'\n---\n"
    more = {"mkdocs.yml": CONFIG, "docs/page.md": f"{head}# A <b> & c\n", "docs/guides/README.md": "# Guides\n"}
    site = built(write(tmp_path, {**OF_EACH_NOUN, **more}))
    name = "Our & <Handbook>"
    assert og(site, "page") == {
        "description": 'What "we" <do>',
        "og:type": "article",
        "og:site_name": name,
        "og:title": "A & c",
        "og:description": 'What "we" <do>',
        "og:url": "https://ops.example.org/book/page/",
        "twitter:card": "summary",
    }
    assert og(site, "")["og:type"] == "website"
    for page in ("practices/one", "runbooks/trial", "services/cart", "post-mortems", "health", "glossary", "roadmap"):
        found = og(site, page)
        assert found["og:description"] == found["description"], page
    assert "og:image" not in "".join(file.read_text("utf-8") for file in site.rglob("*.html"))


def test_tags_of_the_sites_own_go_before(tmp_path: Path) -> None:
    own = '{% extends "base.html" %}{% block extrahead %}<meta property="og:title" content="Ours">{% endblock %}'
    config = CONFIG.replace("theme: material", "theme: {name: material, custom_dir: overrides}")
    site = built(write(tmp_path, {"mkdocs.yml": config, "overrides/main.html": own}))
    assert og(site, "practices/one") == {"og:title": "Ours", "description": "One"}


LOST = CONFIG.replace("https://ops.example.org/book/", "https://ops.example.org/")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """A site whose page for unknown addresses stands where a reader looks for a runbook."""
    site = built(
        write(
            tmp_path_factory.mktemp("lost"),
            {**OF_EACH_NOUN, "mkdocs.yml": LOST, "docs/page.md": "# P\n", "docs/guides/README.md": "# Guides\n"},
        )
    )
    text = (site / "404.html").read_bytes()
    return serve(site, {"/trial-loop/stars.html": text, "/": text})


def test_a_lost_reader_gets_a_search_for_the_words_of_the_address(address: str, page: Pages) -> None:
    shown = page(f"{address}/trial-loop/stars.html")
    found = shown.locator(".md-search-result__link")
    found.first.wait_for()
    assert shown.locator("[data-md-component=search-query]").input_value() == "trial loop stars"
    assert "runbooks/trial/" in (found.first.get_attribute("href") or "")
    assert shown.locator("[data-ob-lost] button").inner_text() == "Search for “trial loop stars”"


def test_a_lost_reader_without_scripts_gets_the_first_page_of_each_tab(address: str, page: Pages) -> None:
    shown = page(f"{address}/404.html")
    links = shown.locator("article li a")
    tabs = ["Home", "Practices", "Roadmap", "Runbooks", "Architecture", "Incidents", "Onboarding", "Reference"]
    assert links.all_inner_texts() == tabs
    assert links.evaluate_all("links => links.map(link => link.getAttribute('href'))")[:3] == [
        "/.",
        "/practices/",
        "/roadmap/",
    ]


def test_the_page_of_lost_readers_fits_every_screen(address: str, page: Pages) -> None:
    check_on_each_screen(page, f"{address}/404.html")


def test_each_step_gives_a_link_to_itself_with_the_values_of_the_reader(address: str, page: Pages) -> None:
    tab = opened(page, f"{address}/runbooks/trial/?namespace=shop", width=390)
    link = tab.get_by_role("button", name="Copy the link to step 2")
    link.click()
    assert link.inner_text() == "Copied"
    assert pasted(tab) == f"{address}/runbooks/trial/?namespace=shop#act"
    tab.goto(f"{address}/runbooks/trial/?namespace=shop#act")
    assert tab.locator("#act:target").count() == 1
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_each_practice_of_a_list_has_an_anchor_there(address: str, page: Pages) -> None:
    for path in ("practices/", "practices/one/", "practices/two/"):
        shown = page(f"{address}/{path}")
        ids = shown.evaluate("[...document.querySelectorAll('article [id]')].map(each => each.id)")
        assert len(ids) == len(set(ids))
        wanted = {"practices/two/": ["things", "whole", "part"]}.get(path, ["first", "second"])
        assert [id for id in ids if id in wanted] == wanted
