"""The navigation: which tab a page is under, and that it needs no configuration."""

from __future__ import annotations

import re
from pathlib import Path

from opsbook.mkdocs.navigation import navigation
from opsbook.site.language import SiteLanguage
from opsbook.site.page import NavEntry
from small_site import CONFIG, built, problems, write

PRACTICES = NavEntry(
    "Practices", children=(NavEntry("All", "practices/index.md"), NavEntry("One", "practices/one/index.md"))
)
INCIDENTS = NavEntry("Post-mortems", children=(NavEntry("Post-mortems", "post-mortems/index.md"),))


def tabs(site: Path) -> list[str]:
    home = (site / "index.html").read_text("utf-8")
    return [title.strip() for title in re.findall(r'class="md-tabs__link">([^<]*)</a>', home)]


def test_a_page_goes_under_the_tab_of_its_folder() -> None:
    entries = [NavEntry("Home", "index.md"), PRACTICES, INCIDENTS]
    paths = ["practices/style.md", "on-call/index.md", "on-call/rota.md", "incident-response.md", "index.md"]
    assert navigation(entries, paths, {"on-call/index.md": "On call"}, SiteLanguage()) == [
        {"Home": "index.md"},
        {"Practices": [{"All": "practices/index.md"}, {"One": "practices/one/index.md"}, "practices/style.md"]},
        {
            "Incidents": [
                "incident-response.md",
                "on-call/index.md",
                "on-call/rota.md",
                {"Post-mortems": [{"Post-mortems": "post-mortems/index.md"}]},
            ]
        },
    ]


def test_what_no_tab_claims_is_under_reference_with_a_section_a_folder() -> None:
    paths = ["zebra.md", "sdk/orders/v1.md", "sdk/orders/index.md", "sdk/b.md", "sdk/README.md", "setup_guide/x.md"]
    assert navigation(
        [NavEntry("Macros", "reference/macros.md")], paths, {"sdk/README.md": "The <SDK>"}, SiteLanguage()
    ) == [
        {
            "Reference": [
                {"Macros": "reference/macros.md"},
                {
                    "The &lt;SDK&gt;": [
                        "sdk/README.md",
                        "sdk/b.md",
                        {"Orders": ["sdk/orders/index.md", "sdk/orders/v1.md"]},
                    ]
                },
                {"Setup guide": ["setup_guide/x.md"]},
                "zebra.md",
            ]
        }
    ]


def test_a_section_that_a_page_is_not_in_stays_closed_though_the_theme_would_open_it(tmp_path: Path) -> None:
    config = CONFIG.replace("material", "{name: material, features: [navigation.sections]}")
    pages = {f"docs/{folder}/{name}.md": f"# {name}\n" for folder in ("here", "there") for name in ("one", "two")}
    site = built(write(tmp_path, {**pages, "mkdocs.yml": config}))
    page = (site / "here/one/index.html").read_text("utf-8")
    linked = re.findall(r'<a href="[./]*((?:here|there)/[^"]*)" class="md-nav__link', page)
    assert linked == ["here/one/", "here/two/", "there/one/"]
    assert re.findall(r'md-nav__item--section md-nav__item--nested">\s*<input[^>]* id="([^"]*)"', page) != []


def test_however_many_folders_there_are_the_tabs_stay_eight(tmp_path: Path) -> None:
    names = [f"folder-{number}/page.md" for number in range(12)]
    folders = ["runbooks/how.md", "architecture/how.md", "on-call/how.md", "onboarding/deep/how.md", *names]
    site = built(write(tmp_path, {f"docs/{path}": "# A page\n" for path in folders}))
    assert len(tabs(site)) == 8


def test_a_hand_written_page_is_reached_under_its_own_title(tmp_path: Path) -> None:
    files = {
        "docs/guides/deep/index.md": "---\ntitle: Deep <b>waters</b>\n---\nText\n",
        "docs/guides/deep/one.md": "# The `first` one\n",
        "docs/guides/plain.md": "Text without a title\n",
    }
    site = built(write(tmp_path, files))
    text = (site / "guides" / "plain" / "index.html").read_text("utf-8")
    navigation = text.split('class="md-nav md-nav--primary', 1)[1].split("</nav>\n            </div>", 1)[0]
    assert "Deep &lt;b&gt;waters&lt;/b&gt;" in navigation
    assert 'href="../deep/one/"' in navigation or 'href="../deep/"' in navigation
    assert "<b>waters" not in text


def test_a_navigation_of_ones_own_wins(tmp_path: Path) -> None:
    config = CONFIG + "nav:\n  - Start: index.md\n  - Mine: mine.md\n"
    site = built(write(tmp_path, {"mkdocs.yml": config, "docs/mine.md": "# Mine\n"}))
    assert tabs(site) == ["Start", "Mine"]


def test_a_page_that_is_left_out_of_the_navigation_stays_out(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": CONFIG + "not_in_nav: /hidden.md\n",
        "docs/hidden.md": "# Hidden\n",
        "docs/seen.md": "# Seen\n",
    }
    site = built(write(tmp_path, files))
    seen = (site / "seen" / "index.html").read_text("utf-8")
    assert 'href="../hidden/"' not in seen
    assert (site / "hidden" / "index.html").is_file()


def test_a_front_matter_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    assert problems(
        write(tmp_path, {"docs/guides/x.md": "---\ntitle: a\ntitle: b\n---\n", "docs/y.md": "---\na: 1\n"})
    ) == [
        "docs/guides/x.md:3:1: duplicate key `title`; the first one stands on line 2",
        "docs/y.md:1:1: the front matter is not closed; end it with `---` on a line of its own",
    ]
