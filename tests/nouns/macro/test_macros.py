"""Macros in hand-written pages, in real builds."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest

from opsbook.nouns.macro.macros import MACROS
from search_entries import search_entries
from small_site import CHECKLIST, WITH_MACROS, build, built, problems, site_of, write

ASKS = "---\nrender_macros: true\n---\n\n"


def check(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from opsbook.cli import main; main()", "check", *options]
    return subprocess.run(command, cwd=root, capture_output=True, text=True)


@pytest.fixture
def macros(root: Path) -> dict[str, str]:
    """The macros of this repository and a configuration that loads them."""
    return {"macros/main.py": (root / "macros" / "main.py").read_text("utf-8"), "mkdocs.yml": WITH_MACROS}


def article(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8").split("<article", 1)[1].split("</article>", 1)[0]


def test_calls_show_what_the_handbook_knows_with_links_from_their_page(macros: dict[str, str], tmp_path: Path) -> None:
    page = """# Deep

{{ progress("one") }} {{ badge("phase-one") }}

{{ items(area="one", status="todo") }}
"""
    site = built(write(tmp_path, {**macros, "docs/guides/deep/page.md": ASKS + page}))
    text = article(site, "guides/deep/page")
    assert '<a href="../../../practices/one/">One</a> <span>1 of 2 done</span>' in text
    assert (
        '<a href="../../../roadmap/phase-one/"><img alt="Phase one: 1 of 2 done" src="../../../badges/phase-one.svg"'
        in text
    )
    assert '<a href="../../../practices/one/first/">First</a>' in text
    assert "practices/one/second/" not in text


def test_a_call_may_stand_in_a_sentence_a_table_and_a_note(macros: dict[str, str], tmp_path: Path) -> None:
    page = (
        "# P {{ progress() | upper }}\n\nSee {{ badge() }}.\n\n"
        "| a | b |\n| - | - |\n| {{ items() }} | x |\n\n!!! note\n    {{ items() }}\n"
    )
    titled = ASKS.replace("---\n\n", "title: 'T {{ progress() }}'\n---\n\n") + "Text.\n"
    site = built(write(tmp_path, {**macros, "docs/page.md": ASKS + page, "docs/titled.md": titled}))
    text = article(site, "page")
    assert text.count('<a href="../practices/one/first/">First</a>') == 2
    assert "<p>See <a " in text
    assert '"></a>.</p>' in text
    assert "<td>x</td>" in text
    assert '<h1 id="p-elsewhere-1-of-4-done">P <span class="ob-progress"' in text
    assert "<title>P Elsewhere 1 of 4 done - Elsewhere</title>" in (site / "page" / "index.html").read_text("utf-8")
    assert "<title>T Elsewhere 1 of 4 done - Elsewhere</title>" in (site / "titled" / "index.html").read_text("utf-8")


SERVICES = """\
escalations:
  - id: day
    title: In the *morning*
    levels: [{notify: team}]
services:
  - id: mail
    title: Mail
    summary: Sends mail.
    owner: team
    tier: 3
  - id: shop
    title: Shop <b>
    summary: Sells.
    owner: team
    tier: 1
    escalation: day
    rto: 30m
    rpo: '0'
    slos:
      - {id: fast, title: Fast, objective: 99, window: 4w, sli: "Requests; good is `< 0.5 s`."}
      - {id: up, title: Up, objective: 99.995, window: 30d, sli: Requests.}
