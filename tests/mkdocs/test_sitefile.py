"""What `opsbook check` learns of `mkdocs.yml` without running anything in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.utils import get_theme_dir

from opsbook import web
from opsbook.mkdocs.sitefile import read_site_file
from opsbook.problems import ProblemsError
from opsbook.source.sitefile import SiteFile

PARENT = """\
site_name: Parent
theme: {name: material, custom_dir: theirs}
exclude_docs: |
  *.tmp
plugins:
  macros: {module_name: parent}
  opsbook: {raw_html: [howto]}
hooks: [parent.py]
"""
CHILD = """\
INHERIT: base.yml
theme: {custom_dir: ours}
plugins:
  opsbook: {change_over: files}
hooks: [child.py]
extra: {value: !!python/name:os.getcwd ''}
"""


def read(root: Path, **files: str) -> SiteFile:
    (root / "docs" / "howto").mkdir(parents=True, exist_ok=True)
    for folder in ("ours", "theirs"):
        (root / folder).mkdir(exist_ok=True)
    for name, text in files.items():
        (root / f"{name}.yml").write_text(text, encoding="utf-8")
    return read_site_file(root, root / "docs")


def test_a_file_and_the_one_that_it_inherits_from_are_merged_as_a_build_merges_them(tmp_path: Path) -> None:
    site = read(tmp_path, mkdocs=CHILD, base=PARENT)
    overrides = Path(web.__file__).parent / "overrides"
    assert site.folders == (tmp_path / "ours", overrides, Path(get_theme_dir("material")))
    assert (site.raw, site.hooks, site.macros and site.macros.module, site.custom_dir) == (
        ("howto",),
        ("child.py",),
        "parent",
        "ours",
    )
    assert not site.is_published("a.tmp")
    assert site.is_published("a.md")
    (tmp_path / "plain.yml").write_text(
        CHILD.replace("base.yml", "plain_base.yml").split("plugins")[0] + "plugins: []\n", encoding="utf-8"
    )
    (tmp_path / "plain_base.yml").write_text(PARENT.split("hooks")[0], encoding="utf-8")
    built = load_config(str(tmp_path / "plain.yml"))
    assert [Path(folder) for folder in built.theme.dirs][:2] == [site.folders[0], site.folders[2]]


def test_a_list_replaces_what_is_inherited(tmp_path: Path) -> None:
    assert read(tmp_path, mkdocs="INHERIT: base.yml\nplugins: [opsbook]\n", base=PARENT).raw == ()
    listed = "INHERIT: base.yml\nplugins:\n  - search\n  - opsbook: {raw_html: [howto]}\n"
    assert read(tmp_path, mkdocs=listed, base="plugins: [search]\n").raw == ("howto",)


def test_what_takes_code_to_tell_is_taken_for_allowed(tmp_path: Path) -> None:
    site = read(tmp_path, mkdocs="theme: {name: material, custom_dir: !!python/name:os.sep ''}\n")
    assert site.folders is None
    assert site.has_template("anything.html")
    assert read(tmp_path, mkdocs="theme: a-theme-that-is-not-installed\n").folders is None


def test_a_variable_of_the_environment_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBE", "ours")
    site = read(tmp_path, mkdocs="theme: {name: material, custom_dir: !ENV PROBE}\n")
    assert site.folders
    assert site.folders[0] == tmp_path / "ours"
    assert not site.has_template("no-such.html")


def test_a_project_without_the_file_allows_everything(tmp_path: Path) -> None:
    assert read(tmp_path).macros == SiteFile().macros


def test_a_wrong_entry_is_told_with_the_file_that_it_stands_in(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        read(tmp_path, mkdocs=CHILD, base=PARENT.replace("[howto]", "[howto, nowhere, 7]"))
    assert [str(problem) for problem in raised.value.problems] == [
        "base.yml:7:31: `raw_html`: no folder or file `docs/nowhere`",
        "base.yml:7:40: `raw_html`: an entry is the path of a folder or a file, such as `howto` or `howto/widget.md`",
    ]


def test_a_file_that_is_no_yaml_is_a_problem_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        read(tmp_path, mkdocs="a: [\n")
    assert [str(problem) for problem in raised.value.problems] == [
        "mkdocs.yml:2:1: this is not YAML; a build cannot read it either"
    ]


@pytest.mark.parametrize("theme", ["{name: {a: b}}", "{name: [material]}", "2026-02-30", "{custom_dir: 0b2}", "[a]"])
def test_a_theme_of_another_form_is_left_to_the_build(tmp_path: Path, theme: str) -> None:
    assert read(tmp_path, mkdocs=f"site_name: A\ntheme: {theme}\n").folders is None
