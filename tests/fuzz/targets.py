"""Everything that reads a file of a user, each with the texts that it is fed damaged copies of.

A target may return, or raise ProblemsError: that is an answer to the author. Anything else is a fault of ours, and so
is a problem that only says that something was not expected.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import jinja2
from markdown import Markdown

from convert.workbooks import WORKBOOK, workbook_with
from fuzz.project import Project, base_files, damaged_paths
from opsbook.convert.export import checklist_markdown, to_yaml
from opsbook.convert.importer import import_file
from opsbook.markup.clean import clean, removed
from opsbook.markup.files import text_markup
from opsbook.mkdocs.calls.sandbox import confined
from opsbook.mkdocs.calls.template_text import TemplateText
from opsbook.mkdocs.calls.trial import template_problems
from opsbook.mkdocs.defaults import EXTENSIONS, HOVER
from opsbook.mkdocs.sitefile import read_site_file
from opsbook.nouns.alert.annotations import write_annotations
from opsbook.nouns.alert.collection import parse_foreign_runbook
from opsbook.nouns.alert.rules import parse_rules
from opsbook.nouns.api.load import parse_api
from opsbook.nouns.checklist.load import parse_checklist
from opsbook.nouns.runbook.lint import lint_runbooks
from opsbook.nouns.runbook.load import parse_runbook
from opsbook.nouns.runbook.patterns import pattern_fault
from opsbook.problems import ProblemsError
from opsbook.secrets.scan import find_secrets
from opsbook.shell.promql import promql_variables
from opsbook.shell.shell import scan_shell
from opsbook.snippets.check import check_snippets
from opsbook.snippets.load import load_snippets
from opsbook.source.limits import parse_page as parse_page_to_render
from opsbook.source.markdown import parse_markdown
from opsbook.source.text import decode

ROOT = Path(__file__).parent.parent.parent
CALLS = (
    "{{ shout('a') }} {{ extra.name | upper }}\n",
    "{% for n in range(3) %}{{ loop.index }}{% if not loop.last %}-{% endif %}{% endfor %}\n",
    "{% set ns = namespace(n=0) %}{% set ns.n = ns.n + 1 %}{{ ns.n }} {{ '%03d' % 7 }} {{ [3, 1] | sort | join('+') }}",
    "{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice('a') ~ 1 }} {{ 2 ** 10 }} {{ unknown(1) }}\n",
    "{% raw %}{{ a }}{% endraw %}{% filter upper %}b{% endfilter %}{{ dict(a=1).a }} {# note #}\n",
)
PATTERNS = (
    *("[a-z0-9]([-a-z0-9]*[a-z0-9])?", "[0-9]{1,3}(\\.[0-9]{1,3}){3}", "(?:a|b|[^c])*x+?", "[^\\s\"'$]+", "(a+)+b"),
    *("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2})?Z?", "(?=x)[\\w.-]{1,63}", "([a-z]+)(,[a-z]+)*", "(?i:ab)|\\Acd\\Z"),
)
GLOSSARY = {"glossary": {"SLO": "Service level objective", "API": "Interface"}}
TABLES, TREES = "tests/convert/tables", "tests/convert/trees"
UNEXPECTED = "fault of opsbook"
"""What the guard around the loaders says of an error that nobody thought of."""


@dataclass(frozen=True)
class Target:
    """Something that reads `corpus` and what is made of it."""

    name: str
    corpus: tuple[str, ...]
    run: Callable[[bytes], None]

    def small(self, most: int) -> Target:
        """Return the target with no more of each of its texts than whole lines of `most` characters in all."""
        return replace(
            self, corpus=tuple(text if len(text) <= most else _first_lines(text, most) for text in self.corpus)
        )

    def answer(self, data: bytes) -> None:
        """Let it read `data`. Raises what is a fault of ours."""
        try:
            self.run(data)
        except ProblemsError as error:
            unexpected = [str(each) for each in error.problems if UNEXPECTED in each.message]
        else:
            return
        assert not unexpected


def _first_lines(text: str, most: int) -> str:
    return text[:most].rpartition("\n")[0]


def targets() -> tuple[Target, ...]:
    """Return all targets: parsers with the files of this repository, then a whole project, one file at a time."""
    project, base = Project(), base_files()
    pages = tuple(text for path, text in base.items() if path.endswith(".md"))
    whole = (
        Target(f"project:{path}", (base_files()[path],), functools.partial(project.load_with, path))
        for path in damaged_paths()
    )
    return (
        Target("checklist", (*_texts("checklist.yml"), base["checklist.yml"]), _checklist),
        Target("import", _texts("tests/convert/markdown/*.md", "tests/convert/foreign/*.yml"), _Import(".md", ".yml")),
        Target(
            "import tables", _texts("tests/convert/tables/*.md", "tests/convert/tables/*.csv"), _Import(".md", ".csv")
        ),
        Target(
            "import trees", _texts("tests/convert/trees/*.*ml", "tests/convert/trees/*.json"), _Import(".x", ".json")
        ),
        Target("import text", _texts("tests/convert/markdown/*.rst", "tests/convert/markdown/*.txt"), _Import(".x")),
        Target("import workbook", (WORKBOOK, "a,b\n1,2\n"), _Workbook()),
        Target("runbook", _texts("runbooks/*.md", most=12), _runbook),
        Target("rules", _texts("runbooks/rules/*.y*ml", "tests/nouns/alert/rules/*.yaml", most=8), _rules),
        Target("foreign runbook", _texts("docs/*.md", most=8), _foreign_runbook),
        Target("markdown", (*_texts("docs/**/*.md", most=20), *pages), _markdown),
        Target("rendered", (*_texts("docs/**/*.md", most=20), *pages), _rendered),
        Target("html", _texts("tests/markup/cases/*.md"), _html),
        Target("secrets", (*pages, base["docs/api/cart.yaml"]), _secrets),
        Target("site file", (*_texts("mkdocs.yml"), base["mkdocs.yml"]), _SiteFile()),
        Target("calls", CALLS, _calls),
        Target("pattern", PATTERNS, _pattern),
        Target("api", (*_texts("docs/api/*.yaml"), base["docs/api/cart.yaml"]), _api),
        Target("shell", _shell_blocks(), _shell),
        Target("snippets", _texts("tests/snippets/broken/*.md", "tests/snippets/right.md"), _Snippets()),
        *whole,
    )


def _texts(*patterns: str, most: int = 40) -> tuple[str, ...]:
    """The texts of the files that fit, not more than `most` of them, spread over all."""
    files = [file for pattern in patterns for file in sorted(ROOT.glob(pattern)) if file.is_file()]
    return tuple(file.read_text("utf-8", "replace") for file in files[:: max(1, len(files) // most)][:most])


def _shell_blocks() -> tuple[str, ...]:
    pages = [parse_markdown(text, "x.md") for text in _texts("runbooks/*.md", most=20)]
    return tuple(fence.content for page in pages for fence in page.fences if fence.language == "bash")


def _checklist(data: bytes) -> None:
    checklist, _ = parse_checklist(decode(data, "checklist.yml"), "checklist.yml")
    assert parse_checklist(to_yaml(checklist), "checklist.yml")[0] == checklist
    checklist_markdown(checklist)


class _Import:
    """A checklist from elsewhere, in files with each of the `suffixes`."""

    def __init__(self, *suffixes: str) -> None:
        self.suffixes = suffixes
        self.folder: Path | None = None

    def __call__(self, data: bytes) -> None:
        """Import it; what comes of it must be a checklist, and its pages must be such as a site takes."""
        if self.folder is None:
            self.folder = Project().root
        for suffix in self.suffixes:
            file = self.folder / f"import{suffix}"
            file.write_bytes(data)
            with contextlib.suppress(ProblemsError):
                found = import_file(file, file.name)
                assert parse_checklist(to_yaml(found.checklist), "checklist.yml")[0] == found.checklist
                checklist_markdown(found.checklist)


class _Workbook:
    """A workbook whose sheet, and the list of whose sheets, are damaged."""

    def __init__(self) -> None:
        self.file: Path | None = None

    def __call__(self, data: bytes) -> None:
        """Import it as a workbook, with `data` in place of its sheet, then with its own bytes damaged."""
        if self.file is None:
            self.file = Project().root / "import.xlsx"
        for whole in (workbook_with(data), workbook_with(WORKBOOK.encode())[: -len(data) % 900 - 1]):
            self.file.write_bytes(whole)
            with contextlib.suppress(ProblemsError):
                import_file(self.file, "import.xlsx")


def _runbook(data: bytes) -> None:
    source, _ = parse_runbook(decode(data, "runbooks/x.md"), "runbooks/x.md")
    lint_runbooks([source] if source else [])


def _rules(data: bytes) -> None:
    """What is written anew says the same but for the annotation, and is read again."""
    file = parse_rules(decode(data, "rules.yml"), "rules.yml")
    text, _ = write_annotations(file, dict.fromkeys(file.alerts, "https://e.example/alerts/x/"))
    assert len(parse_rules(text, "rules.yml").alerts) == len(file.alerts)


def _foreign_runbook(data: bytes) -> None:
    parse_foreign_runbook(decode(data, "x.md"), "x.md", "x.md")


def _markdown(data: bytes) -> None:
    parse_markdown(decode(data, "x.md"), "x.md")


def _api(data: bytes) -> None:
    parse_api(decode(data, "api.yaml"), "api.yaml", "cart")


def _shell(data: bytes) -> None:
    code = decode(data, "x.sh")
    found = scan_shell(code)
    assert len(found.bare) == len(code)
    list(promql_variables(code))


def _rendered(data: bytes) -> None:
    """What Markdown makes of a page that is taken, and the cleaning behind it."""
    page = parse_page_to_render(decode(data, "x.md"), "x.md")
    markdown = Markdown(extensions=[*EXTENSIONS, "toc", HOVER], extension_configs={**EXTENSIONS, "abbr": GLOSSARY})
    html = markdown.convert(page.body)
    removed(html)
    clean(html)
    list(text_markup("\n".join(page.lines), "x.md"))


def _html(data: bytes) -> None:
    html = decode(data, "x.md")
    removed(html)
    clean(html)


def _secrets(data: bytes) -> None:
    find_secrets(decode(data, "x.md"))


class _SiteFile:
    """What `opsbook check` reads of `mkdocs.yml`."""

    def __init__(self) -> None:
        self.root: Path | None = None

    def __call__(self, data: bytes) -> None:
        """Read the settings."""
        self.root = self.root or Project().root
        (self.root / "mkdocs.yml").write_bytes(data)
        site = read_site_file(self.root, self.root / "docs")
        site.has_template("main.html")
        site.is_read("a/b.md")


def _calls(data: bytes) -> None:
    text = decode(data, "x.md")
    environment = confined(jinja2.Environment(undefined=jinja2.StrictUndefined), {"shout": str.upper})
    template_problems(
        environment, TemplateText("x.md", text, 1), {"extra": {"name": "shop"}}, {"shout": str.upper}, ROOT
    )


def _pattern(data: bytes) -> None:
    """What the judge lets pass is matched at once, whatever it is matched against."""
    with contextlib.suppress(re.error, OverflowError, RecursionError):
        pattern = decode(data, "x")
        re.compile(pattern)
        if pattern_fault(pattern) is None:
            for text in ("a" * 200 + "!", "1-" * 100 + "_", pattern):
                re.fullmatch(pattern, text)


class _Snippets:
    """The checkers of fenced blocks, but for the programs that they start."""

    def __init__(self) -> None:
        self.file: Path | None = None

    def __call__(self, data: bytes) -> None:
        """Check the blocks of a page."""
        if self.file is None:
            self.file = Project().root / "docs" / "snippets.md"
        self.file.write_bytes(data)
        snippets, _ = load_snippets(self.file.parent.parent, [self.file])
        inside = [each for each in snippets if each.language in ("yaml", "json", "toml", "sql", "hcl", "promql")]
        check_snippets(inside)