"""


def cells(text: str) -> list[list[str]]:
    """The words of each cell of each row of the tables in `text`."""
    rows = re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)
    found = [[re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<td.*?>(.*?)</td>", row)] for row in rows]
    return [[html.unescape(each) for each in row] for row in found if row]


def test_the_objectives_show_their_error_budgets(macros: dict[str, str], tmp_path: Path) -> None:
    files = {**macros, "services.yml": SERVICES, "docs/guides/slos.md": ASKS + "# P\n\n{{ objectives() }}\n"}
    text = article(built(write(tmp_path, files)), "guides/slos")
    budgets = (
        ("99% over 4w", "1% may fail", "403 min of whole outage", "10,000 of a million"),
        ("99.995% over 30d", "0.005% may fail", "2.16 min of whole outage", "50 of a million"),
    )
    assert cells(text) == [
        ["Shop <b>", "FastRequests; good is < 0.5 s.", *budgets[0]],
        ["Shop <b>", "UpRequests.", *budgets[1]],
        ["Mail", "no objective yet"],
    ]
    assert '<a href="../../services/shop/#fast">Fast</a>' in text


def test_the_recovery_of_each_service_is_shown_and_what_is_not_set_says_so(
    macros: dict[str, str], tmp_path: Path
) -> None:
    files = {**macros, "services.yml": SERVICES, "docs/page.md": ASKS + "# P\n\n{{ recovery() }}\n"}
    text = article(built(write(tmp_path, files)), "page")
    assert cells(text) == [
        ["Shop <b>", "tier 1", "back within (RTO): 30m", "data lost (RPO): none", "called: In the *morning*"],
        ["Mail", "tier 3", "back within (RTO): not set", "data lost (RPO): not set", "called: not set"],
    ]
    assert '<a href="../services/shop/#escalation">' in text


def test_without_services_the_tables_say_so(macros: dict[str, str], tmp_path: Path) -> None:
    page = ASKS + "# P\n\n{{ objectives() }}\n\n{{ recovery() }}\n"
    text = article(built(write(tmp_path, {**macros, "docs/page.md": page})), "page")
    assert text.count("No service is listed in <code>services.yml</code> yet.") == 2


def test_a_page_that_does_not_ask_keeps_its_braces(macros: dict[str, str], tmp_path: Path) -> None:
    site = built(write(tmp_path, {**macros, "docs/page.md": "# P\n\nUse `{{ $labels.pod }}` and {{ progress() }}.\n"}))
    assert "{{ $labels.pod }}</code> and {{ progress() }}." in article(site, "page")


EVIL = "{{ cycler.__init__.__globals__.os.popen('echo pw$(echo ned)').read() }}"
HOSTILE = CHECKLIST.replace("title: First", f'title: "{EVIL} {{{{ 7*7 }}}} *b* <i>x</i>"').replace(
    "title: One", 'title: "{{ 7*7 }} {% if %}"'
)


@pytest.mark.parametrize("render_by_default", ["true", "false"])
def test_text_from_yaml_is_never_a_template(macros: dict[str, str], tmp_path: Path, render_by_default: str) -> None:
    config = WITH_MACROS.replace("render_by_default: false", f"render_by_default: {render_by_default}")
    files = {**macros, "mkdocs.yml": config, "checklist.yml": HOSTILE, "docs/page.md": ASKS + "# P\n\n{{ items() }}\n"}
    site = built(write(tmp_path, files))
    shown = EVIL.replace("'", "&#39;") + " {{ 7*7 }} *b* &lt;i&gt;x&lt;/i&gt;"
    literal = {shown, shown.replace("&#39;", "'"), shown.replace("&#39;", "&#x27;")}
    for page in ("page", "practices", "practices/one", "practices/one/first", "roadmap", ""):
        text = (site / page / "index.html").read_text("utf-8").replace("&#123;", "{").replace("&#125;", "}")
        assert "pwned" not in text, page
        assert "49" not in text.split("<title>", 1)[1].split("</title>", 1)[0], page
    item = (site / "practices" / "one" / "first" / "index.html").read_text("utf-8")
    assert any(f"<title>{each} - Elsewhere</title>" in item for each in literal)
    navigation = item.split('class="md-nav md-nav--primary', 1)[1]
    assert any(each in navigation for each in literal)
    assert "{{ 7*7 }} {% if %}" in navigation
    titles = [entry["title"] for entry in search_entries(site)]
    assert any("{{ 7*7 }} *b*" in title for title in titles)
    assert not any(title.startswith("49") for title in titles)


def test_every_wrong_call_of_every_page_is_told_with_its_place(macros: dict[str, str], tmp_path: Path) -> None:
    one = """# One

Prose about onee. {{ progress("onee") }} and {{ badge("one") }}{{ badge("things") }}
{{ itms() }}

- {{ items(aera="one") }} {{ items(status="finished", area="one") }}
- {{ nothing }} and {{ page.absent }}, but {{ nothing | default("something") }}
- {{ progress("one", "two") }} {{ items(
      owner="taem") }}
