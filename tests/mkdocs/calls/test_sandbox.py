"""What a page may do with braces: call macros and filters, read plain data, and no more than that for so long."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import jinja2
import pytest
from jinja2.exceptions import SecurityError

from opsbook.mkdocs.calls.sandbox import PageEnvironment, confined
from small_site import WITH_MACROS, built, problems, write

ASKS = "---\nrender_macros: true\n---\n\n"


@dataclass(frozen=True)
class Server:
    """Data of a site's own macros module."""

    name: str

    def stop(self) -> str:
        """What no page may do."""
        return "stopped"


def shout(text: str) -> str:
    """A macro."""
    return text.upper()


VALUES = {
    "day": datetime.date(2026, 11, 30),
    "extra": {"name": "shop", "list": [1, 2, 3]},
    "page": Server("x"),
    "server": Server("web"),
}


@pytest.fixture
def environment() -> PageEnvironment:
    open_environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    open_environment.globals["shout"] = shout
    return confined(open_environment, {"shout": shout})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ shout('a') }}", "A"),
        ("{{ extra.name | upper }} {{ extra['list'] | join(', ') }}", "SHOP 1, 2, 3"),
        ("{{ extra.name.replace('s', 'z').split('o')[0] }}", "zh"),
        ("{% for key, value in extra.items() %}{{ loop.index }}{{ key }}{% endfor %}", "1name2list"),
        ("{% for n in range(3) %}{{ loop.cycle('a', 'b') }}{% if not loop.last %}-{% endif %}{% endfor %}", "a-b-a"),
        ("{% set ns = namespace(n=0) %}{% for n in [1, 2] %}{% set ns.n = ns.n + n %}{% endfor %}{{ ns.n }}", "3"),
        ("{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice('a') ~ 1 }}", "aa1"),
        ("{% set text %}a{{ 1 }}{% endset %}{{ text }}{{ 2 ** 10 }} {{ '%03d' % 7 }}", "a11024 007"),
        ("{{ day.year }} {{ day.strftime('%d.%m.') }} {{ server.name }}", "2026 30.11. web"),
        ("{% for n in [1, [2, [3]]] recursive %}{{ loop(n) if n is iterable else n }}{% endfor %}", "123"),
        (
            "{{ [3, 1, 2] | sort | map('string') | join('+') }} {{ 'a b' | title }} {{ 1.256 | round(2) }}",
            "1+2+3 A B 1.26",
        ),
        ("{{ 'x' | center(3) }}|{{ 'a\nb' | indent(2) }}|{{ '%s!' | format('a') }}", " x |a\n  b|a!"),
        ("{{ cycler('a', 'b').next() }}{% filter upper %}b{% endfilter %}{{ dict(a=1).a }}", "aB1"),
    ],
)
def test_a_page_calls_macros_and_filters_and_reads_data(environment: PageEnvironment, text: str, shown: str) -> None:
    assert environment.from_string(text).render(VALUES) == shown


@pytest.mark.parametrize(
    "expression",
    [
        "cycler.__init__",
        "cycler['__init__']",
        "shout.__globals__",
        "shout.__wrapped__",
        "''.__class__",
        "'a'.format(1)",
        "'a'.format_map({})",
        "'{0.name}'.format(server)",
        "'a'.encode()",
        "'a'.translate({})",
        "server.stop()",
        "server.stop",
        "server.__class__",
        "server | attr('stop')",
        "server | attr('__class__')",
        "[server] | map(attribute='stop') | list | first",
        "extra.pop('name')",
        "extra.update({})",
        "extra['list'].append(1)",
        "range.__doc__",
        "(range(3) | batch(2)).gi_frame",
        "self.__init__",
        "loop.__class__",
        "joiner().__class__",
        "namespace().__class__",
        "day.__reduce__",
        "day.today",
        "caller",
        "lipsum()",
        "[1, 2] | random",
        "open('x')",
    ],
)
def test_a_page_reaches_nothing_else(environment: PageEnvironment, expression: str) -> None:
    with pytest.raises((SecurityError, jinja2.UndefinedError, jinja2.TemplateAssertionError)):
        environment.from_string("{{ " + expression + " }}").render(VALUES)


