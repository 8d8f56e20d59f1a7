"""A part with nothing in it, or one that is switched off or excluded, leaves no page, no tab and no link behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import Crawler
from drawing_scripts import PAIR
from opsbook.assembly.parts import PARTS, part_of, shown_site
from opsbook.assembly.site import Site, make_site
from opsbook.graph import Graph
from opsbook.nouns.post_mortem.model import fill, load_template
from opsbook.site.document import document_text
from opsbook.site.filling import fill_markdown
from opsbook.site.gone import Gone
from opsbook.site.links import link_to, source_of
from opsbook.site.page import Page
from opsbook.source.sitefile import SiteFile
from probes import Filler, hostile_graph
from small_site import CONFIG, WITH_MACROS, build, built, check, problems, write
from trial_runbook import FILES

_LINKS = re.compile(r'(?:href|data-ob-post-mortem)="([^"]*)"')
OF_EACH = {
    **{name: re.sub(r"\]\([^()]*\.md[^()]*\)", "](#look)", text) for name, text in FILES.items()},
    "docs/onboarding/developer.md": "---\ntitle: Developer\nsummary: All.\nday-one: [{item: first, do: Read.}]\n"
    "week-one: [{runbook: other, do: Walk.}]\nmonth-one: [{url: https://example.org/, title: A, do: Read.}]\n---\n",
    "docs/practices/one/first.md": "## Why it matters\n\nBecause.\n",
    "docs/glossary.yml": "terms:\n  - {term: Cart, meaning: A cart., item: first}\n",
    "diagrams/pair.py": PAIR,
    "post-mortems/2026-03-04-orders.md": fill(
        load_template(Path("none"), "none"), {"title": "Orders", "severity": "sev2", "started": "2026-03-04T10:00Z"}
    ),
}


def tabs(site: Path) -> list[str]:
    page = next(file for file in sorted(site.rglob("index.html")) if 'class="md-tabs__link"' in file.read_text("utf-8"))
    return [title.strip() for title in re.findall(r'class="md-tabs__link">([^<]*)</a>', page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return hostile_graph(Filler())


@pytest.fixture(scope="module")
def whole(graph: Graph) -> Site:
    return make_site(graph)


def links_of(page: Page) -> set[str]:
    """The source addresses that the engine's own links on `page` lead to."""
    related = {source_of(link["url"]) for group in page.meta.get("related", ()) for link in group["links"]}
    return related | {source for fragment in page.kept.values() for source in sources_in(fragment.html)}


def sources_in(html: str) -> set[str]:
    return set(filter(None, map(source_of, _LINKS.findall(html))))


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_switched_off_has_no_page_and_no_link_to_it(part: str, graph: Graph, whole: Site) -> None:
    site = shown_site(whole, graph, SiteFile(without=(part,)))
    gone = {page.path for page in whole.pages} - {page.path for page in site.pages}
    assert {path for path in gone if part_of(path) == part}
    assert {part_of(path) for path in gone} <= {part, "alerts"}
    for page in site.pages:
        assert links_of(page).isdisjoint(gone), page.path
        digests = set(re.findall(r"\ufdd0(\d+)\ufdd1", page.markdown))
        assert digests <= page.kept.keys()
        fill_markdown(document_text(page), page.kept)
    for asset in site.assets:
        if isinstance(asset.content, str) and asset.path.endswith((".html", ".svg")):
            assert sources_in(asset.content).isdisjoint(gone), asset.path


def test_nothing_is_changed_where_nothing_is_left_out(graph: Graph, whole: Site) -> None:
    assert shown_site(whole, graph, SiteFile()) is whole
    assert not whole.gone


@pytest.mark.parametrize(
    "without", ["runbooks, roadmap", "practices, onboarding", "services, architecture, glossary, post-mortems"]
)
def test_a_site_without_some_parts_has_no_dead_link(without: str, tmp_path: Path) -> None:
    config = CONFIG.replace("search, opsbook", f"search, {{opsbook: {{without: [{without}]}}}}")
    root = write(tmp_path, {**OF_EACH, "mkdocs.yml": config})
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    site = root / "site"
    for part in without.split(", "):
        assert not list((site / part).rglob("*.html")), part
        assert part.capitalize() not in tabs(site)
    assert Crawler(site).dead == []


def test_empty_parts_are_not_there(tmp_path: Path) -> None:
    checklist = "title: Small\nareas:\n  - {id: one, title: One, items: [{id: first, title: First}]}\n"
    site = built(write(tmp_path, {"checklist.yml": checklist}))
    assert tabs(site) == ["Home", "Practices", "Reference"]
    assert {file.parts[0] for file in (path.relative_to(site) for path in site.rglob("*.html"))} == {
        *("404.html", "health", "index.html", "practices")
    }
    assert Crawler(site).dead == []
    assert "roadmap" not in (site / "index.html").read_text("utf-8")


