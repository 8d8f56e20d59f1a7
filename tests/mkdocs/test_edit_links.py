"""Addresses at which sources are edited, from the settings that MkDocs has for hand-written pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from opsbook.mkdocs.edit_links import edit_url

GITHUB = "https://github.com/example-org/handbook"
GITLAB = "https://gitlab.com/ops/handbook"


def configured(root: Path, docs: str = "docs", **settings: str) -> MkDocsConfig:
    (root / docs).mkdir(parents=True, exist_ok=True)
    config = MkDocsConfig(config_file_path=str(root / "mkdocs.yml"))
    values: dict[str, Any] = {"site_name": "x", "docs_dir": str(root / docs), **settings}
    config.load_dict(values)
    assert config.validate()[0] == []
    return config


def edited(root: Path, name: str, docs: str = "docs", **settings: str) -> str | None:
    """Return where the file `name` below `root` is edited on a site whose pages are in the folder `docs`."""
    return edit_url(configured(root, docs, **settings), root / name)


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"repo_url": GITHUB, "edit_uri": "edit/main/docs/"}, f"{GITHUB}/edit/main/runbooks/cart.md"),
        ({"repo_url": f"{GITHUB}/", "edit_uri": "edit/main/docs"}, f"{GITHUB}/edit/main/runbooks/cart.md"),
        ({"repo_url": GITHUB}, f"{GITHUB}/edit/master/runbooks/cart.md"),
        ({"repo_url": GITLAB}, f"{GITLAB}/edit/master/runbooks/cart.md"),
        ({"repo_url": "https://bitbucket.org/ops/book"}, "https://bitbucket.org/ops/book/src/default/runbooks/cart.md"),
        ({"repo_url": "https://git.example.org/book"}, None),
        ({"repo_url": GITHUB, "edit_uri": ""}, None),
        (
            {"repo_url": GITLAB, "edit_uri": "-/edit/main/platform/docs/"},
            f"{GITLAB}/-/edit/main/platform/runbooks/cart.md",
        ),
        ({"edit_uri": "https://git.example.org/edit/docs/"}, "https://git.example.org/edit/runbooks/cart.md"),
        ({"repo_url": GITHUB, "edit_uri": "?query=root/docs/"}, f"{GITHUB}?query=root/runbooks/cart.md"),
        ({"repo_url": GITHUB, "edit_uri": "?query=docs/"}, f"{GITHUB}?query=runbooks/cart.md"),
        ({"repo_url": GITHUB, "edit_uri_template": "edit/main/docs/{path}"}, f"{GITHUB}/edit/main/runbooks/cart.md"),
        ({"repo_url": GITHUB, "edit_uri_template": "?p=docs%2F{path!q}"}, f"{GITHUB}?p=runbooks%2Fcart.md"),
        ({"repo_url": GITHUB, "edit_uri_template": "docs/{path_noext}.md"}, f"{GITHUB}/runbooks/cart.md"),
    ],
)
def test_a_source_beside_the_pages_is_edited_beside_them(
    tmp_path: Path, settings: dict[str, str], address: str | None
) -> None:
    assert edited(tmp_path, "runbooks/cart.md", **settings) == address
    config = configured(tmp_path, **settings)
    written = Page(None, File("a/b.md", config.docs_dir, config.site_dir, True), config)
    assert edited(tmp_path, "docs/a/b.md", **settings) == written.edit_url


@pytest.mark.parametrize(
    "settings",
    [
        {"edit_uri": "edit/main/"},
        {"edit_uri": "edit/main/mydocs/"},
        {"edit_uri": "edit/main/docs/pages/"},
        {"edit_uri_template": "wiki/{path_noext}"},
        {"edit_uri_template": "docs/page/{path}"},
    ],
)
def test_an_address_that_does_not_end_in_the_pages_leads_to_no_source_beside_them(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    assert edited(tmp_path, "checklist.yml", repo_url=GITHUB, **settings) is None
    assert edited(tmp_path, "docs/a.md", repo_url=GITHUB, **settings) is not None


@pytest.mark.parametrize(
    ("settings", "ending"),
    [
        ({"repo_url": GITHUB}, "/edit/master/checklist.yml#L42"),
        ({"repo_url": GITLAB, "edit_uri": "-/edit/main/docs/"}, "/-/edit/main/checklist.yml#L42"),
        ({"repo_url": GITLAB, "edit_uri": "-/blob/main/docs/"}, "/-/blob/main/checklist.yml#L42"),
        ({"repo_url": "https://codeberg.org/a/b", "edit_uri": "_edit/main/docs/"}, "/_edit/main/checklist.yml#L42"),
        ({"repo_url": "https://git.x/a/b", "edit_uri": "src/branch/main/docs/"}, "/src/branch/main/checklist.yml#L42"),
        ({"repo_url": "https://bitbucket.org/ops/book"}, "/src/default/checklist.yml#lines-42"),
        ({"repo_url": GITHUB, "edit_uri": "?query=docs/"}, "?query=checklist.yml"),
        ({"edit_uri": "https://wiki.example.org/docs/"}, "/checklist.yml"),
    ],
)
def test_a_line_is_named_in_the_form_of_the_host(tmp_path: Path, settings: dict[str, str], ending: str) -> None:
    found = edit_url(configured(tmp_path, **settings), tmp_path / "checklist.yml", 42)
    assert found
    assert found.endswith(ending)
    assert edit_url(configured(tmp_path, **settings), tmp_path / "checklist.yml", 1) == found.partition("#")[0]


def test_pages_deep_in_the_repository_have_their_sources_above_them(tmp_path: Path) -> None:
    deep = {"docs": "book/pages", "repo_url": GITHUB, "edit_uri": "edit/main/ops/book/pages/"}
    assert edited(tmp_path, "checklist.yml", **deep) == f"{GITHUB}/edit/main/ops/checklist.yml"
    assert (
        edited(tmp_path, "book/pages/practices/a/b.md", **deep) == f"{GITHUB}/edit/main/ops/book/pages/practices/a/b.md"
    )
    assert edited(tmp_path, "book/x.yml", **deep) == f"{GITHUB}/edit/main/ops/book/x.yml"
    assert edited(tmp_path, "checklist.yml", **{**deep, "edit_uri": "edit/main/pages/"}) is None


def test_names_with_signs_are_quoted_and_pages_with_blanks_are_found(tmp_path: Path) -> None:
    said = {"docs": "our pages", "repo_url": GITHUB}
    quoted = f"{GITHUB}/edit/main/runbooks/100%25%20%22full%22.md"
    for folder in ("our pages", "our%20pages"):
        assert edited(tmp_path, 'runbooks/100% "full".md', edit_uri=f"edit/main/{folder}/", **said) == quoted
