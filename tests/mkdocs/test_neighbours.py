"""Plugins that change the configuration after the engine: what they replace of its settings comes back, or is said.

`tests/generate/backstage.py` holds the plugin of Backstage itself to the same, where that is installed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from small_site import CONFIG, build, built, write

# As mkdocs-techdocs-core 1.7.1 does: extensions once more, as a bundle at the end, with options that lose to those that
# are there; a theme without a palette; and a file by which Backstage knows the site.
LATE = """\
from pathlib import Path

from mkdocs.contrib.search import SearchPlugin


def on_config(config):
    ours = dict(config.mdx_configs)
    config.markdown_extensions += ["admonition", "pymdownx.highlight", "pymdownx.extra"]
    config.mdx_configs["pymdownx.highlight"] = {"linenums": True, "pygments_lang_class": True}
    config.mdx_configs["pymdownx.extra"] = {"pymdownx.superfences": config.mdx_configs.pop("pymdownx.superfences")}
    for name, options in ours.items():
        if name in config.mdx_configs:
            config.mdx_configs[name].update(options)
"""
BACKSTAGE = """\
    (Path(__file__).parent / "over/techdocs_metadata.json").write_text("{}")
    config.theme.static_templates.add("techdocs_metadata.json")
    config.theme["palette"] = {}
    config.plugins["search"] = plain = SearchPlugin()
    plain.load_config({})
"""
FENCES = (
    "markdown_extensions: [{pymdownx.superfences: {custom_fences: "
    "[{name: probe, class: probe, format: !!python/name:pymdownx.superfences.fence_code_format }]}}]\n"
)
FILES = {
    "mkdocs.yml": CONFIG + FENCES,
    "docs/glossary.yml": "terms:\n  - {term: Delivery, abbreviation: CD, meaning: It can go out.}\n",
    "docs/page.md": (
        "# Page\n\nCD first, CD again.\n\n| a | b |\n| :-: | --: |\n| 1 | 2 |\n\n"
        "```python\nprint(1)\n```\n\n```probe\nmine\n```\n"
    ),
}


def article(site: Path, page: str = "page") -> str:
    text = (site / page / "index.html").read_text("utf-8")
    return text.partition("<article")[2].partition("</article>")[0]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> str:
    return article(built(write(tmp_path_factory.mktemp("alone"), FILES)))


def test_the_site_by_itself_has_what_neighbours_could_take(alone: str) -> None:
    assert re.findall(r'align="(\w+)"', alone)[:2] == ["center", "right"]
    assert alone.count("<abbr") == 1
    assert "linenos" not in alone
    assert '<pre class="probe">' in alone


def test_extensions_that_another_plugin_adds_leave_those_of_the_site(tmp_path: Path, alone: str) -> None:
    late = {"mkdocs.yml": CONFIG + FENCES + "hooks: [late.py]\n", "late.py": LATE}
    root = write(tmp_path, {**FILES, **late})
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    assert article(root / "site") == alone
    assert "techdocs" not in done.stderr


@pytest.mark.parametrize("order", ["[pymdownx.extra, footnotes]", "[tables, pymdownx.extra]"])
def test_a_bundle_of_extensions_that_the_site_asks_for_leaves_those_of_the_engine(order: str, tmp_path: Path) -> None:
    own = {"mkdocs.yml": f"{CONFIG}markdown_extensions: {order}\n"}
    root = write(tmp_path, {**FILES, **own})
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    assert 'align="center"' in article(root / "site")
    assert article(root / "site").count("<abbr") == 1


def test_lines_are_numbered_where_the_site_asks_for_it(tmp_path: Path) -> None:
    numbered = "markdown_extensions: [{pymdownx.highlight: {linenums: true}}]\n"
    assert "linenos" in article(built(write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + numbered})))


def test_what_backstage_takes_away_is_said_in_one_line(tmp_path: Path, alone: str) -> None:
    config = CONFIG.replace("theme: material", "theme: {name: material, custom_dir: over}")
    late = {"mkdocs.yml": config + FENCES + "hooks: [late.py]\n", "late.py": LATE + BACKSTAGE, "over/.gitkeep": ""}
    root = write(tmp_path, {**FILES, **late})
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if "techdocs" in line]
    assert said == ["INFO    -  mkdocs-techdocs-core takes the palette away; Backstage has its own"]
    # Backstage reads the text of an entry alone, so the words of the search are in the page.
    words = "<p hidden>page pages paged paging</p>\n"
    assert article(root / "site").count(words) == 1
    assert article(root / "site").replace(words, "") == alone
    # The plain search of MkDocs, which the plugin adds, takes neither the place of the theme's index nor a script.
    index = json.loads((root / "site" / "search" / "search_index.json").read_text("utf-8"))
    assert index["docs"]
    assert "search/main.js" not in (root / "site" / "page" / "index.html").read_text("utf-8")


TAKES_AWAY = """\
from mkdocs.structure.files import Files


def on_files(files, config):
    return Files([file for file in files if file.src_uri not in ("page.md", "glossary.md", "mine.md")])
"""


def test_pages_that_another_plugin_takes_away_are_in_no_navigation_that_the_engine_made(tmp_path: Path) -> None:
    late = {"mkdocs.yml": CONFIG + "hooks: [late.py]\n", "late.py": TAKES_AWAY, "docs/other.md": "# Other\n"}
    root = write(tmp_path, {**FILES, **late})
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    home = (root / "site" / "index.html").read_text("utf-8")
    assert ('href="other/"' in home, "page/" in home, "glossary" in home) == (True, False, False)


def test_a_link_to_a_page_that_another_plugin_takes_away_says_so(tmp_path: Path) -> None:
    late = {
        "mkdocs.yml": CONFIG + "hooks: [late.py]\n",
        "late.py": TAKES_AWAY,
        "docs/other.md": "# O\n\n[p](page.md)\n",
    }
    done = build(write(tmp_path, {**FILES, **late}), "--strict")
    assert done.returncode == 1
    told = [line for line in done.stderr.splitlines() if "WARNING" in line]
    assert told == [
        "WARNING -  docs/other.md:3:1: `page.md` is no page of the site any more: another plugin has taken it away"
    ]


def test_a_page_that_mkdocs_yml_names_and_another_plugin_takes_away_is_told(tmp_path: Path) -> None:
    config = CONFIG + "nav: [index.md, page.md, mine.md, opsbook]\nhooks: [late.py]\n"
    root = write(tmp_path, {**FILES, "mkdocs.yml": config, "late.py": TAKES_AWAY, "docs/mine.md": "# Mine\n"})
    done = build(root, "--strict")
    assert done.returncode == 1
    told = [line.partition("'")[2].partition("'")[0] for line in done.stderr.splitlines() if "WARNING" in line]
    assert told == ["page.md", "mine.md"]
