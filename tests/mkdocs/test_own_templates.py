"""Templates of a site's own stand before those of the engine, and pages keep what the engine adds around them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_command
from opsbook.mkdocs.policy import hash_of
from opsbook.mkdocs.wrapping import OVERRIDES, wrappers
from small_site import CONFIG, ENVIRONMENT, build, write
from trial_runbook import FILES

WITH_FOLDER = CONFIG.replace("theme: material", "theme: {name: material, custom_dir: overrides}")
SCRIPT = 'document.title = "ours"'
OWN = {
    **FILES,
    "mkdocs.yml": WITH_FOLDER,
    "docs/page.md": "---\ntemplate: mine.html\n---\n\n# A page\n",
    "overrides/main.html": '{% extends "base.html" %}\n'
    "{% block announce %}TONIGHT{% endblock %}\n"
    f"{{% block extrahead %}}<script>{SCRIPT}</script>{{% endblock %}}\n"
    "{% block content %}BEFORE{{ super() }}{% endblock %}\n"
    "{% block analytics %}COUNTED{% endblock %}\n",
    "overrides/mine.html": '{%- extends "main.html" -%}{% block footer %}MINE{% endblock %}',
    "overrides/404.html": "NOWHERE",
    "overrides/partials/toc.html": "CONTENTS",
    "overrides/partials/copyright.html": "RIGHTS",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a folder with templates for everything; it builds strictly."""
    root = write(tmp_path_factory.mktemp("own-templates"), OWN)
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    return root / "site"


def texts(site: Path) -> dict[str, str]:
    """The pages by their paths, without the redirects, which are of no template."""
    pages = {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("*.html")}
    return {path: text for path, text in pages.items() if "data-ob-redirect" not in text}


def test_blocks_and_partials_of_a_site_show_on_every_page(site: Path) -> None:
    pages = texts(site)
    assert pages.pop("404.html").endswith("NOWHERE")
    assert len(pages) > 10
    for path, text in pages.items():
        shown = {word: word in text for word in ("TONIGHT", SCRIPT, "BEFORE", "COUNTED", "CONTENTS")}
        assert all(shown.values()), (path, shown)
        assert ("MINE" if path == "page/index.html" else "RIGHTS") in text, path


def test_a_page_keeps_what_the_engine_adds_around_templates_of_a_site(site: Path) -> None:
    for path, text in texts(site).items():
        if path != "404.html":
            assert "workers/opsbook.js?" in text, path
            assert 'role="dialog" aria-label="Search"' in text, path
    runbook = (site / "runbooks" / "other" / "index.html").read_text("utf-8")
    assert runbook.count('class="ob-related"') >= 2
    assert 'aria-label="Breadcrumb"' in runbook


def test_an_inline_script_of_a_template_is_in_the_policy(site: Path) -> None:
    for path, text in texts(site).items():
        assert path == "404.html" or hash_of(SCRIPT) in text, path


def test_what_the_policy_forbids_in_a_template_is_told_with_its_place(tmp_path: Path) -> None:
    extra = "extra: {analytics: {provider: google, property: G-1}}\n"
    template = (
        '{% extends "base.html" %}\n'
        '{# <script src="https://no.example/a.js"></script> #}\n'
        "{% block extrahead %}\n"
        '<script src="https://cdn.example/a.js"></script><link rel=canonical href="https://fine.example/">\n'
        '<link rel="stylesheet" href="//cdn.example/a.css"><img src="https://pictures.example/a.png">\n'
        '<p style="color: red"\n   onclick="go()">{{ page.title }}</p>\n'
        "{% endblock %}\n"
    )
    policy = "plugins: [search, {opsbook: {policy: {img-src: ['https://pictures.example']}}}]\n"
    config = WITH_FOLDER.replace("plugins: [search, opsbook]\n", policy) + extra
    root = write(tmp_path, {"mkdocs.yml": config, "overrides/main.html": template})
    done = build(root, "--clean")
    assert done.returncode == 1
    said = [line.removeprefix("WARNING -  ") for line in done.stderr.splitlines() if line.startswith("WARNING")]
    forbids = "warning: the policy of this site forbids"
    assert [line.split(";")[0] for line in said] == [
        f"overrides/main.html:4:9: {forbids} to load from cdn.example",
        f"overrides/main.html:5:24: {forbids} to load from cdn.example",
        f"overrides/main.html:6:4: {forbids} the attribute `style`",
        f"overrides/main.html:7:4: {forbids} the attribute `onclick`",
        "mkdocs.yml: warning: `extra.analytics`: the policy of this site forbids to load from www.googletagmanager.com",
    ]
    root.joinpath("mkdocs.yml").write_text(config.replace("{img-src: ['https://pictures.example']}", "false"))
    assert build(root, "--clean").returncode == 0


def test_the_generated_source_shows_the_same_templates(site: Path, tmp_path: Path) -> None:
    done = run_command("opsbook", "generate", str(tmp_path / "source"), folder=site.parent)
    assert done.returncode == 0, done.stderr
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    made = subprocess.run(command, cwd=tmp_path / "source", env={**os.environ, **ENVIRONMENT}, capture_output=True)
    assert made.returncode == 0, made.stderr
    other, pages = texts(tmp_path / "source" / "site"), texts(site)
    assert other.keys() == pages.keys()
    for word in (
        "TONIGHT",
        SCRIPT,
        "BEFORE",
        "COUNTED",
        "CONTENTS",
        "RIGHTS",
        "MINE",
        "NOWHERE",
        "workers/opsbook.js?",
    ):
        assert {path for path, text in other.items() if word in text} == {
            path for path, text in pages.items() if word in text
        }, word
    assert 'class="ob-related"' in other["runbooks/other/index.html"]


def test_the_engine_stands_around_templates_that_the_theme_has() -> None:
    assert set(wrappers()) == {"base.html", "partials/toc.html"}
    for name, wrapper in wrappers().items():
        assert f'"{name}"' in (OVERRIDES / wrapper).read_text("utf-8")