def test_a_home_page_says_nothing_of_work_where_there_is_none(tmp_path: Path) -> None:
    site = built(write(tmp_path, {"checklist.yml": "title: Small\nareas:\n  - {id: one, title: One}\n"}))
    home = (site / "index.html").read_text("utf-8")
    assert [name for name in ("ob-overall", "ob-next", "ob-incident", "ob-new") if f'class="{name}"' in home] == []
    assert 'class="ob-areas"' in home
    assert Crawler(site).dead == []


def test_excluded_pages_are_not_linked_to(tmp_path: Path) -> None:
    excluded = "/roadmap/\n  /runbooks/other.md\n  /practices/one/first.md\n  /onboarding/\n  /architecture/\n"
    root = write(tmp_path, {**OF_EACH, "mkdocs.yml": f"{CONFIG}exclude_docs: |\n  {excluded}"})
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    site = root / "site"
    assert not {"Roadmap", "Onboarding"} & set(tabs(site))
    assert Crawler(site).dead == []
    assert "First" in (site / "practices" / "one" / "index.html").read_text("utf-8")


def test_a_link_of_a_person_to_what_is_left_out_is_told_with_its_page(tmp_path: Path) -> None:
    config = WITH_MACROS.replace("  - opsbook\n", "  - opsbook: {without: [roadmap]}\n")
    page = "---\nrender_macros: true\n---\n\n# P\n\n[the plan](roadmap/index.md) {{ items(phase='phase-one') }}\n"
    macros = "from opsbook.macros import define_env\n"
    root = write(tmp_path, {"mkdocs.yml": config, "docs/p.md": page, "macros/main.py": macros})
    done = build(root, "--clean")
    assert done.returncode == 1
    assert "docs/p.md:7:1: the site has no file `roadmap/index.md`; " in done.stderr
    (root / "docs" / "p.md").write_text(page.replace("[the plan](roadmap/index.md)", ""), encoding="utf-8")
    site = built(root)
    assert Crawler(site).dead == []


def test_a_site_without_a_home_page_of_any_kind_is_refused(tmp_path: Path) -> None:
    config = CONFIG.replace("search, opsbook", "search, {opsbook: {without: [home]}}")
    root = write(tmp_path, {"mkdocs.yml": config})
    said = "mkdocs.yml: nothing is left for the home page; write docs/index.md, or leave `home` out of `without`"
    assert problems(root) == [said]
    assert check(root) == (1, [said])
    (root / "docs" / "index.md").write_text("# My home\n", encoding="utf-8")
    text = (built(root) / "index.html").read_text("utf-8")
    assert "My home" in text
    assert "ob-home" not in text
    assert tabs(root / "site")[0] == "Home"


def test_what_a_link_says_stays_where_it_names_a_thing() -> None:
    gone = Gone(frozenset({"roadmap/one.md", "tracks/a.md"}), frozenset({"roadmap/index.md"}))
    phase, phases, track, other = map(link_to, ("roadmap/one.md", "roadmap/index.md", "tracks/a.md", "other.md"))
    cases = {
        f'<p>In <a href="{phase}#x" class="c">Phase one</a></p>': '<p>In <span class="c">Phase one</span></p>',
        f'<p>In <a href="{phase}">Phase one</a></p>': "<p>In Phase one</p>",
        f'<p class="w"><a href="{phases}?a=1">All</a> <a href="{other}">Other</a></p>': (
            f'<p class="w"> <a href="{other}">Other</a></p>'
        ),
        f'x\n<p class="w"><a href="{phases}">All</a></p>': "x",
        f'<section><h2>New</h2><ul><li><a href="{track}">A</a></li></ul></section>': "",
        f'<section><h2>New</h2><ul><li><a href="{other}">A</a></li></ul></section>': (
            f'<section><h2>New</h2><ul><li><a href="{other}">A</a></li></ul></section>'
        ),
        f'<svg><a xlink:href="{track}" target="_top"><rect/></a></svg>': "<svg><rect/></svg>",
        f'<svg><a href="{track}" class="n"><rect/></a></svg>': '<svg><g class="n"><rect/></g></svg>',
        f'<div data-ob-post-mortem="{phases}" class="a"></div>': '<div class="a"></div>',
    }
    for html, expected in cases.items():
        assert gone.without_links(html) == expected
