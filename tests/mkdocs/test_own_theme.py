"""What a site says of the theme wins over what the engine fills in, and where it cannot, the build says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Pages, Serve
from small_site import CONFIG, build, built, check, problems, write

SETTINGS = """\
site_name: Elsewhere
strict: true
theme:
  name: material
  language: de
  font: {text: Inter}
  logo: assets/logo.svg
  favicon: assets/logo.svg
  icon: {repo: material/git}
  features: [navigation.instant, toc.integrate]
  palette: {scheme: slate, primary: teal, accent: pink}
repo_url: https://git.example/ours
markdown_extensions:
  - markdown.extensions.tables: {use_align_attribute: false}
  - toc: {permalink: "#", toc_depth: 2}
  - pymdownx.highlight: {anchor_linenums: true, linenums: true}
extra_css: [ours.css]
plugins:
  - search
  - opsbook: {without_features: [navigation.tabs, navigation.top]}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
PAGE = "# A page\n\n## Two\n\n### Three\n\n```python\na = 1\n```\n"


def test_settings_of_the_theme_and_of_extensions_are_those_of_the_site(tmp_path: Path) -> None:
    files = {"mkdocs.yml": SETTINGS, "docs/assets/logo.svg": LOGO, "docs/ours.css": "p {}", "docs/page.md": PAGE}
    root = write(tmp_path, files)
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("`theme.font` loads nothing: no page asks another host") == 1
    text = (root / "site" / "page" / "index.html").read_text("utf-8")
    assert '<html lang="de"' in text
    assert 'data-md-color-scheme="slate" data-md-color-primary="teal" data-md-color-accent="pink"' in text
    assert "md-tabs" not in text
    assert "md-top" not in text
    assert '"navigation.instant"' in text
    assert '"navigation.path"' in text
    assert text.count("assets/logo.svg") >= 2
    assert text.index("opsbook/opsbook.css") < text.index("ours.css")
    assert 'title="Dauerhafter Link">#</a></h2>' in text
    assert "fonts.g" not in text
    assert 'class="linenodiv"' in text or "__codelineno" in text


@pytest.mark.parametrize(
    ("palette", "header", "link"),
    [
        ("", "rgb(255, 255, 255)", "rgb(11, 92, 173)"),
        ("{scheme: default, primary: white, accent: indigo}", "rgb(255, 255, 255)", "rgb(11, 92, 173)"),
        ("{primary: custom}", "rgb(1, 2, 3)", "rgb(1, 2, 3)"),
        ("[{scheme: default, primary: red}]", "rgb(239, 85, 82)", "rgb(239, 85, 82)"),
    ],
)
def test_the_header_and_the_links_have_the_colours_of_the_palette(
    palette: str, header: str, link: str, tmp_path: Path, serve: Serve, page: Pages
) -> None:
    theme = f"theme: {{name: material{', palette: ' if palette else ''}{palette}}}\nextra_css: [ours.css]\n"
    files = {
        "mkdocs.yml": CONFIG.replace("theme: material\n", theme),
        "docs/page.md": "# A page\n\n[a link](page.md)\n",
        "docs/ours.css": "[data-md-color-primary=custom] { --md-primary-fg-color: rgb(1, 2, 3) }",
    }
    shown = page(f"{serve(built(write(tmp_path, files)))}/page/")
    shown.locator("article p a").hover()
    shown.mouse.move(0, 0)
    styles = "names => names.map(([name, of]) => getComputedStyle(document.querySelector(name))[of])"
    found = shown.evaluate(styles, [[".md-header", "backgroundColor"], ["article p a", "color"]])
    assert found == [header, link]


@pytest.mark.parametrize(
    ("theme", "message"),
    [
        ("theme: readthedocs\n", "mkdocs.yml:3:8: the theme is `readthedocs`; "),
        ("theme:\n  name: mkdocs\n", "mkdocs.yml:4:9: the theme is `mkdocs`; "),
        ("theme:\n  name: null\n  custom_dir: own\n", "mkdocs.yml:4:9: "),
        ("", "mkdocs.yml: no `theme` is set; "),
    ],
)
def test_another_theme_is_refused(theme: str, message: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": CONFIG.replace("theme: material\n", theme), "own/main.html": ""})
    said = [f"{message}Opsbook makes its pages for Material for MkDocs; allowed: `theme: {{name: material}}`"]
    assert problems(root) == said
    assert check(root) == (1, said)


def test_a_feature_that_is_not_on_anyway_cannot_be_switched_off(tmp_path: Path) -> None:
    config = CONFIG.replace("opsbook]", "{opsbook: {without_features: [navigation.tbs], without: [roadmp]}}]")
    root = write(tmp_path, {"mkdocs.yml": config})
    assert check(root) == (
        1,
        [
            "mkdocs.yml:4:49: `without_features`: no `navigation.tbs`; did you mean `navigation.tabs`?",
            "mkdocs.yml:4:76: `without`: no `roadmp`; did you mean `roadmap`?",
        ],
    )
    (root / "mkdocs.yml").write_text(CONFIG.replace("opsbook]", "{opsbook: {without: roadmap}}]"), encoding="utf-8")
    assert check(root) == (1, ["mkdocs.yml:4:39: `without` is a list, such as `[home]`"])
    (said,) = problems(root)
    assert re.match(r"Config value 'plugins': Plugin 'opsbook' option 'without", said)