TOO_MUCH = [
    "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "{% for a in range(9999999999999) %}x{% endfor %}",
    "{% for a in range(999) %}{% for b in range(999) %}long text here{% endfor %}{% endfor %}",
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "{{ 'x' * 9999999999 }}",
    "{{ 9999999999 * 'x' }}",
    "{{ [0] * 9999999999 }}",
    "{{ 10 ** (10 ** 10) }}",
    "{{ 'x' | center(9999999999) }}",
    "{{ 'x' | center(width=9999999999) }}",
    "{{ '%9999999999d' | format(1) }}",
    "{{ '%*d' % (9999999999, 1) }}",
    "{{ '%.9999999999f' % 1 }}",
    "{{ 'x' | indent(9999999999, true) }}",
    "{{ [1] | batch(9999999999, 'x') | list }}",
    "{{ [1] | slice(9999999999, 'x') | list }}",
    "{{ 1.5 | round(9999999999, 'floor') }}",
    "{{ {'a': 1} | tojson(9999999999) }}",
    "{% set x = 'x' * 999999 %}{{ x.replace('x', x) }}",
    "{% set x = 'x' * 999999 %}{{ x | replace('x', x) }}",
    "{% set x = 'x' * 999999 %}{{ range(9999) | join(x) }}",
    "{% set x = 'x' * 999999 %}{{ x.join(range(9999)) }}",
    "{% set x = 'x' * 99999 %}{% for i in range(60) %}{{ x }}{% endfor %}",
    "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}{% endfor %}",
    "{% set ns = namespace(x=3) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] | sum(start=[]) %}{% endfor %}",
]
LIMITED = """\
import resource, sys, jinja2
from opsbook.mkdocs.calls.sandbox import confined
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
try:
    confined(jinja2.Environment(undefined=jinja2.StrictUndefined), {}).from_string(sys.argv[1]).render()
except (jinja2.exceptions.SecurityError, RecursionError) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("text", TOO_MUCH)
def test_a_page_that_would_take_for_ever_or_all_memory_is_ended(text: str) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, text], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout in ("TooMuchError\n", "RecursionError\n")


MODULE = """\
def define_env(env):
    env.variables["team"] = {"name": "platform"}

    @env.macro
    def hello(name: str = "you") -> str:
        return f"Hello {name}"

    @env.filter
    def loud(text: str) -> str:
        return text.upper()
"""


def test_a_way_out_is_a_problem_with_its_place(tmp_path: Path) -> None:
    page = ASKS + "# P\n\nA {{ hello() }} and {{ cycler.__init__.__globals__.os.name }}.\n\n{% for a in range(9) %}\n"
    page += "{{ hello.__globals__ }}\n{% endfor %}\n\n"
    page += "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}\n"
    files = {"mkdocs.yml": WITH_MACROS, "macros/main.py": MODULE, "docs/page.md": page}
    allowed = "allowed: macros, filters, and the values of data, pages and navigation"
    assert problems(write(tmp_path, files)) == [
        f"docs/page.md:7:31: a page may not read `__init__` of `Cycler`; {allowed}",
        f"docs/page.md:10:10: a page may not read `__globals__` of `hello`; {allowed}",
        "docs/page.md:13:1: the calls of this page do too much; does a loop never end?",
    ]


WRONG = {
    "{{ 'a' + 1 }}": "can only concatenate str",
    "{{ 'a' * 'b' }}": "can't multiply sequence",
    "{{ 5 | join(',') }}": "'int' object is not iterable",
    "{{ 'x' | round }}": "must be real number",
    "{{ 'x' | wordwrap(0) }}": "invalid width",
    "{{ '%d' | format('x') }}": "real number is required",
    "{% for i in range('3') %}{% endfor %}": "cannot be interpreted as an integer",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "maximum recursion depth",
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}": "maximum recursion depth",
    "{% if 1 %}" * 200 + "{% endif %}" * 200: "nested",
}


def test_what_cannot_be_worked_out_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    pages = {f"docs/{number}.md": f"{ASKS}# P\n\n{text}\n" for number, text in enumerate(WRONG)}
    found = problems(write(tmp_path, {"mkdocs.yml": WITH_MACROS, "macros/main.py": MODULE, **pages}))
    told = {each.partition(":")[0]: each for each in found}
    for number, expected in enumerate(WRONG.values()):
        assert expected in told[f"docs/{number}.md"] or "cannot be evaluated" in told[f"docs/{number}.md"], expected


def test_what_pages_usually_ask_for_still_works(tmp_path: Path) -> None:
    page = ASKS + (
        "# P\n\n{{ hello(team.name) | loud }} {{ config.site_name }} {{ page.title }} {{ page.file.src_uri }}"
        " {{ extra.version }} {{ macros.hello() }}\n"
    )
    config = WITH_MACROS + "extra: {version: '1.2'}\n"
    site = built(write(tmp_path, {"mkdocs.yml": config, "macros/main.py": MODULE, "docs/page.md": page}))
    text = (site / "page" / "index.html").read_text("utf-8")
    assert "HELLO PLATFORM Elsewhere P page.md 1.2 Hello you" in text


def _never(*_: object) -> None:
    raise AssertionError


def test_a_macro_that_is_no_data_cannot_be_smuggled_in_by_a_name(environment: PageEnvironment) -> None:
    smuggled: Callable[..., None] = _never
    with pytest.raises(SecurityError):
        environment.from_string("{{ extra.call() }}").render(extra={"call": smuggled})
