"""A noun and a field that are added to a copy of the engine: what they take, and what tells that a piece is missing.

The noun is what `vendor/` beside this file holds: six new files, and a line in `assembly/kinds.py`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import opsbook
from plain_runbook import PLAIN_RUNBOOK
from search_entries import search_entries
from small_site import CONFIG, ENVIRONMENT, write

NOUN = Path(__file__).with_name("vendor")
TESTS = Path(__file__).parent.parent
VENDORS = """\
vendors:
  - {id: acme, title: Acme & Sons, contract_end: 2030-01-31, support: 'https://help.example.org/', services: [cart]}
  - {id: other, title: Other, aliases: [former]}
"""
SERVICES = "services: [{id: cart, title: Cart, summary: Carts., owner: team, tier: 1}]\n"
FIELD = '    reviewer: Annotated[Slug, Names("owner")] | None = Field(default=None, description="Who reviews it.")\n'
SHOWN = '{% if {0}.reviewer %}\n<li>{{ graph.find("owner", {0}.reviewer).title | inline }}</li>\n{% endif %}\n'

LEFT_OUT = {
    "unwatched": ("kind.py", r" +files=.*\n", "", "test_a_change_of_what_a_kind_reads_is_seen"),
    "schemaless": ("kind.py", r" +schemas=.*\n", "", "test_a_change_of_what_a_kind_reads_is_seen"),
    "tabless": ("kind.py", r" +tabs=.*\n", "", "test_every_page_of_a_kind_has_a_tab"),
    "unlisted": ("kind.py", r" +entries=.*\n", "", "test_the_navigation_leads_to_every_page_of_a_kind"),
    "headless": ("kind.py", r" +heading=.*\n", "", "test_a_page_leads_back_to_whatever_names_it"),
    "linkless": (
        *("templates/vendor.md", r"<li><a [^>]*>(\{\{ service\.title \| inline \}\})</a>", r"<li>\1"),
        "test_a_page_leads_to_what_each_field_names",
    ),
    "partial": (
        "templates/vendor.md",
        r"\{% if vendor\.support.*\n.*\n\{% endif %\}\n",
        "",
        "test_every_field_is_read",
    ),
    "wordless": ("pages.py", r', \{"description": language.*\}', "", "test_every_page_has_a_description"),
    "ticked": ("pages.py", r"plain\(node\.title\)", "node.title", "test_titles_of_pages_and_entries"),
    "mute": ("model.py", r', description="The last day of the contract\."', "", "test_every_key_of_a_file_says"),
    "loose": ("model.py", r"title: OneLine", "title: str", "test_no_key_of_a_file_takes_a_text_of_any_form"),
    "unmarked": (
        "model.py",
        r'Annotated\[Slug, Names\("service"\)\]',
        "Slug",
        "test_every_id_in_a_file_says_whose_it_is",
    ),
    "unmovable": ("model.py", r"    aliases: [\s\S]*?\n    \)\n", "", "test_an_id_that_is_an_address_can_change"),
    "greedy": ("model.py", r', reserved=\("index",\)', "", "test_no_id_takes_the_address_of_a_list"),
}
"""For each noun that lacks something: the file, the pattern of what is taken out, what takes its place, and which test
tells."""


def engine(folder: Path) -> Path:
    """A copy of the package in `folder`."""
    package = folder / "src" / "opsbook"
    shutil.copytree(Path(opsbook.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def add_noun(package: Path, name: str) -> Path:
    """Add the noun of the vendors under the name `name`; its folder."""
    folder = package / "nouns" / name
    for file in sorted(path for path in NOUN.rglob("*") if path.is_file()):
        path = folder / file.relative_to(NOUN).as_posix().removesuffix(".txt").replace("vendor", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8").replace("vendor", name).replace("Vendor", name.capitalize())
        path.write_text(text, "utf-8")
    edit(package / "assembly" / "kinds.py", '    "api",\n', f'    "{name}",\n    "api",\n')
    return folder


def edit(file: Path, pattern: str, new: str) -> None:
    text, many = re.subn(pattern, new, file.read_text("utf-8"))
    assert many, f"{file.name} has no {pattern}"
    file.write_text(text, "utf-8")


def run(package: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a module of Python, or `opsbook`, with the package of `package`."""
    path = os.pathsep.join((str(package.parent), str(TESTS)))
    code = ["-c", "from opsbook.cli import main; main()"] if arguments[0] == "opsbook" else ["-m", arguments[0]]
    return subprocess.run(
        [sys.executable, *code, *arguments[1:]],
        cwd=folder,
        env={**ENVIRONMENT, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )


def judged(package: Path) -> subprocess.CompletedProcess[str]:
    """What the tests that go over all kinds and fields say of a package."""
    tests = [str(TESTS / "assembly" / name) for name in ("test_kinds.py", "test_fields.py")]
    return run(package, "pytest", "-vv", "--tb=short", "-p", "no:cacheprovider", *tests, folder=TESTS.parent)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine with the noun of the vendors, and with a field `reviewer` of runbooks and services."""
    package = engine(tmp_path_factory.mktemp("extended"))
    add_noun(package, "vendor")
    for noun, model, before in (("runbook", "header", "    role: "), ("service", "catalog", "    tier: ")):
        folder = package / "nouns" / noun
        edit(folder / "model" / f"{model}.py", f"(?<=\n){before}", FIELD + before)
        edit(folder / "templates" / f"{noun}.md", r'(<ul class="ob-facts"[^>]*>\n)', r"\1" + SHOWN.replace("{0}", noun))
    return package


@pytest.fixture(scope="module")
def site(extended: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with vendors and reviewers, and its site in `site`."""
    theme = "theme: {name: material, features: [content.action.edit]}"
    config = CONFIG.replace("theme: material", theme) + "repo_url: https://github.com/example-org/handbook\n"
    files = {
        "mkdocs.yml": config,
        "vendors.yml": VENDORS,
        "services.yml": SERVICES.replace("tier: 1", "tier: 1, reviewer: team"),
        "runbooks/cart-down.md": PLAIN_RUNBOOK.replace("owner: team\n", "owner: team\nreviewer: team\n"),
    }
    root = write(tmp_path_factory.mktemp("site"), files)
    done = run(extended, "mkdocs", "build", "--strict", folder=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def test_a_noun_of_six_files_and_a_line_is_whole(extended: Path) -> None:
    assert len([path for path in NOUN.rglob("*") if path.is_file()]) == 6
    done = judged(extended)
    assert done.returncode == 0, done.stdout


def test_a_noun_is_listed_linked_found_and_edited_like_any_other(site: Path) -> None:
    pages = {name: (site / "site" / name / "index.html").read_text("utf-8") for name in ("vendors", "vendors/acme")}
    assert 'href="acme/"' in pages["vendors"]
    assert "<h1" in pages["vendors/acme"]
    assert "Acme &amp; Sons" in pages["vendors/acme"]
    assert 'href="../../services/cart/"' in pages["vendors/acme"]
    assert "https://github.com/example-org/handbook/edit/master/vendors.yml" in pages["vendors/acme"]
    assert 'href="../../vendors/acme/"' in (site / "site/services/cart/index.html").read_text("utf-8")
    assert 'href="../other/"' in (site / "site/vendors/former/index.html").read_text("utf-8")
    assert "vendors/acme" in (site / "site/llms.txt").read_text("utf-8")
    assert "vendors/acme/" in {entry["location"] for entry in search_entries(site / "site")}


def test_a_field_is_on_the_page_and_in_what_programs_read(site: Path) -> None:
    for page in ("runbooks/cart-down", "services/cart"):
        assert "<li>The team</li>" in (site / "site" / page / "index.html").read_text("utf-8")
    (record,) = json.loads((site / "site/runbooks.json").read_text("utf-8"))["runbooks"]
    assert record["reviewer"] == "team"


def test_mistakes_in_what_was_added_are_told_like_any_other(extended: Path, tmp_path: Path) -> None:
    files = {
        "vendors.yml": VENDORS.replace("[cart]", "[crat]").replace("id: other", "id: acme"),
        "services.yml": SERVICES.replace("tier: 1", "tier: 1, reviewer: taem"),
        "vendors.yaml": "",
    }
    done = run(extended, "opsbook", "check", folder=write(tmp_path, files))
    assert done.returncode == 1
    assert [
        line.partition(": ")[2] for line in done.stderr.splitlines() if line.startswith(("services", "vendors"))
    ] == [
        "no owner has the id `taem`; did you mean `team`?",
        "is not read; the file that is read is called `vendors.yml`, so rename it",
        "no service has the id `crat`; did you mean `cart`?",
        "the id `acme` is already used on line 2; ids are unique",
    ]
    for name, key in (("vendors", "contract_end"), ("services", "reviewer")):
        assert f'"{key}"' in run(extended, "opsbook", "schema", name, folder=tmp_path).stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each failed test says of an engine with every noun of `LEFT_OUT`, by the name of the test."""
    package = engine(tmp_path_factory.mktemp("lacking"))
    for name, (file, pattern, new, _) in LEFT_OUT.items():
        folder = add_noun(package, name)
        edit(folder / file.replace("vendor", name), pattern.replace("vendor", name), new)
    return dict(sections(judged(package).stdout))


def sections(printed: str) -> Iterator[tuple[str, str]]:
    parts = re.split(r"^_{3,} (\S+) _{3,}$", printed, flags=re.MULTILINE)
    yield from zip(parts[1::2], parts[2::2], strict=True)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_piece_that_is_left_out_of_a_noun_is_missed(name: str, told: dict[str, str]) -> None:
    test = LEFT_OUT[name][3]
    said = [text for title, text in told.items() if title.startswith(test) and name in f"{title} {text}".lower()]
    assert said, f"{test} does not miss what {name} lacks; failed: {sorted(told)}"
