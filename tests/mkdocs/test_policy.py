"""The walls in the browser: what came in with a text is shown as text, and nothing of it runs even if it were not."""

from __future__ import annotations

import http.client
import http.server
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from conftest import Pages, Serve
from external_programs import program
from markers import NO_TEXT, Filling, marked_project, text_fields
from opsbook.mkdocs.policy import META
from probing import TOUCH, WATCH
from screens import on_each_screen
from small_site import CHECKLIST, CONFIG, build, built, write

RUN = "document.documentElement.dataset.ran = '1'"
HOSTILE = f'<script>{RUN}</script><img src="missing.png" onerror="{RUN}"><a href="javascript:{RUN}" id="led">x</a>'


@pytest.fixture(scope="module")
def filling() -> Filling:
    return Filling()


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, filling: Filling) -> Path:
    """The site in which every text holds markers."""
    return built(marked_project(tmp_path_factory.mktemp("marked"), filling))


def pages_of(site: Path) -> list[str]:
    return sorted(file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html"))


def test_every_text_of_every_model_holds_the_markers(marked: Path, filling: Filling) -> None:
    assert marked.is_dir()
    assert text_fields() - filling.filled == NO_TEXT


@pytest.mark.parametrize("width", [1440, 390])
def test_a_marker_is_nothing_but_text_wherever_one_looks_points_or_types(
    width: int, marked: Path, serve: Serve, page: Pages
) -> None:
    address = serve(marked)
    paths = pages_of(marked) if width == 1440 else ["", "glossary/", "runbooks/slow/", "practices/one/first/"]
    shown = page(f"{address}/", width=width, script=WATCH)
    for path in paths:
        shown.goto(f"{address}/{path}", wait_until="load")
        assert shown.evaluate(TOUCH) is not None
        assert shown.evaluate("window.probed") == [], path
    shown.goto(f"{address}/", wait_until="load")
    shown.keyboard.press("/")
    shown.locator(".md-search__input").press_sequentially("probe")
    # Each letter makes a new list; Enter does nothing between two of them.
    shown.locator(".md-search-result__item a[href*='h=probe']").first.wait_for()
    assert shown.evaluate("window.probed") == []
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/*h=probe*")
    shown.locator("mark").first.wait_for()
    assert shown.evaluate("window.probed") == []


def test_the_policy_stands_before_everything_on_every_page(marked: Path) -> None:
    for path in sorted(marked.rglob("*.html")):
        text = path.read_text("utf-8")
        assert text.count(META) == 1, path
        assert text.index(META) < min(text.find(tag) for tag in ("<script", "<link", "<title") if tag in text), path
        assert "style=" not in text.split("<body", 1)[1] or "<style" not in text, path


def test_what_got_past_the_first_wall_does_not_run(marked: Path, tmp_path: Path, serve: Serve, page: Pages) -> None:
    site = shutil.copytree(marked, tmp_path / "site")
    paths = ["", "runbooks/slow/", "404.html", "alerts/SlowAlert/"]
    for path in paths:
        file = site / path / "index.html" if path.endswith("/") or not path else site / path
        text = file.read_text("utf-8")
        broken = text.replace("<title>", f"<title></title>{HOSTILE}<title>", 1).replace("<body", f"{HOSTILE}<body", 1)
        for mark in ("<article", "<main>"):
            broken = broken.replace(mark, f"{HOSTILE}{mark}", 1)
        file.write_text(broken.replace('data-ob-redirect="', 'data-gone="').replace(" data-ob-redirect", ""), "utf-8")
    address = serve(site)
    for path in paths:
        shown = page(f"{address}/{path}")
        shown.locator("#led").first.dispatch_event("click")
        shown.wait_for_timeout(200)
        assert shown.evaluate("document.documentElement.dataset.ran") is None, path
        assert any("script-src" in each for each in page.violations), path
        page.violations.clear()
    page.errors.clear()


def test_no_script_of_a_page_is_allowed_by_its_own_policy_and_each_is_told(tmp_path: Path) -> None:
    config = CONFIG.replace("opsbook]", "{opsbook: {raw_html: [page.md]}}]")
    root = write(tmp_path, {"mkdocs.yml": config, "docs/page.md": f"# Page\n\n<script>{RUN}</script>\n"})
    done = build(root, "--strict")
    assert done.returncode == 1
    assert "page.md: an inline script does not run under the policy of this site" in done.stderr


OTHERS = """\
site_name: Elsewhere
theme: {name: material, features: [content.tooltips], logo: https://pictures.example/logo.svg}
extra_javascript: [https://scripts.example/a.js, own.js]
extra_css: [//styles.example/a.css]
plugins:
  - search
  - opsbook: {policy: {img-src: [https://more.example], form-action: [https://forms.example]}}
"""


def test_a_site_adds_to_the_policy_what_it_names(tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": OTHERS, "docs/own.js": ""})
    done = build(root, "--verbose")
    assert done.returncode == 0, done.stderr
    policy = (root / "site" / "index.html").read_text("utf-8").split(META, 1)[1].split('"', 1)[0]
    assert "img-src 'self' data: https://more.example https://pictures.example;" in policy
    assert "script-src 'self' https://scripts.example 'sha256-" in policy
    assert "style-src 'self' styles.example;" in policy
    assert policy.endswith("form-action https://forms.example")
    assert f"Content-Security-Policy: {policy}; frame-ancestors 'none'" in (root / "site" / "_headers").read_text()
    assert "The feature content.tooltips of the theme is left out" in done.stderr
    assert "content.tooltips" not in (root / "site" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("{scirpt-src: []}", "unknown directive `scirpt-src`; did you mean `script-src`?"),
        ("{img-src: https://x.example}", "`img-src` wants a list of sources, such as [https://example.org]"),
        ("{img-src: ['x; script-src *']}", "`img-src`: `x; script-src *` is no source"),
        ("""{script-src: ["'unsafe-inline'"]}""", "`script-src`: 'unsafe-inline' does nothing beside hashes"),
        ("5", "Expected false, or lists of sources by directive"),
    ],
)
def test_a_wrong_option_is_told(option: str, message: str, tmp_path: Path) -> None:
    config = CONFIG.replace("opsbook]", f"opsbook: {{policy: {option}}}]")
    done = build(write(tmp_path, {"mkdocs.yml": config}))
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_may_have_no_policy(tmp_path: Path) -> None:
    config = CONFIG.replace("opsbook]", "opsbook: {policy: false}]")
    site = built(write(tmp_path, {"mkdocs.yml": config}))
    assert not (site / "_headers").exists()
    assert [path for path in site.rglob("*.html") if META in path.read_text("utf-8")] == []


NAME = 'a <b> c & "d"'
TITLED = f"""\
site_name: '{NAME}'
site_description: '{NAME}'
copyright: '<b id="copied">by us</b>'
repo_url: https://github.com/example/example
repo_name: '{NAME}'
theme: {{name: material, features: [navigation.tabs, navigation.path, navigation.footer]}}
plugins: [search, opsbook]
nav:
  - index.md
  - '{NAME}':
      - 'in nav {NAME}': before.md
      - page.md
      - after.md
      - 'out {NAME}': https://probe.example/
"""
FRONT = f"""\
---
title: '{NAME}'
description: '{NAME}'
tags: ['{NAME}']
---

# Heading

## Sub &lt;b> & "d"

Text.
"""


def names(shown: Tab, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in shown.locator(selector).all_text_contents()]


def test_a_title_reads_as_it_was_written_wherever_it_stands(tmp_path: Path, serve: Serve, page: Pages) -> None:
    docs = {"docs/before.md": "# x\n", "docs/page.md": FRONT, "docs/after.md": FRONT}
    checklist = CHECKLIST.replace("title: First", f"title: '{NAME}'")
    site = built(write(tmp_path, {"mkdocs.yml": TITLED, "checklist.yml": checklist, **docs}))
    shown = page(f"{serve(site)}/page/")
    assert shown.title() == f"{NAME} - {NAME}"
    assert names(shown, ".md-header__topic .md-ellipsis") == [NAME, NAME]
    assert shown.locator("header .md-logo").get_attribute("aria-label") == NAME
    assert shown.locator("header .md-logo").get_attribute("title") == NAME
    assert NAME in names(shown, ".md-tabs__link")
    assert NAME in names(shown, ".md-path .md-ellipsis")
    assert {NAME, f"in nav {NAME}", f"out {NAME}"} <= set(names(shown, ".md-nav--primary .md-ellipsis"))
    assert shown.locator("nav.md-nav[data-md-level='1']").first.get_attribute("aria-label") == NAME
    assert shown.get_by_role("link", name=f"Previous: in nav {NAME}", exact=True).count() == 1
    assert shown.get_by_role("link", name=f"Next: {NAME}", exact=True).count() == 1
    assert names(shown, ".md-footer .md-ellipsis") == [f"in nav {NAME}", NAME]
    assert 'Sub <b> & "d"' in names(shown, ".md-nav--secondary .md-ellipsis")
    assert shown.locator("meta[name=description]").get_attribute("content") == NAME
    assert NAME in names(shown, ".md-source__repository")
    assert shown.locator("#copied").inner_text() == "by us"
    shown.keyboard.press("/")
    shown.locator(".md-search__input").press_sequentially("heading sub")
    result = shown.locator(".md-search-result__item").first
    result.wait_for()
    assert NAME in names(shown, ".md-search-result__item .md-tag")


def test_the_headers_of_the_manual_are_sent_by_nginx(root: Path, marked: Path, tmp_path: Path) -> None:
    block = re.search(r"```nginx\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL)
    assert block
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = block[1].replace("listen 80", f"listen 127.0.0.1:{port}").replace("/srv/handbook", str(marked))
    paths = "".join(f"{name}_temp_path {tmp_path};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    text = f"{user} daemon off; pid {tmp_path}/pid; events {{}} http {{ access_log off; {paths} {server} }}"
    (tmp_path / "nginx.conf").write_text(text, "utf-8")
    command = [program("nginx"), "-p", str(tmp_path), "-c", "nginx.conf", "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as nginx:
        try:
            answers = {path: _headers_of(port, path) for path in ("/", "/none", "/_headers")}
        finally:
            nginx.terminate()
    for headers in answers.values():
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
    assert [headers["status"] for headers in answers.values()] == ["200", "404", "404"]


def _headers_of(port: int, path: str) -> dict[str, str]:
    """The headers of the answer, and its status; waits until the server is up."""
    end = time.monotonic() + 30
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return {**dict(answer.getheaders()), "status": str(answer.status)}
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.1)
        finally:
            connection.close()


GLOSSARY = """\
terms:
  - term: Service level objective
    abbreviation: SLO
    meaning: What is promised. <i data-probe>x</i> And so on, in many words that fill more than a line of the box.
"""
TEXT = "# P\n\nThe beginning of a line, and far to the right of it the word SLO.\n\n" + "Text.\n\n" * 60


@pytest.fixture(scope="module")
def explained(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """The address of a page with an abbreviation."""
    files = {"docs/glossary.yml": GLOSSARY, "docs/p.md": TEXT}
    return serve(built(write(tmp_path_factory.mktemp("explained"), files))) + "/p/"


SAID = "Service level objective: What is promised. <i data-probe>x</i> And so on, in many words that fill more than"


def test_a_tooltip_is_text_within_the_window_and_goes_by_escape(explained: str, page: Pages) -> None:
    for width, shown in on_each_screen(page, explained, script=WATCH):
        mark, tip = shown.locator("abbr"), shown.get_by_role("tooltip")
        mark.hover()
        tip.wait_for(state="visible")
        assert tip.inner_text().startswith(SAID)
        assert mark.get_attribute("title") is None
        assert mark.get_attribute("aria-describedby") == tip.get_attribute("id")
        box = tip.bounding_box()
        assert box
        assert box["x"] >= 8
        assert box["x"] + box["width"] <= width - 8
        tip.hover()
        shown.wait_for_timeout(400)
        assert tip.is_visible()
        shown.keyboard.press("Escape")
        tip.wait_for(state="hidden")
        assert (mark.get_attribute("title") or "").startswith(SAID)
        assert mark.get_attribute("aria-describedby") is None
        mark.focus()
        tip.wait_for(state="visible")
        shown.emulate_media(media="print")
        assert not tip.is_visible()
        assert shown.evaluate("window.probed") == []
        shown.emulate_media(media="screen")


def test_a_tooltip_opens_by_a_finger_and_closes_by_a_tap_elsewhere(explained: str, page: Pages) -> None:
    shown = page(explained, width=390, touch=True)
    tip = shown.get_by_role("tooltip")
    shown.locator("abbr").tap()
    tip.wait_for(state="visible")
    shown.get_by_text("Text.").first.tap()
    tip.wait_for(state="hidden")


FEATURES = """\
site_name: Elsewhere
site_url: http://opsbook.test/
theme:
  name: material
  features:
    - announce.dismiss
    - content.action.edit
    - content.code.annotate
    - content.code.select
    - content.footnote.tooltips
    - content.tabs.link
    - content.tooltips
    - navigation.tracking
    - search.share
    - search.suggest
  icon: {admonition: {note: octicons/tag-16}}
repo_url: https://github.com/example/example
edit_uri: edit/main/docs
plugins: [search, opsbook, tags]
markdown_extensions:
  - footnotes
  - pymdownx.highlight: {line_spans: __span, anchor_linenums: true}
"""
RICH = """\
---
tags: ['<i data-probe>', other]
status: '"><i data-probe>'
subtitle: '<i data-probe>'
author: '"><i data-probe>'
---
# Rich

A foot[^1] note.

=== "A"
    a
=== "B"
    b

!!! note
    x

```python
x = 1 # (1)
```

1. An annotation with `<i data-probe>`

[^1]: The note `<i data-probe>`.
"""


def test_no_feature_of_the_theme_and_no_front_matter_makes_markup_of_text(
    tmp_path: Path, serve: Serve, page: Pages
) -> None:
    files = {"mkdocs.yml": FEATURES, "docs/rich.md": RICH, "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    address = serve(built(write(tmp_path, files)))
    for path in ("", "rich/", "tags/"):
        shown = page(f"{address}/{path}", script=WATCH)
        shown.evaluate(TOUCH)
        shown.keyboard.press("/")
        shown.locator(".md-search__input").press_sequentially("rich")
        shown.locator(".md-search-result__item").first.wait_for()
        assert shown.evaluate("window.probed") == [], path
    assert shown.locator("style").count() == 1


def test_a_drawing_of_mermaid_wants_a_copy_of_mermaid(tmp_path: Path) -> None:
    page = '# P\n\n<pre class="mermaid"><code>graph LR</code></pre>\n'
    done = build(write(tmp_path, {"docs/p.md": page}), "--strict")
    assert "p.md: Mermaid comes from another host, which the policy of this site forbids" in done.stderr
    config = CONFIG + "extra_javascript: [mermaid.min.js]\n"
    done = build(write(tmp_path, {"docs/p.md": page, "mkdocs.yml": config, "docs/mermaid.min.js": ""}), "--strict")
    assert "Mermaid" not in done.stderr
