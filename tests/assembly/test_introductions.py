"""A hand-written page at the address of a generated one comes first on it, or is refused by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsbook.assembly.introductions import introduced
from opsbook.assembly.site import make_site
from opsbook.nouns.page.model import WrittenPage
from opsbook.nouns.post_mortem.model import TEMPLATE_PAGE, PostMortem
from opsbook.nouns.runbook.model import Runbook
from opsbook.source.tree import Position
from probes import Filler, hostile_graph
from small_site import CONFIG, WITH_MACROS, build, built, check, problems, write
from trial_runbook import FILES

SERVICES = """\
services:
  - {id: cart, title: Cart, summary: The cart., owner: team, tier: 1}
"""
OWN = {
    **FILES,
    "docs/index.md": "---\ndescription: All of <it>\ncolour: red\n---\n\n"
    "# My *own* home\n\nWelcome to [ours](practices/README.md).\n",
    "docs/practices/README.md": "No heading, but words.\n",
    "docs/practices/one/index.md": "---\ntitle: Our one\nhide: toc\n---\n\nWords of one.\n\n## More\n\nWords.\n",
    "docs/practices/two/README.md": "Two\n===\n\nWords of two.\n",
    "docs/runbooks/index.md": "# Our runbooks\n\nWords with {{ braces }}.\n",
    "docs/roadmap/README.md": "# Our plan\n",
    "docs/roadmap/phase-one.md": "# Our first phase\n",
    "docs/alerts/index.md": "Words of alerts.\n",
    "docs/services/index.md": "Words of services.\n",
    "docs/services/cart.md": "Words of the cart.\n",
    "docs/onboarding/index.md": "# Newcomers\n\nNo track is written yet.\n",
}
SHOWN = {
    "index.html": ("My <em>own</em> home", "Welcome to", "ob-overall"),
    "practices/index.html": ("All practices", "No heading, but words", "data-ob-filtered"),
    "practices/one/index.html": ("Our one", "Words of one", "ob-list--items"),
    "practices/two/index.html": ("Two", "Words of two", "ob-list--items"),
    "runbooks/index.html": ("Our runbooks", "Words with {{ braces }}", "ob-runbooks"),
    "roadmap/index.html": ("Our plan", "Our plan", "ob-gantt"),
    "roadmap/phase-one/index.html": ("Our first phase", "Our first phase", "ob-head"),
    "alerts/index.html": ("Alerts", "Words of alerts", "data-ob-filtered"),
    "services/index.html": ("Services", "Words of services", "ob-tier"),
    "services/cart/index.html": ("Cart", "Words of the cart", "tier 1"),
    "onboarding/index.html": ("Newcomers", "No track is written yet", "</article>"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("introductions"), {**OWN, "services.yml": SERVICES})
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    assert check(root)[0] == 0
    return root / "site"


def article(site: Path, path: str) -> str:
    return (site / path).read_text("utf-8").split("<article", 1)[1]


@pytest.mark.parametrize("path", SHOWN)
def test_what_a_person_wrote_comes_first_and_what_is_generated_after_it(site: Path, path: str) -> None:
    heading, words, generated = SHOWN[path]
    text = article(site, path)
    assert len(re.findall("<h1", text)) == 1
    assert text.index(f">{heading}<") <= text.index(words) < text.index(generated)


def test_its_front_matter_and_title_are_those_of_the_page(site: Path) -> None:
    assert '<meta name="description" content="All of &lt;it&gt;">' in (site / "index.html").read_text("utf-8")
    one = (site / "practices" / "one" / "index.html").read_text("utf-8")
    assert "<title>Our one - Elsewhere</title>" in one
    first = (site / "practices" / "one" / "first" / "index.html").read_text("utf-8")
    assert 'aria-label="Previous: Our one"' in first


def test_an_introduction_may_call_macros_and_its_mistakes_have_their_place(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": WITH_MACROS,
        "macros/main.py": "from opsbook.macros import define_env\n",
        "docs/practices/README.md": "---\nrender_macros: true\nextra: 1\n---\n\n"
        "# Ours\n\n{{ progress() }} {{ extra + 1 }}\n",
    }
    root = write(tmp_path, files)
    text = article(built(root), "practices/index.html")
    assert 'href="./"' in text or 'href="../practices/"' in text
    assert "2</p>" in text
    assert "data-ob-filtered" in text
    wrong = files["docs/practices/README.md"].replace("progress()", "progress('nowhere')")
    (root / "docs" / "practices" / "README.md").write_text(wrong, encoding="utf-8")
    (said,) = problems(root)
    assert check(root) == (1, [said])
    assert said.startswith(
        "docs/practices/README.md:8:13: no area, group, phase or item with parts has the id `nowhere`"
    )


def test_a_page_that_is_made_of_a_file_of_its_own_takes_no_second_one(tmp_path: Path) -> None:
    files = {**FILES, "docs/runbooks/other.md": "# Mine\n", "docs/practices/one/first/index.md": "# Mine\n"}
    made = "the site makes this page itself; rename it or remove it"
    root = write(tmp_path, files)
    code, said = check(root)
    assert (code, [line for line in said if "warning" not in line]) == (1, problems(root))
    assert problems(root) == [
        "docs/practices/one/first.md: has the same address as docs/practices/one/first/index.md; rename one",
        f"docs/practices/one/first/index.md: {made}; a guide has the address of its item, practices/<area>/<item>.md",
        f"docs/runbooks/other.md: {made}; a runbook is written in runbooks/",
    ]


def test_an_excluded_page_is_no_introduction(tmp_path: Path) -> None:
    files = {"mkdocs.yml": CONFIG + "exclude_docs: README.md\n", "docs/README.md": "# Of the folder\n"}
    assert "Of the folder" not in article(built(write(tmp_path, files)), "index.html")


def test_every_page_that_takes_an_introduction_begins_with_its_heading_and_calls_no_macro() -> None:
    graph = hostile_graph(Filler())
    site = make_site(graph)
    files = {graph.path(value) for kind in (Runbook, PostMortem) for value in graph.all(kind)}
    files |= {TEMPLATE_PAGE}
    taken = {path for path, file in site.owners.items() if file.endswith(".md")}
    paths = [page.path for page in site.pages if page.source is None and page.path not in files | taken]
    own = [WrittenPage(path, "Ours", "# Ours\n", Position(1, 1), has_heading=True) for path in paths]
    pages = {page.path: page for page in introduced(site, own, "docs").pages}
    assert {"index.md", "runbooks/index.md", "reference/macros.md"} <= set(paths)
    for path in paths:
        assert pages[path].markdown.startswith("# Ours\n\n"), path
        assert (pages[path].title, pages[path].source) == ("Ours", path)
        assert not re.search(r"\{[{%#]", pages[path].markdown.replace('{{ "{" }}', "")), path
