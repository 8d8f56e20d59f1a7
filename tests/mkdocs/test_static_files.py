"""A file of the user that a template or the search index would overwrite, and a template that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_site import CONFIG, build, built, check, refused, write

OWN = CONFIG.replace("theme: material", "theme: {name: material, custom_dir: own, static_templates: [mine.html]}")


def test_a_file_that_mkdocs_would_overwrite_is_refused(tmp_path: Path) -> None:
    names = ("404.html", "mine.html", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz")
    files = {f"docs/{name}": "mine\n" for name in (*names, "robots.txt", "CNAME")}
    root = write(tmp_path, {**files, "mkdocs.yml": OWN, "own/mine.html": "<p>Made</p>\n"})
    told = refused(root)
    assert [line.partition(": ")[0] for line in told] == [f"docs/{name}" for name in names]
    assert told[0] == (
        "docs/404.html: the site has a `404.html` of its own, which would overwrite this file;"
        " allowed: a template `404.html` in `custom_dir`"
    )
    for name in names:
        (root / "docs" / name).unlink()
    write(root, {"mkdocs.yml": OWN, "own/404.html": "mine too\n"})
    site = built(root)
    assert (site / "404.html").read_text("utf-8").endswith("mine too")
    assert {(site / name).read_text("utf-8") for name in ("robots.txt", "CNAME")} == {"mine\n"}


def test_without_a_search_and_as_a_template_such_a_file_is_the_users(tmp_path: Path) -> None:
    config = CONFIG.replace("search, ", "") + "extra_templates: [sitemap.xml]\n"
    files = {"docs/search/search_index.json": "{}\n", "docs/sitemap.xml": "<x>{{ config.site_name }}</x>\n"}
    root = write(tmp_path, {**files, "mkdocs.yml": config})
    assert check(root) == (0, [])
    site = built(root)
    assert (site / "search/search_index.json").read_text("utf-8") == "{}\n"
    assert (site / "sitemap.xml").read_text("utf-8") == "<x>Elsewhere</x>"


@pytest.mark.parametrize(
    ("config", "told"),
    [
        (
            CONFIG + "extra_templates: [here.txt, gone.txt]\n",
            "mkdocs.yml:5:29: `extra_templates` names `gone.txt`, which is not in the folder of the pages",
        ),
        (
            OWN,
            "mkdocs.yml:3:61: `static_templates` names `mine.html`, which the theme and its `custom_dir` do not have",
        ),
    ],
)
def test_a_template_that_is_not_there_is_told_by_the_check_too(tmp_path: Path, config: str, told: str) -> None:
    root = write(tmp_path, {"mkdocs.yml": config, "docs/here.txt": "{{ config.site_name }}\n", "own/a.txt": ""})
    assert check(root) == (1, [told])
    assert build(root, "--strict").returncode == 1


NAMES = """\
extra_css: [own.css, 'https://example.org/far.css', gone.css, assets/images/favicon.png]
extra_javascript:
  - own.js
  - {path: gone.mjs, type: module}
  - /from/the/root.js
"""


def test_a_style_a_script_and_a_picture_that_are_not_there_are_told(tmp_path: Path) -> None:
    config = CONFIG.replace("theme: material", "theme: {name: material, logo: gone.png, favicon: here.svg}") + NAMES
    files = {"docs/own.css": "a {}\n", "docs/own.js": "\n", "docs/here.svg": "<svg/>\n"}
    root = write(tmp_path, {**files, "mkdocs.yml": config})
    told = [
        "mkdocs.yml:3:31: `theme.logo` names `gone.png`, which is not in the folder of the pages",
        "mkdocs.yml:5:53: `extra_css` names `gone.css`, which is not in the folder of the pages",
        "mkdocs.yml:8:12: `extra_javascript` names `gone.mjs`, which is not in the folder of the pages",
    ]
    assert check(root) == (1, told)
    result = build(root, "--strict")
    assert result.returncode == 1
    assert [line for line in told if line not in result.stderr] == []
