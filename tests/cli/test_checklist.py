"""`opsbook import`, `export` and `schema`, each run as a user runs it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from commands import run_command
from small_site import build

SEED = Path(__file__).parent.parent / "convert/seed/checklist.md"
CONVERT = SEED.parent.parent
SMALL = "# On <call>: & more\n\n## 🔔 Alerts\n- [x] Route them\n- [ ] Silence the noise\n- remember the phone\n"
CONFIG = """\
site_name: 'On <call>: & more'
# Zensical runs no plugins: first `opsbook generate FOLDER`, then `zensical build` in FOLDER.
theme:
  name: material
plugins:
  - search
  - opsbook
  - macros:
      module_name: macros/main
      render_by_default: false
      on_error_fail: true
      on_undefined: strict
"""


def opsbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", *arguments, folder=folder)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "list.md").write_text(SMALL, encoding="utf-8")
    return tmp_path


def test_import_makes_all_that_a_site_needs_and_says_so_in_two_lines(small: Path) -> None:
    done = opsbook(small, "import", "list.md")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "read 1 area, 2 items (1 done) from list.md; "
            "wrote checklist.yml, checklist.upstream.json, .gitignore, checklist.schema.json, mkdocs.yml, "
            "macros/main.py, docs/.gitkeep, 1 page in docs/practices/",
            "next: mkdocs serve",
        ],
    )
    assert done.stderr == "read as Markdown\nitems: 2 lines with a box\ntook 2 of 2 items, 1 text\n"
    assert (small / ".gitignore").read_text(encoding="utf-8") == "/.cache/\n/site/\n"
    guide = small / "docs" / "practices" / "alerts" / "silence-noise.md"
    assert guide.read_text(encoding="utf-8") == "<!-- imported -->\n\n- remember the phone\n"
    assert (small / "mkdocs.yml").read_text(encoding="utf-8") == CONFIG
    assert sorted(path.name for path in (small / "docs").iterdir()) == [".gitkeep", "practices"]


def test_the_site_of_an_imported_checklist_builds(small: Path) -> None:
    opsbook(small, "import", "list.md")
    page = "---\nrender_macros: true\n---\n# How far\n\n{{ progress() }}\n"
    (small / "docs" / "page.md").write_text(page, encoding="utf-8")
    checked = opsbook(small, "check", "--strict")
    assert checked.stdout.splitlines() == [
        "2 practices, 1 guide, 0 runbooks: no problem found",
        "trusted, since a build runs it: macros/main.py (this check ran it too)",
    ], checked.stderr
    built = build(small, "--strict")
    assert built.returncode == 0, built.stderr
    pages = [path for path in (small / "site").rglob("*.html") if "Silence the noise" in path.read_text("utf-8")]
    assert len(pages) >= 2
    page = (small / "site" / "page" / "index.html").read_text("utf-8")
    assert '<svg class="ob-bar" role="img" aria-label="1 of 2 done"' in page


def test_a_site_with_the_guides_of_an_import_builds_strictly(tmp_path: Path) -> None:
    for file in (
        "markdown/text-of-items.md",
        "markdown/awkward.md",
        "tables/levels-and-links.md",
        "trees/lens.json",
        "tables/broken-address.md",
    ):
        folder = tmp_path / Path(file).stem
        folder.mkdir()
        assert opsbook(folder, "import", str(CONVERT / file)).returncode == 0
        checked = opsbook(folder, "check", "--strict")
        assert checked.returncode == 0, checked.stderr
        built = build(folder, "--strict")
        assert built.returncode == 0, built.stderr
    page = (tmp_path / "levels-and-links/site/practices/wrench-upkeep/settings/index.html").read_text("utf-8")
    assert "docs/settings.md" in page
    assert "https://12factor.net/config" in page


def test_an_import_that_left_something_out_writes_says_so_and_ends_with_1(tmp_path: Path) -> None:
    done = opsbook(tmp_path, "import", str(CONVERT / "trees/merged.yaml"))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == ("took 3 of 3 items; left out: 1 repeated key at line 8")
    assert done.stdout.startswith("read 1 area, 3 items (1 done) from ")
    assert (tmp_path / "checklist.yml").exists()


def test_columns_that_are_named_win_over_those_that_are_guessed(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("What,Where,Notes\nBack up,Storage,weekly\nWatch,Queues,\n", encoding="utf-8")
    done = opsbook(tmp_path, "import", "list.csv", "--columns", "title=Where,area=What,text=Notes", "-o", "-")
    assert (done.returncode, done.stderr) == (
        0,
        "read as a text separated by commas\ncolumns: area=What, title=Where, text=Notes\ntook 2 of 2 items, 1 text\n",
    )
    assert "title: Storage\n        text: weekly" in done.stdout
    wrong = opsbook(tmp_path, "import", "list.csv", "--columns", "titel=Where", "-o", "-")
    assert wrong.returncode == 2
    assert "`titel` is no role; did you mean `title`?" in wrong.stderr
    missing = opsbook(tmp_path, "import", "list.csv", "--columns", "title=Were", "-o", "-")
    assert (missing.returncode, missing.stderr) == (
        1,
        "list.csv: no column is called `Were`; did you mean `Where`?\n1 problem found\n",
    )


def test_relative_links_lead_to_where_the_file_is_from(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("# L\n\n- [ ] One\n\n  See [how](docs/how.md).\n", encoding="utf-8")
    done = opsbook(tmp_path, "import", "list.md", "--base", "https://git.example.org/list/")
    assert done.returncode == 0
    guide = (tmp_path / "docs/practices/l/one.md").read_text(encoding="utf-8")
    assert guide == "<!-- imported -->\n\nSee [how](https://git.example.org/list/docs/how.md).\n"


def test_import_does_not_overwrite_a_guide_unless_told_to(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("# L\n\n- [ ] One\n\n  > A word.\n", encoding="utf-8")
    guide = tmp_path / "docs/practices/l/one.md"
    guide.parent.mkdir(parents=True)
    guide.write_text("mine\n", encoding="utf-8")
    refused = opsbook(tmp_path, "import", "list.md")
    assert (refused.returncode, refused.stderr) == (
        1,
        "docs/practices/l/one.md: this page exists; overwrite it with --force\n1 problem found\n",
    )
    assert guide.read_text(encoding="utf-8") == "mine\n"
    assert not (tmp_path / "checklist.yml").exists()


def test_import_does_not_overwrite_unless_told_to(small: Path) -> None:
    (small / "checklist.yml").write_text("mine\n", encoding="utf-8")
    (small / "mkdocs.yml").write_text("mine\n", encoding="utf-8")
    refused = opsbook(small, "import", "list.md")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "checklist.yml: this file exists; overwrite it with --force, or name another one with --output\n"
        "1 problem found\n"
    )
    assert (small / "checklist.yml").read_text(encoding="utf-8") == "mine\n"
    forced = opsbook(small, "import", "list.md", "--force")
    assert forced.returncode == 0
    assert (small / "checklist.yml").read_text(encoding="utf-8").startswith("# yaml-language-server")
    assert (small / "mkdocs.yml").read_text(encoding="utf-8") == "mine\n"


def test_import_into_another_folder_says_how_to_serve_it(small: Path) -> None:
    (small / "site-source").mkdir()
    done = opsbook(small, "import", "list.md", "--output", "site-source/checklist.yml")
    assert done.stdout.splitlines()[1] == "next: mkdocs serve -f site-source/mkdocs.yml"
    assert sorted(path.name for path in (small / "site-source").iterdir()) == [
        ".gitignore",
        "checklist.schema.json",
        "checklist.upstream.json",
        "checklist.yml",
        "docs",
        "macros",
        "mkdocs.yml",
    ]


def test_import_can_print_instead(small: Path) -> None:
    done = opsbook(small, "import", "list.md", "--output", "-")
    assert done.stdout.startswith("# yaml-language-server: $schema=checklist.schema.json\ntitle: 'On <call>: & more'\n")
    assert [path.name for path in small.iterdir()] == ["list.md"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("import", "nowhere.md"), "nowhere.md: no such file\n1 problem found\n"),
        (
            ("import", "https://example.org/list.md"),
            "https://example.org/list.md: addresses are not fetched; save the file first: "
            "curl -fLO https://example.org/list.md, then opsbook import list.md\n1 problem found\n",
        ),
        (("import", "."), ".: cannot be read: Is a directory\n1 problem found\n"),
        (
            ("import", "list.md", "--output", "no/folder.yml"),
            "no/folder.yml: cannot be written: No such file or directory\n1 problem found\n",
        ),
        (("export",), "checklist.yml: no such file\n1 problem found\n"),
    ],
)
def test_a_mistake_ends_in_its_line_and_exit_1(small: Path, arguments: tuple[str, ...], expected: str) -> None:
    done = opsbook(small, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", expected)


def test_what_comes_in_goes_out_again(tmp_path: Path) -> None:
    opsbook(tmp_path, "import", str(SEED))
    assert opsbook(tmp_path, "export").stdout == SEED.read_text(encoding="utf-8")
    as_yaml = opsbook(tmp_path, "export", "--format", "yaml").stdout
    assert as_yaml == (tmp_path / "checklist.yml").read_text(encoding="utf-8")
    opsbook(tmp_path, "export", "--output", "again.md")
    assert (tmp_path / "again.md").read_bytes() == SEED.read_bytes()
    assert opsbook(tmp_path, "export", "--output", "again.md").returncode == 1


def test_schema_prints_what_import_wrote(small: Path) -> None:
    opsbook(small, "import", "list.md")
    printed = opsbook(small, "schema").stdout
    assert printed == (small / "checklist.schema.json").read_text(encoding="utf-8")
    opsbook(small, "schema", "--output", "own.json")
    assert (small / "own.json").read_text(encoding="utf-8") == printed
