"""Sites built from checklists of all kinds in folders of their own, by `mkdocs build --strict`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import small_site
from small_site import CONFIG

CHECKLIST = """\
title: Elsewhere
areas:
  - id: one
    title: One
    items:
      - id: first
        title: First
"""


def build(root: Path) -> subprocess.CompletedProcess[str]:
    return small_site.build(root, "--clean")  # As it is by default, and not quiet.


def folder(root: Path, checklist: str = CHECKLIST, config: str = CONFIG) -> Path:
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(config, "utf-8")
    (root / "checklist.yml").write_text(checklist, "utf-8")
    return root


def test_a_checklist_and_a_configuration_are_enough_for_a_whole_site(tmp_path: Path) -> None:
    done = build(folder(tmp_path))
    assert done.returncode == 0, done.stderr
    pages = {file.relative_to(tmp_path / "site").as_posix() for file in (tmp_path / "site").rglob("*.html")}
    assert {"index.html", "practices/index.html", "practices/one/first/index.html", "practices/one/index.html"} <= pages
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "0</strong> of 1 done" in home


def test_mistakes_end_the_build_with_their_positions_and_no_traceback(tmp_path: Path) -> None:
    wrong = CHECKLIST.replace("title: First", "titel: First\n        status: finished")
    done = build(folder(tmp_path, wrong))
    assert done.returncode == 1
    assert "checklist.yml:7:9: unknown key `titel`; did you mean `title`?" in done.stderr
    assert "checklist.yml:8:17: `finished` is not known; allowed: doing, done, todo, waived" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_guide_without_an_item_is_refused_with_the_nearest_id(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "docs" / "practices" / "one").mkdir(parents=True)
    (root / "docs" / "practices" / "one" / "frist.md").write_text("## Why\n", "utf-8")
    done = build(root)
    assert done.returncode == 1
    assert "docs/practices/one/frist.md: no item has the id `frist`; did you mean `first`?" in done.stderr


def test_text_from_the_checklist_is_never_markup(tmp_path: Path) -> None:
    hostile = """</title><script>alert(1)</script> <b>x</b> {{ 7*7 }} {% raw %} [a](b) *c* & "d" ~~e~~ :f: --- $g$"""
    quoted = "'" + hostile + "'"
    checklist = CHECKLIST.replace("title: Elsewhere", f"title: {quoted}").replace("title: One", f"title: {quoted}")
    checklist = checklist.replace("title: First", f"title: {quoted}")
    done = build(folder(tmp_path, checklist))
    assert done.returncode == 0, done.stderr
    for file in (tmp_path / "site").rglob("*.html"):
        text = file.read_text("utf-8")
        assert "<script>alert" not in text, file
        assert "<b>x" not in text, file
    item = (tmp_path / "site" / "practices" / "one" / "first" / "index.html").read_text("utf-8")
    assert "49" not in item.split("<h1", 1)[1].split("</h1>", 1)[0]
    assert "{{ 7*7 }}" in item


def test_evidence_that_is_not_there_is_refused(tmp_path: Path) -> None:
    proofs = """First
        status: done
        evidence:
          - file: missing.txt
          - file: mkdocs.yml
            contains: nowhere
          - file: ../outside
"""
    done = build(folder(tmp_path, CHECKLIST.replace("First", proofs.rstrip())))
    assert done.returncode == 1
    assert "checklist.yml:10:19: no such file: `missing.txt`; name one from the repository's root" in done.stderr
    assert "checklist.yml:12:23: `mkdocs.yml` does not hold `nowhere`" in done.stderr
    assert "checklist.yml:13:19: `../outside` lies outside the repository" in done.stderr


def test_what_is_too_deep_for_markdown_ends_the_build_with_one_line(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "docs" / "deep.md").write_text("# Deep\n\n" + "a\n: b\n" * 600, "utf-8")
    done = build(root)
    assert done.returncode == 1
    assert "docs/deep.md: this is nested too deep, or has too many parts in one; split it" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reference_to_a_character_that_turns_text_around_is_told_and_goes(tmp_path: Path) -> None:
    root = folder(tmp_path, config=CONFIG.replace("strict: true\n", ""))
    (root / "docs" / "turned.md").write_text("# Turned\n\nabc&#x202e;def&#8238;ghi\n", "utf-8")
    done = build(root)
    assert done.returncode == 0, done.stderr
    assert "docs/turned.md: warning: taken out of the page: a character that turns the direction of text" in done.stderr
    assert "\u202e" not in (root / "site" / "turned" / "index.html").read_text("utf-8")