- {{ runbooks(severity="high") }} {{ alert("Nope") }} {{ diagram("nope") }} {{ template("post-morten") }}
"""
    files = {
        **macros,
        "docs/one.md": ASKS + one,
        "docs/two.md": "---\ntitle: 'Two {{ missing }}'\nrender_macros: true\n---\nText {% if %} more\n",
        "docs/three.md": ASKS + "# Three\n\n{{ progress() | shout }}\n",
        "docs/four.md": ASKS + "# Four\n\n{{ 1 / 0 }}\n",
        "docs/five.md": ASKS + '# Five\n\n{% include "templates/part.md" %}\n',
        "docs/templates/part.md": "A part\nwith {{ badge('thre') }}\n",
        "docs/six.md": ASKS + '# Six\n\n{% include "templates/gone.md" %}\n',
    }
    known = "allowed: alert, badge, commands, content_checks, context, diagram, fact, file_keys, fix_url, items"
    known += ", macros_info, now"
    raw = "write braces that are no call between `{% raw %}` and `{% endraw %}`"
    filters = "allowed: abs, attr, batch, capitalize, center, count, d, default, dictsort, e, escape, filesizeformat"
    found = problems(write(tmp_path, files))
    checked = check(tmp_path)
    assert checked.stderr.splitlines() == [*found, f"{len(found)} problems found"]
    assert [re.sub(r" and \d+ more$", "", line) for line in found] == [
        "docs/four.md:7:1: this cannot be evaluated: division by zero",
        "docs/one.md:7:31: no area, group, phase or item with parts has the id `onee`; did you mean `one`?",
        "docs/one.md:7:73: no area or phase has the id `things`; allowed: one, overall, phase-one, two",
        "docs/one.md:8:4: no macro is called `itms`; did you mean `items`?",
        "docs/one.md:10:12: `items` has no argument `aera`; did you mean `area`?",
        "docs/one.md:10:43: `finished` is not a status; allowed: doing, done, todo, waived",
        f"docs/one.md:11:6: nothing is called `nothing`; {known}",
        "docs/one.md:11:29: 'mkdocs.structure.pages.Page object' has no attribute 'absent'",
        "docs/one.md:12:6: `progress`: too many positional arguments; allowed: progress(of='overall')",
        "docs/one.md:13:13: no owner has the id `taem`; did you mean `team`?",
        "docs/one.md:14:24: `high` is not a severity; allowed: critical, info, warning",
        "docs/one.md:14:44: no runbook is for the alert `Nope`; none is declared",
        "docs/one.md:14:66: no drawing has the id `nope`; none is declared",
        "docs/one.md:14:89: no template has the id `post-morten`; did you mean `post-mortem`?",
        "docs/six.md:7:12: no such file `templates/gone.md`; allowed: a file below the folder of the pages",
        "docs/templates/part.md:2:15: no area or phase has the id `thre`; allowed: one, overall, phase-one, two",
        f"docs/three.md:7:17: no filter is called `shout`; {filters}",
        f"docs/two.md:2:8: nothing is called `missing`; {known}",
        f"docs/two.md:5:12: not valid Jinja: Expected an expression, got 'end of statement block'; {raw}",
    ]


def test_a_mistake_of_a_macro_itself_keeps_its_traceback(tmp_path: Path) -> None:
    module = "def define_env(env):\n    @env.macro\n    def broken():\n        return {}['bug']\n"
    page = ASKS + "# P\n\n{{ broken() }}\n"
    done = build(write(tmp_path, {"mkdocs.yml": WITH_MACROS, "macros/main.py": module, "docs/page.md": page}))
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "KeyError: 'bug'" in done.stderr


def test_the_reference_page_is_made_of_the_docstrings(macros: dict[str, str], tmp_path: Path) -> None:
    own = '''
from opsbook.macros import define_env as engine

def define_env(env):
    engine(env)

    @env.macro
    def own(name, *, loud=False):
        """A macro of their own <b>.

        Args:
            name: Whom to greet, on
                two lines.

        Example:
            {{ own("you") }}
        """
        return name
'''
    text = article(built(write(tmp_path, {**macros, "macros/main.py": own})), "reference/macros")
    for name in (*MACROS, "own"):
        assert f'<h2 id="{name}">{name}' in text
    assert '<span class="ob-progress" data-search-exclude><a href="../../practices/">Elsewhere</a>' in text
    assert "In this site the example fits nothing, and as a call it would stop the build:" in text
    assert "A macro of their own &lt;b&gt;." in text
    assert "<dt><code>name</code></dt><dd>Whom to greet, on two lines.</dd>" in text
    assert 'class="ob-result"' not in text.split('id="own"', 1)[1]


def test_html_of_a_macro_of_their_own_is_cleaned_unless_it_is_kept(macros: dict[str, str], tmp_path: Path) -> None:
    own = """
from markupsafe import Markup
from opsbook.macros import here

def define_env(env):
    @env.macro
    def loose(text):
        return f'<b data-probe="1">{text}</b>'

    @env.macro
    def own(text):
        return here(env).keep(Markup('<b data-own="1">{}</b>').format(text))
