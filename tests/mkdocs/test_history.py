"""When a source was last changed, and by whom, from real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_folder import ALONE, commit, git
from opsbook.mkdocs.history import Change, read_history
from small_site import build, built, write
from trial_runbook import FILES

DATED = "site_name: x\nstrict: true\ntheme: material\nplugins: [search, opsbook: {last_change: true}]\n"


@pytest.fixture(autouse=True)
def _without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ALONE.items():
        monkeypatch.setenv(name, value)


def said(root: Path, *names: str) -> list[tuple[str, str] | None]:
    """Return the day and the author of the last change of each of `names` below `root`."""
    changes = read_history(root, [root / name for name in names]).changes
    found = (changes.get(root / name) for name in names)
    return [(change.day, change.author) if change else None for change in found]


def write_files(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def test_a_file_has_the_day_and_the_author_of_the_last_commit_that_changed_it(tmp_path: Path) -> None:
    write_files(tmp_path, **{"a.md": "1", "deep/b ü\n.md": "1", "c.md": "1"})
    commit(tmp_path, "2026-01-15")
    write_files(tmp_path, **{"deep/b ü\n.md": "2"})
    commit(tmp_path, "2026-02-20", "Grace <Hopper> & Zoë")
    write_files(tmp_path, **{"new.md": "1", "c.md": "not committed"})
    assert said(tmp_path, "a.md", "deep/b ü\n.md", "c.md", "new.md", "none.md") == [
        ("2026-01-15", "Ada"),
        ("2026-02-20", "Grace Hopper & Zoë"),
        ("2026-01-15", "Ada"),
        None,
        None,
    ]


def test_moving_a_file_does_not_change_it_and_changing_it_on_the_way_does(tmp_path: Path) -> None:
    write_files(tmp_path, **{"old/a.md": "text of a\n", "old/b.md": "text of b\n" * 9})
    commit(tmp_path, "2026-01-15")
    (tmp_path / "old").rename(tmp_path / "mid")
    commit(tmp_path, "2026-02-01", "Mover")
    (tmp_path / "mid").rename(tmp_path / "new")
    write_files(tmp_path, **{"new/b.md": "text of b\n" * 8 + "more\n"})
    commit(tmp_path, "2026-03-01", "Editor")
    assert said(tmp_path, "new/a.md", "new/b.md") == [("2026-01-15", "Ada"), ("2026-03-01", "Editor")]


def test_a_folder_changes_with_every_file_in_it_also_one_that_goes(tmp_path: Path) -> None:
    write_files(tmp_path, **{"books/a.md": "1", "books/deep/b.md": "1", "books.md": "1", "pages/c.md": "1"})
    commit(tmp_path, "2026-01-15")
    (tmp_path / "books" / "deep" / "b.md").unlink()
    commit(tmp_path, "2026-02-20", "Bob")
    write_files(tmp_path, **{"books.md": "2"})
    commit(tmp_path, "2026-03-20", "Cleo")
    assert said(tmp_path, "books", "pages") == [("2026-02-20", "Bob"), ("2026-01-15", "Ada")]


def test_a_branch_counts_by_its_own_commits_once_it_is_merged(tmp_path: Path) -> None:
    write_files(tmp_path, **{"a.md": "1", "b.md": "1"})
    commit(tmp_path, "2026-01-15")
    git(tmp_path, "switch", "--quiet", "--create", "side")
    write_files(tmp_path, **{"a.md": "2"})
    commit(tmp_path, "2026-02-01", "Side")
    git(tmp_path, "switch", "--quiet", "main")
    write_files(tmp_path, **{"b.md": "2"})
    commit(tmp_path, "2026-03-01")
    merger = {
        "GIT_COMMITTER_NAME": "M",
        "GIT_COMMITTER_EMAIL": "m@e",
        "GIT_AUTHOR_NAME": "M",
        "GIT_AUTHOR_EMAIL": "m@e",
    }
    git(tmp_path, "merge", "--quiet", "--no-edit", "side", who=merger)
    assert said(tmp_path, "a.md", "b.md") == [("2026-02-01", "Side"), ("2026-03-01", "Ada")]


def test_a_site_in_a_folder_of_a_larger_repository_is_found_there(tmp_path: Path) -> None:
    write_files(tmp_path, **{"platform/a.md": "1", "a.md": "1"})
    commit(tmp_path, "2026-01-15")
    write_files(tmp_path, **{"a.md": "2"})
    commit(tmp_path, "2026-02-15")
    assert said(tmp_path / "platform", "a.md", "../a.md") == [("2026-01-15", "Ada"), ("2026-02-15", "Ada")]


def test_a_hook_of_another_repository_does_not_lead_to_its_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, day in (("site", "2026-01-15"), ("other", "2026-02-15")):
        write_files(tmp_path, **{f"{name}/a.md": "1"})
        commit(tmp_path / name, day)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    assert said(tmp_path / "site", "a.md") == [("2026-01-15", "Ada")]


def test_settings_of_git_change_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, **{"deep/a.md": "1"})
    commit(tmp_path, "2026-01-15")
    for name, value in (("log.showRoot", "false"), ("log.showSignature", "true"), ("diff.relative", "true")):
        git(tmp_path, "config", name, value)
    git(tmp_path, "config", "diff.renames", "false")
    (tmp_path / "deep").rename(tmp_path / "deeper")
    commit(tmp_path, "2026-02-15")
    assert said(tmp_path, "deeper/a.md") == [("2026-01-15", "Ada")]


def test_without_a_history_there_are_no_dates_and_one_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path, **{"plain/a.md": "1", "empty/a.md": "1"})
    git(tmp_path / "empty", "init", "--quiet")
    empty = read_history(tmp_path / "empty", [tmp_path / "empty" / "a.md"])
    assert (empty.changes, empty.missing) == ({}, "")
    plain = read_history(tmp_path / "plain", [tmp_path / "plain" / "a.md"])
    assert plain.changes == {}
    assert plain.missing.startswith("not a git repository")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(tmp_path / "empty", []).missing == "git is not installed"


def test_a_name_that_is_no_text_is_shown_as_far_as_it_is_one(tmp_path: Path) -> None:
    write_files(tmp_path, **{"a.md": "1"})
    commit(tmp_path, "2026-01-15", "Juergen")
    written = git(tmp_path, "cat-file", "commit", "HEAD").encode().replace(b"Juergen", b"J\xfcrgen")
    made = git(tmp_path, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", typed=written)
    git(tmp_path, "reset", "--quiet", made.strip())
    assert read_history(tmp_path, [tmp_path / "a.md"]).changes == {
        tmp_path / "a.md": Change("2026-01-15", "J\ufffdrgen")
    }


def shown(page: Path) -> list[str]:
    """Return the lines of `page` that say when it was last changed."""
    return [line.strip() for line in page.read_text("utf-8").splitlines() if "Last changed" in line]


def test_each_page_says_when_and_by_whom_its_source_was_changed(tmp_path: Path) -> None:
    own = "---\nrevision_date: by hand\n---\n# Own\n"
    root = write(tmp_path, {**FILES, "docs/page.md": "# Page\n", "docs/own.md": own, "mkdocs.yml": DATED})
    commit(root, "2026-01-15")
    (root / "services.yml").write_text((root / "services.yml").read_text("utf-8") + "# more\n", "utf-8")
    commit(root, "2026-02-20", 'Bob "B" & Söhne')
    site = built(root)
    ada, bob = ["Last changed 2026-01-15 by Ada"], ["Last changed 2026-02-20 by Bob &quot;B&quot; &amp; Söhne"]
    for address in ("", "page", "practices/one/first", "practices/one", "runbooks", "runbooks/trial", "roadmap"):
        assert shown(site / address / "index.html") == ada, address
    assert shown(site / "services" / "cart" / "index.html") == shown(site / "services" / "index.html") == bob
    assert shown(site / "own" / "index.html") == []
    assert "by hand" in (site / "own" / "index.html").read_text("utf-8")


def test_a_site_that_does_not_ask_for_it_names_nobody(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/page.md": "# Page\n"})
    commit(root, "2026-01-15")
    assert [file for file in built(root).rglob("*.html") if shown(file)] == []


def test_a_shallow_clone_shows_no_dates_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = write(tmp_path / "whole", {"docs/page.md": "# Page\n", "mkdocs.yml": DATED})
    commit(whole, "2026-01-15")
    commit(whole, "2026-02-15")
    git(tmp_path, "clone", "--quiet", "--depth=1", whole.as_uri(), "shallow")
    done = build(tmp_path / "shallow", "--strict")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("this clone is shallow, so most dates would be wrong") == 1
    assert "fetch-depth: 0" in done.stderr
    assert [file for file in (tmp_path / "shallow" / "site").rglob("*.html") if shown(file)] == []
