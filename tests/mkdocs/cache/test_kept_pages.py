"""A page that is taken whole from the last build is what a build from nothing makes of it, whatever has changed."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mkdocs.config import load_config

import small_site
from opsbook.mkdocs.cache.hindrance import hindrance
from opsbook.store import FILE, Store
from small_site import CHECKLIST, build, write

KEPT = Path(".cache") / "opsbook"

CONFIG = """\
site_name: Elsewhere
site_url: https://example.org/
theme:
  name: material
  custom_dir: overrides
extra_css: [own.css]
plugins:
  - search
  - opsbook: {workers: 1}
  - macros: {module_name: macros, render_by_default: false, on_error_fail: true, on_undefined: strict}
nav:
  - index.md
  - Texts: [a.md, b.md, c.md, called.md, manual.md, filtered.md]
  - practices/index.md
"""
MACROS = """\
from pathlib import Path

from opsbook import macros


def define_env(env):
    macros.define_env(env)

    @env.macro
    def told():
        return "Said " + Path(env.project_dir, "told.txt").read_text()
"""
MAIN = """\
{% extends "base.html" %}
{% block footer %}<p>Before {{ (page.previous_page or {}).title if page }}</p>{{ super() }}{% endblock %}
"""
FILES = {
    "checklist.yml": CHECKLIST,
    "mkdocs.yml": CONFIG,
    "macros.py": MACROS,
    "told.txt": "one",
    "overrides/main.html": MAIN,
    "overrides/partials/copyright.html": "<p>Ours</p>\n",
    "docs/own.css": "p { color: red }\n",
    "docs/index.md": "# Home\n\nSee [A](a.md).\n",
    "docs/a.md": "---\ndescription: About A\n---\n\n# A\n\n[B](b.md#there), [nothing](nowhere.md), an SLO.\n\n<form>x</form>\n",  # noqa: E501
    "docs/b.md": "# B\n\n## There\n\nText of B with [C](c.md).\n",
    "docs/c.md": "# C\n\nText of C and ![a picture](a.png).\n",
    "docs/called.md": "---\nrender_macros: true\n---\n\n# Called\n\n{{ told() }} {{ progress('one') }}\n",
    "docs/manual.md": "---\nrender_macros: true\n---\n\n# Manual\n\n{{ plugin_options() }}\n",
    "docs/filtered.md": "---\nrender_macros: true\n---\n\n# Filtered\n\n{{ plugin_options() | length }}\n",
    "docs/a.png": "no picture",
    "services.yml": "services: []\n",
}


@dataclass(frozen=True)
class Change:
    """What changes between two builds: files, with None for one that goes, and the environment."""

    files: Mapping[str, str | None] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)


HOOKED = f"{CONFIG}hooks: [hook.py]\n"
CHANGES = {
    "nothing": Change(),
    "the text of a page": Change({"docs/b.md": "# B\n\n## There\n\nOther text with [C](c.md).\n"}),
    "the front matter of a page": Change({"docs/b.md": "---\nstatus: new\ntags: [x]\n---\n\n# B\n\n## There\n"}),
    "the title of a neighbour": Change({"docs/b.md": FILES["docs/b.md"].replace("# B", "# Bee", 1)}),
    "an anchor that is linked to": Change({"docs/b.md": FILES["docs/b.md"].replace("There", "Here")}),
    "a page that is linked to": Change({"docs/c.md": None, "mkdocs.yml": CONFIG.replace("c.md, ", "")}),
    "a picture that is shown": Change({"docs/a.png": None}),
    "a page that was missing": Change({"docs/nowhere.md": "# Somewhere\n"}),
    "a template of the site": Change({"overrides/main.html": MAIN.replace("Before", "After")}),
    "a partial of the site": Change({"overrides/partials/copyright.html": "<p>Theirs</p>\n"}),
    "a template that goes": Change({"overrides/partials/copyright.html": None}),
    "a template that comes": Change({"overrides/partials/source-file.html": "<p>Source</p>\n"}),
    "the order of the navigation": Change({"mkdocs.yml": CONFIG.replace("a.md, b.md", "b.md, a.md")}),
    "a title in the navigation": Change({"mkdocs.yml": CONFIG.replace("Texts", "Prose")}),
    "the module of macros": Change({"macros.py": MACROS.replace("Said", "Told")}),
    "a file that a macro reads": Change({"told.txt": "two"}),
    "an option of the search": Change({"mkdocs.yml": CONFIG.replace("- search", "- search: {lang: [de]}")}),
    "an option of the plugin": Change({"mkdocs.yml": CONFIG.replace("{workers: 1}", "{policy: false, workers: 1}")}),
    "what may hold HTML": Change({"mkdocs.yml": CONFIG.replace("{workers: 1}", "{raw_html: [a.md], workers: 1}")}),
    "an extension of Markdown": Change({"mkdocs.yml": f"{CONFIG}markdown_extensions: [toc: {{permalink: '#'}}]\n"}),
    "a file of styles": Change({"mkdocs.yml": CONFIG.replace("[own.css]", "[own.css, other.css]")}),
    "the text of a file of styles": Change({"docs/own.css": "p { color: blue }\n"}),
    "the language of the theme": Change({"mkdocs.yml": CONFIG.replace("material\n", "material\n  language: de\n")}),
    "a feature of the theme": Change(
        {"mkdocs.yml": CONFIG.replace("material\n", "material\n  features: [toc.integrate]\n")}
    ),
    "a setting for templates": Change({"mkdocs.yml": f"{CONFIG}extra: {{generator: false}}\n"}),
    "the name of the site": Change({"mkdocs.yml": CONFIG.replace("Elsewhere", "Nowhere")}),
    "the address of the site": Change({"mkdocs.yml": CONFIG.replace("example.org", "example.com")}),
    "the repository": Change({"mkdocs.yml": f"{CONFIG}repo_url: https://example.org/x\nedit_uri: edit/main/docs/\n"}),
    "how addresses are made": Change({"mkdocs.yml": f"{CONFIG}use_directory_urls: false\n"}),
    "what is no part of the site": Change({"mkdocs.yml": f"{CONFIG}not_in_nav: b.md\nexclude_docs: a.png\n"}),
    "how links are checked": Change({"mkdocs.yml": f"{CONFIG}validation: {{links: {{anchors: warn}}}}\n"}),
    "a term": Change({"terms.yml": "terms:\n  - id: slo\n    title: SLO\n    text: Service level objective\n"}),
    "an item": Change({"checklist.yml": CHECKLIST.replace("title: First\n", "title: First\n        status: doing\n")}),
    "a title of an item": Change({"checklist.yml": CHECKLIST.replace("title: First\n", "title: The first\n")}),
    "a hook that changes pages": Change(
        {"mkdocs.yml": HOOKED, "hook.py": "def on_page_content(html, **_):\n    return html + 'x'\n"}
    ),
    "a hook before the pages": Change(
        {"mkdocs.yml": HOOKED, "hook.py": "def on_config(config, **_):\n    config.extra['generator'] = False\n"}
    ),
    "a text that is included": Change(
        {"mkdocs.yml": f"{CONFIG}markdown_extensions: [pymdownx.snippets: {{auto_append: [told.txt]}}]\n"}
    ),
    "a day of the build": Change(
        {"overrides/main.html": MAIN.replace("Before", "{{ build_date_utc }}")}, {"SOURCE_DATE_EPOCH": "1900000000"}
    ),
}
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1700000000"}
SAID = re.compile(r"^(?:WARNING|ERROR) .*|^Aborted.*", re.MULTILINE)


def contents(site: Path) -> dict[str, str]:
    files = (file for file in sorted(site.rglob("*")) if file.is_file())
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def outcome(root: Path, *options: str, **environment: str) -> tuple[int, list[str], dict[str, str]]:
    """What a build of `root` ends with, what it warns of, and what it writes."""
    done = build(root, *(options or ("--no-strict",)), **{**ENVIRONMENT, **environment})
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, SAID.findall(done.stderr), contents(root / "site")


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("kept"), FILES)
    code, said, _ = outcome(root)
    assert (code, len(said)) == (0, 2), said
    return root


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_any_change_a_build_is_one_from_nothing(built_once: Path, change: Change, tmp_path: Path) -> None:
    root = tmp_path / "same"
    shutil.copytree(built_once, root, symlinks=True)
    for name, text in change.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).unlink(missing_ok=True) if text is None else (root / name).write_text(text, "utf-8")
    warm = outcome(root, **change.environment)
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "site")
    assert warm == outcome(root, **change.environment)


STAMP = b"<!-- stamped -->"


def stamp(root: Path) -> None:
    """Mark what is kept of each page, so that it can be told from what is made anew."""
    with Store(root / KEPT / "written") as store:
        for name, key in entries_of(root, "written").items():
            store.write(name, key, (store.read(name, key) or b"") + STAMP)
    with Store(root / KEPT / "read") as store:
        for name, key in entries_of(root, "read").items():
            kept = store.read_json(name, key)
            kept["said"].append(["mkdocs.plugins.opsbook", logging.INFO, f"stamped {name}"])
            store.write_json(name, key, kept)


def entries_of(root: Path, store: str) -> dict[str, str]:
    """The key of each page that is kept in a store."""
    with contextlib.closing(sqlite3.connect(root / KEPT / store / FILE)) as database:
        return dict(database.execute("select name, key from kept"))


def stamped(root: Path, *options: str, **environment: str) -> tuple[set[str], set[str]]:
    """The pages that a build of `root` takes as they were read, and those that it takes as they were written."""
    said = build(root, *(options or ("--no-strict",)), **{**ENVIRONMENT, **environment}).stderr
    pages = (file for file in (root / "site").rglob("*.html") if STAMP in file.read_bytes())
    return set(re.findall("stamped (.*)", said)), {page.relative_to(root / "site").as_posix() for page in pages}


def packages(root: Path, version: str) -> dict[str, str]:
    """Return the environment in which a package of that version is installed."""
    (root / version / f"probe-{version}.dist-info").mkdir(parents=True)
    return {"PYTHONPATH": f"{root / version}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


@pytest.mark.parametrize(
    ("config", "more", "told"),
    [
        (CONFIG.replace("workers: 1", "workers: 1, reuse_pages: false"), {}, ""),
        (HOOKED, {"hook.py": "def on_page_content(html, **_):\n    pass\n"}, "a hook handles `on_page_content`"),
        (HOOKED, {"hook.py": "def on_env(env, **_):\n    pass\n"}, "a hook handles `on_env`"),
        (
            CONFIG.replace("- search", "- search\n  - tags"),
            {},
            "the plugin `material/tags` handles `on_env`",
        ),
        (
            CONFIG,
            {"macros.py": f"{MACROS}\n\ndef on_pre_page_macros(env):\n    pass\n"},
            "the module of `macros` has functions for every page",
        ),
        (
            CONFIG,
            {"overrides/main.html": "{% extends 'base.html' %}{# page.next_page.content #}"},
            "a template of the site may show the text of any page",
        ),
        (
            f"{CONFIG}markdown_extensions: [pymdownx.snippets]\n",
            {},
            "a Markdown extension may read other files",
        ),
    ],
)
def test_what_may_change_pages_in_unknown_ways_has_each_made_anew(
    built_once: Path, tmp_path: Path, config: str, more: Mapping[str, str], told: str
) -> None:
    root = shutil.copytree(built_once, tmp_path / "same")
    for name, text in {"mkdocs.yml": config, **more}.items():
        (root / name).write_text(text, "utf-8")
    said = build(root, "--no-strict", **ENVIRONMENT).stderr
    assert re.findall("Every page is made anew, since (.*)", said) == ([told] if told else [])
    assert entries_of(root, "written") == entries_of(root, "read") == {}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("plugins: [search, opsbook]", None),
        ("plugins: [{search: {jieba_dict: words.txt}}, opsbook]", "the search reads a dictionary"),
        ("plugins: [{search: {jieba_dict_user: words.txt}}, opsbook]", "the search reads a dictionary"),
        ("extra_templates: [feed.xml]", "a template of the site may show the text of any page"),
        ("theme: mkdocs\nplugins: [opsbook]", "the theme is not material"),
    ],
)
def test_what_is_not_known_to_be_safe_is_told(tmp_path: Path, settings: str, told: str | None) -> None:
    theme = "" if "theme" in settings else "theme: material\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\n{theme}{settings}\n", "utf-8")
    assert hindrance(load_config(str(tmp_path / "mkdocs.yml"))) == told


def test_with_another_version_of_any_package_each_page_is_made_anew(built_once: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built_once, tmp_path / "same")
    found = []
    for version in ("1.0", "1.1"):
        environment = {**small_site.ENVIRONMENT, **ENVIRONMENT, **packages(tmp_path, version)}
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict", "--site-dir", "site"]
        subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
        found.append(entries_of(root, "read"))
    assert found[0].keys() == found[1].keys() == entries_of(built_once, "read").keys()
    assert not set(found[0].values()) & set(found[1].values())


def test_a_page_is_taken_whole_unless_its_macros_may_read_anything(built_once: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built_once, tmp_path / "same")
    stamp(root)
    read, written = stamped(root)
    assert {"a/index.html", "called/index.html", "index.html", "practices/one/first/index.html"} <= written
    assert {"a.md", "b.md", "index.md", "manual.md", "practices/one/first.md", "reference/macros.md"} <= read
    assert {"called.md", "filtered.md"}.isdisjoint(read)
    assert len(read) == len(written) - 2
    (root / "docs" / "b.md").write_text("# B\n\n## There\n\nOther text.\n", "utf-8")
    assert stamped(root) == (read - {"b.md"}, written - {"b/index.html"})
    (root / "told.txt").write_text("two", "utf-8")
    assert stamped(root) == (read - {"b.md"}, written - {"b/index.html", "called/index.html"})


def test_where_only_a_part_is_left_the_rest_is_made_again_and_said_once(built_once: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built_once, tmp_path / "same")
    (root / "overrides" / "main.html").write_text(MAIN.replace("Before", "After"), "utf-8")
    (root / KEPT / "pages" / FILE).unlink()
    warm = outcome(root)
    shutil.rmtree(root / ".cache")
    assert warm == outcome(root)
    assert len(warm[1]) == 2


def many(root: Path, workers: int, **more: str) -> Path:
    """Write a site of pages enough for several processes, two of which have something to say."""
    names = [f"p{number}.md" for number in range(40)]
    config = CONFIG.replace("called.md,", f"called.md, {', '.join(names)},").replace(
        "workers: 1", f"workers: {workers}"
    )
    pages = {f"docs/{name}": f"# Page {name}\n\n[A](a.md)\n\n```sh\nls {name}\n```\n" for name in names}
    pages["docs/p7.md"] += "\n[Nothing](nowhere.md) and <form>x</form>\n\n[No anchor](b.md#nowhere)\n"
    root.mkdir()
    return write(root, {**FILES, **pages, "mkdocs.yml": config, **more})


def test_any_number_of_processes_gives_the_same_bytes_and_messages(tmp_path: Path) -> None:
    found = {count: outcome(many(tmp_path / str(count), count)) for count in (1, 2, 8)}
    assert found[1] == found[2] == found[8]
    assert len(found[1][1]) == 4
    for store in ("read", "written", "search"):
        names = [entries_of(tmp_path / str(count), store) for count in (1, 2, 8)]
        assert names[0].keys() == names[1].keys() == names[2].keys()
        assert len(names[0]) > 50
    again = outcome(tmp_path / "8")
    assert again == found[1]


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    root = many(tmp_path / "a", 2)
    expected = outcome(root)
    shutil.rmtree(root / ".cache")
    config = (root / "mkdocs.yml").read_text("utf-8").replace("workers: 2", "workers: 2, cache_dir: told.txt/below")
    (root / "mkdocs.yml").write_text(config, "utf-8")
    assert outcome(root) == outcome(root) == expected


def test_a_mistake_that_ends_a_build_ends_one_with_many_processes_in_the_same_words(tmp_path: Path) -> None:
    broken = {"docs/p9.md": "---\nrender_macros: true\n---\n\n# P\n\n{{ nothing }}\n"}
    found = {count: outcome(many(tmp_path / str(count), count, **broken)) for count in (1, 2)}
    assert found[1] == found[2]
    assert found[1][0] == 1