"""
    page = ASKS + '{{ loose("x") }} {{ own("<i data-probe>y</i>") }}\n\nz &#xFDD0;\n'
    lenient = macros["mkdocs.yml"].replace("strict: true", "strict: false")
    files = {**macros, "mkdocs.yml": lenient, "macros/main.py": own, "docs/page.md": page}
    text = article(built(write(tmp_path, files)), "page")
    assert '<p><b>x</b> <b data-own="1">&lt;i data-probe&gt;y&lt;/i&gt;</b></p>' in text
    assert "<p>z \ufffd</p>" in text


def test_without_macros_there_is_no_reference_page() -> None:
    assert [page.path for page in site_of({}).pages if page.path.startswith("reference/")] == []


def test_a_macros_module_that_is_no_python_is_told_with_its_place(macros: dict[str, str], tmp_path: Path) -> None:
    assert problems(write(tmp_path, {**macros, "macros/main.py": "def define_env(env):\n    return (\n"})) == [
        "macros/main.py:2:12: not valid Python: '(' was never closed"
    ]


OWN = """
def define_env(env):
    @env.macro
    def own(name="you"):
        \"\"\"Greet somebody.\"\"\"
        return f"hello {name}"
"""


def test_the_configuration_can_name_the_macros_as_a_pluglet_beside_a_module_of_the_site(tmp_path: Path) -> None:
    config = WITH_MACROS.replace("{module_name: macros/main", "{modules: [opsbook.macros], module_name: own/macros")
    files = {"mkdocs.yml": config, "own/macros.py": OWN, "docs/page.md": ASKS + "# P\n\n{{ own() }} {{ badge() }}\n"}
    site = built(write(tmp_path, files))
    assert '<p>hello you <a href="../practices/"><img alt="Elsewhere' in article(site, "page")
    text = article(site, "reference/macros")
    for name in (*MACROS, "own"):
        assert f'<h2 id="{name}">{name}' in text
    assert "Define your own in <code>own/macros.py</code>" in text
    assert check(tmp_path, "--strict").returncode == 0


def test_the_page_of_the_macros_shows_those_alone_that_a_page_can_call(tmp_path: Path) -> None:
    text = article(built(write(tmp_path, {"mkdocs.yml": WITH_MACROS, "macros/main.py": OWN})), "reference/macros")
    assert re.findall(r'<h2 id="(\w+)">', text) == ["own"]


def test_a_page_that_asks_where_no_macros_are_set_up_is_a_warning_with_its_place(tmp_path: Path) -> None:
    page = "---\ntitle: P\nrender_macros: true\n---\n\n{{ progress() }}\n"
    files = {
        "docs/a/page.md": page,
        "docs/bare.md": "render_macros: yes\n\n# B\n",
        "docs/no.md": "---\nrender_macros: false\n---\n",
    }
    done = build(write(tmp_path, files), "--strict")
    said = (
        "warning: this page asks for macros, and without the plugin `macros` its calls are shown as written; allowed:"
        " that plugin in mkdocs.yml, such as `- macros: {modules: [opsbook.macros], render_by_default: false}`, or"
        " `render_macros: false`"
    )
    expected = [f"docs/a/page.md:3:16: {said}", f"docs/bare.md:1:16: {said}"]
    assert done.returncode == 1
    assert [
        line.removeprefix("WARNING -  ") for line in done.stderr.splitlines() if line.startswith("WARNING")
    ] == expected
    checked = check(tmp_path)
    assert (checked.returncode, checked.stderr.splitlines()) == (0, expected)


def test_without_the_plugin_of_opsbook_its_macros_say_what_they_need(macros: dict[str, str], tmp_path: Path) -> None:
    config = macros["mkdocs.yml"].replace("  - opsbook\n", "")
    assert problems(write(tmp_path, {**macros, "mkdocs.yml": config})) == [
        "the macros of opsbook need the plugin `opsbook` in mkdocs.yml, beside `macros`; for another site engine than"
        " MkDocs write the pages with `opsbook generate` first"
    ]


def test_check_tells_of_a_module_that_ends_in_an_error(tmp_path: Path) -> None:
    files = {"mkdocs.yml": WITH_MACROS, "macros/main.py": "\nVALUE = 1 / 0\n", "docs/page.md": ASKS + "{{ 1 }}\n"}
    checked = check(write(tmp_path, files))
    assert (checked.returncode, checked.stderr.splitlines()) == (
        1,
        [
            "macros/main.py:2:1: mkdocs-macros cannot be set up: ZeroDivisionError: division by zero; a build ends with"
            " this too",
            "1 problem found",
        ],
    )


def test_check_runs_no_module_where_no_page_can_call_it(tmp_path: Path) -> None:
    files = {"mkdocs.yml": WITH_MACROS, "macros/main.py": "1 / 0\n", "docs/page.md": "{{ 1 }}\n"}
    checked = check(write(tmp_path, files))
    assert checked.stdout.splitlines()[1:] == ["trusted, since a build runs it: macros/main.py"]
