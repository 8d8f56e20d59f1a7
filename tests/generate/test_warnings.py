"""What other engines do not do: hooks happen once, and what will not happen is told with its place."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from commands import run_command
from generated import BUILDERS, built_by
from opsbook.generate.jinja import FILTERS, FUNCTIONS, TESTS, jinja_problems
from small_site import CONFIG, built, write

HOOKS = {
    "mkdocs.yml": CONFIG + "hooks: [hooks/both.py, early.py, ../late.py]\n",
    "docs/page.md": "# Page\n\nText.\n",
    "hooks/both.py": """\
import words


def on_page_markdown(markdown, **kwargs):
    return markdown + "\\n\\nIn the Markdown.\\n"


def on_page_content(html, **kwargs):
    return html + words.CONTENT
""",
    "hooks/words.py": "CONTENT = '<p>In the HTML.</p>'\n",
    "early.py": """\
def on_config(config):
    config.copyright = "By the hook."
    config.extra_css.append("hook.css")


def on_page_markdown(markdown, **kwargs):
    return markdown + "\\n\\nBy itself.\\n"
""",
    "../late.py": "def on_startup(**kwargs):\n    pass\n\n\ndef on_post_page(output, **kwargs):\n"
    "    return output.replace('</article>', '<p>In the page.</p></article>')\n",
}
LINES = ("In the Markdown.", "By itself.", "By the hook.", "hook.css", "In the HTML.", "In the page.")


def generated(root: Path) -> tuple[Path, list[str]]:
    done = run_command("opsbook", "generate", root / "source", folder=root)
    assert done.returncode == 0, done.stderr
    return root / "source", done.stderr.splitlines()


def counts(site: Path) -> list[int]:
    text = (site / "page" / "index.html").read_text("utf-8")
    return [text.count(line) for line in LINES]


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hooks") / "root"
    root.mkdir()
    return write(root, HOOKS)


def test_what_a_hook_does_happens_once_or_is_said_not_to_happen(hooked: Path) -> None:
    assert counts(built(hooked)) == [1, 1, 1, 1, 1, 1]
    source, said = generated(hooked)
    never = "does not happen under Zensical, which runs no hooks; MkDocs and ProperDocs run it"
    assert said == [
        f"../late.py:5:1: warning: `on_post_page` {never}",
        f"hooks/both.py:8:1: warning: `on_page_content` {never}",
    ]
    assert not (source / "early.py").exists()
    assert sorted(path.name for path in (source / "hooks").iterdir()) == ["both.py", "late.py", "words.py"]
    assert {name: counts(built_by(name, source)) for name in BUILDERS} == {
        "mkdocs": [1, 1, 1, 1, 1, 1],
        "properdocs": [1, 1, 1, 1, 1, 1],
        "zensical": [1, 1, 1, 1, 0, 0],
    }


FACTS = """\
{% extends "base.html" %}{% import "own.html" as own %}{% from "own.html" import items as _ %}
{% block content %}{{ own.items(1) }} {{ _(1) }}
  {% for key, value in page.meta.items() %}{{ key.upper() }}{{ value.upper() }}{% endfor %}
{{ page.title | upper
   | truncate(9) }}{{ "%s" % 1 }}{{ 7 % 2 }}{{ page.meta.get("a") }}
{% if page is callable %}{% endif %}{% trans %}x{% endtrans %}{{ page.meta | items | list }}
{% endblock %}
"""


def test_templates_that_zensical_cannot_run_are_told_with_their_places(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": CONFIG.replace("theme: material", "theme: {name: material, custom_dir: over}"),
        "over/facts.html": FACTS,
        "over/own.html": "{% macro items(x) %}{{ x }}{% endmacro %}",
        "over/broken.html": "{% if",
        "over/own.css": "a.items() { }",
    }
    _, said = generated(write(tmp_path, files))
    lacks = "over/facts.html:{}: warning: Zensical has no {}, and its build ends there{}".format
    assert said == [
        lacks("3:33", "method `.items()`", "; write `| items`"),
        lacks("3:50", "method `.upper()`", ""),
        lacks("3:69", "method `.upper()`", ""),
        lacks("5:6", "filter `truncate`", ""),
        lacks("5:23", "`%` for a text", "; write `| format`"),
        lacks("5:57", "method `.get()`", "; write the key, as in `page.meta.owner | default(none)`"),
        lacks("6:15", "test `callable`", ""),
        lacks("6:40", "function `gettext`", ""),
    ]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "mkdocs.yml": "site_name: x\ntheme: {name: material, custom_dir: over}\n",
        "docs/index.md": "---\ntemplate: t.html\nfacts: {a: 1}\n---\n\n# X\n",
    }
    return write(tmp_path_factory.mktemp("plain"), files)


CALLS = ("page.meta.facts.items()", "page.meta.get('a')", "page.title.upper()", "page.title.split()", "'%s' % 1")
FINE = ("page.meta.facts | items", "page.meta.facts.a | default(none)", "'%s' | format(1)", "7 % 2")


def lacking() -> list[str]:
    filters = (f"'a' | {name}" for name in sorted(FILTERS))
    tests = (f"1 is {name}" for name in sorted(TESTS))
    functions = (f"{name}('a')" for name in sorted(FUNCTIONS - {"gettext", "ngettext"}))
    return [*CALLS, *filters, *tests, *functions]


@pytest.mark.parametrize(("call", "works"), [*((call, False) for call in lacking()), *((call, True) for call in FINE)])
def test_what_is_told_of_a_template_is_what_zensical_does(call: str, works: bool, plain: Path) -> None:
    text = '{% extends "base.html" %}{% block content %}{{ ' + call + " }}{% endblock %}"
    (plain / "over").mkdir(exist_ok=True)
    (plain / "over" / "t.html").write_text(text, "utf-8")
    done = subprocess.run(BUILDERS["zensical"], cwd=plain, capture_output=True, text=True)
    assert (done.returncode == 0) == works, done.stderr
    said = list(jinja_problems({"t.html": text.encode()}, {"custom_dir": "over"}, plain))
    assert (not said) == works
    assert bool(re.search(r"unknown (method|filter|test|function)|% operator", done.stderr)) != works
