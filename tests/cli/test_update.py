"""`opsbook import --update`: the next version of a list reaches the checklist that was made of it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_command
from git_folder import commit, git
from small_site import built

FIRST = """\
# Ready to run

## Backups

- [ ] one
- [ ] Test the restores every month
- [ ] Keep a copy elsewhere
- [ ] Encrypt them

## Alerts

- [ ] Route them
- [ ] Silence the noise
"""
SECOND = """\
# Ready to run

## Backups

- [ ] one, better said
- [ ] Time the restores
- [ ] Test the restores each month
- [ ] Silence the noise

## Alerts

- [ ] Route them
"""


def opsbook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", *arguments, folder=folder)


@pytest.fixture
def ticked(tmp_path: Path) -> Path:
    """A folder with an imported checklist, in which a team has written states, evidence and comments."""
    (tmp_path / "list.md").write_text(FIRST, "utf-8")
    assert opsbook(tmp_path, "import", "list.md").returncode == 0
    file = tmp_path / "checklist.yml"
    text = file.read_text("utf-8")
    text = text.replace(
        "        title: one\n",
        "        title: one # since May\n        status: done\n        evidence: [{url: 'https://example.org/'}]\n",
    )
    text = text.replace("        title: Encrypt them\n", "        title:   Encrypt them\n        status: doing\n")
    file.write_text(text, "utf-8")
    (tmp_path / "list.md").write_text(SECOND, "utf-8")
    return tmp_path


UPDATED = """\
areas:
  - id: backups
    title: Backups
    items:
      - id: one
        title: one, better said # since May
        status: done
        evidence: [{url: 'https://example.org/'}]
      - id: time-restores
        title: Time the restores
      - id: test-restores-every-month
        title: Test the restores each month
      - id: silence-noise
        title: Silence the noise
        former_areas: [alerts]
      # no longer in the list
      - id: encrypt-them
        title:   Encrypt them
        status: doing

  - id: alerts
    title: Alerts
    items:
      - id: route-them
        title: Route them
"""
READ = "read as Markdown\nitems: 5 lines with a box\ntook 5 of 5 items\n"
TOLD = """\
checklist.yml from list.md: 1 new item, 2 reworded, 1 moved, 1 removed, 1 kept though no longer in the list
~ reworded: one (done)
  - one
  + one, better said
~ reworded: test-restores-every-month
  - Test the restores every month
  + Test the restores each month
+ new item: Time the restores (time-restores), in Backups
> moved: Silence the noise (silence-noise) from Alerts, in Backups
- removed: Keep a copy elsewhere (keep-copy-elsewhere), in Backups
= no longer in the list, and stays: Encrypt them (encrypt-them) has the status `doing`
"""


def test_an_update_shows_what_changes_then_writes_it_and_keeps_every_tick(ticked: Path) -> None:
    before = (ticked / "checklist.yml").read_bytes()
    shown = opsbook(ticked, "import", "--update")
    assert (shown.returncode, shown.stdout) == (3, TOLD)
    assert shown.stderr == f"{READ}without a terminal nobody can be asked; agree with --yes\nnothing was written\n"
    dry = opsbook(ticked, "import", "--update", "--dry-run")
    assert (dry.returncode, dry.stdout, dry.stderr) == (3, TOLD, f"{READ}nothing was written\n")
    assert (ticked / "checklist.yml").read_bytes() == before

    done = opsbook(ticked, "import", "--update", "--yes")
    assert (done.returncode, done.stdout) == (0, f"{TOLD}wrote checklist.yml, checklist.upstream.json\n")
    assert (ticked / "checklist.yml").read_text("utf-8").partition("\nareas:")[2] == UPDATED.removeprefix("areas:")
    assert opsbook(ticked, "check").returncode == 0

    again = opsbook(ticked, "import", "--update")
    assert (again.returncode, again.stdout.splitlines()) == (
        0,
        ["checklist.yml from list.md: nothing new", "checklist.yml has all that is in list.md"],
    )


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 3)])
def test_on_a_terminal_the_question_is_asked(ticked: Path, answer: bytes, code: int) -> None:
    outer, inner = pty.openpty()
    run = "import sys; from opsbook.cli import main; sys.argv[0] = 'opsbook'; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", run, "import", "--update"], cwd=ticked, stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    os.write(outer, answer)
    printed = b""
    while b"[y/N]" not in printed:
        printed += os.read(outer, 4096)
    try:
        while part := os.read(outer, 4096):
            printed += part
    except OSError:  # What Linux says where the other end is closed.
        pass
    assert process.wait(30) == code
    os.close(outer)
    assert b"Write this into checklist.yml?" in printed
    assert ("better said" in (ticked / "checklist.yml").read_text("utf-8")) == (code == 0)


def test_the_addresses_of_a_moved_item_its_guide_and_the_links_to_it_go_along(ticked: Path) -> None:
    guides = ticked / "docs/practices/alerts"
    guides.mkdir(parents=True)
    (guides / "silence-noise.md").write_text("## Why\n\nSee [routes](route-them.md) and `[x](y.md)`.\n", "utf-8")
    (guides / "route-them.md").write_text("## Why\n\nFirst [silence](silence-noise.md#why).\n", "utf-8")
    (ticked / "docs/about.md").write_text("# About\n\n[It](practices/alerts/silence-noise.md)\n", "utf-8")
    assert opsbook(ticked, "import", "--update", "--yes").returncode == 0
    docs = ticked / "docs"
    moved = docs / "practices/backups/silence-noise.md"
    assert moved.read_text("utf-8") == "## Why\n\nSee [routes](../alerts/route-them.md) and `[x](y.md)`.\n"
    assert (guides / "route-them.md").read_text("utf-8").endswith("First [silence](../backups/silence-noise.md#why).\n")
    assert (docs / "about.md").read_text("utf-8").endswith("[It](practices/backups/silence-noise.md)\n")
    assert not (guides / "silence-noise.md").exists()
    site = built(ticked)
    former = (site / "practices/alerts/silence-noise/index.html").read_text("utf-8")
    assert 'href="../../backups/silence-noise/"' in former


def test_what_may_be_two_items_is_told_and_an_alias_decides_it(tmp_path: Path) -> None:
    first = "# L\n\n## Access\n\n- [x] Enable MFA for admins\n- [ ] Enable MFA for guests\n"
    (tmp_path / "list.md").write_text(first, "utf-8")
    opsbook(tmp_path, "import", "list.md")
    (tmp_path / "list.md").write_text("# L\n\n## Access\n\n- [ ] Enable MFA for staff\n", "utf-8")
    told = opsbook(tmp_path, "import", "--update", "--yes")
    assert told.returncode == 1
    assert told.stderr.splitlines()[3] == (
        "checklist.yml:14:9: `Enable MFA for staff` of the list may be `enable-mfa-guests`, `enable-mfa-admins`,"
        " or new; write `aliases: [enable-mfa-staff]` to the one that it is, or add an item with the id"
        " `enable-mfa-staff`"
    )
    file = tmp_path / "checklist.yml"
    assert "staff" not in file.read_text("utf-8")
    text = file.read_text("utf-8").replace(
        "        status: done\n", "        status: done\n        aliases: [enable-mfa-staff]\n"
    )
    file.write_text(text, "utf-8")
    decided = opsbook(tmp_path, "import", "--update", "--yes")
    assert decided.returncode == 0, decided.stderr
    assert "      - id: enable-mfa-admins\n        title: Enable MFA for staff\n" in file.read_text("utf-8")
    assert "enable-mfa-guests" not in file.read_text("utf-8")


def test_an_item_with_a_state_is_not_divided_and_that_is_told_until_it_is_decided(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("# L\n\n## A\n\n- [x] Whole\n", "utf-8")
    opsbook(tmp_path, "import", "list.md")
    (tmp_path / "list.md").write_text("# L\n\n## A\n\n- [ ] Whole\n  - [ ] Part\n", "utf-8")
    for _ in range(2):
        told = opsbook(tmp_path, "import", "--update", "--yes")
        assert told.returncode == 1
        assert told.stderr.splitlines()[3] == (
            "checklist.yml:11:9: `Part` of the list belongs below this, which has a state of its own, and nothing can"
            " stand below it; remove its `status` to take this"
        )
    file = tmp_path / "checklist.yml"
    file.write_text(file.read_text("utf-8").replace("        status: done\n", ""), "utf-8")
    assert opsbook(tmp_path, "import", "--update", "--yes").returncode == 0
    assert "          - id: part\n            title: Part\n" in file.read_text("utf-8")


def test_a_checklist_from_before_updates_keeps_its_words_where_nobody_knows_whose_they_are(tmp_path: Path) -> None:
    (tmp_path / "checklist.yml").write_text(
        "title: Ours\nareas:\n  - id: a\n    title: A\n    items:\n"
        "      - {id: back-up-daily, title: Back up daily, status: done}\n"
        "      - {id: own-name, title: In our words, aliases: [rotate-the-keys]}\n"
        "      - {id: ours-alone, title: Only ours}\n",
        "utf-8",
    )
    (tmp_path / "list.md").write_text("# L\n\n## A\n\n- [ ] Back up daily and weekly\n- [ ] New\n", "utf-8")
    refused = opsbook(tmp_path, "import", "--update", "--yes")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (
        1,
        "checklist.yml: does not say where it comes from; name the list: `opsbook import --update FILE`",
    )
    done = opsbook(tmp_path, "import", "--update", "list.md", "--yes")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "checklist.yml").read_text("utf-8")
    assert '{id: back-up-daily, title: "Back up daily and weekly", status: done}' in text
    assert "{id: own-name, title: In our words, aliases: [rotate-the-keys]}" in text
    assert "2 items of yours are not in the list, and it is not remembered whether they were: they stay" in done.stdout
    assert "upstream:\n  address: list.md\n  version: sha256:" in text


def test_a_list_in_a_clone_is_remembered_by_its_tag(tmp_path: Path) -> None:
    clone, site = tmp_path / "clone", tmp_path / "site"
    clone.mkdir()
    site.mkdir()
    (clone / "list.md").write_text(FIRST, "utf-8")
    commit(clone, "2026-01-01")
    git(clone, "tag", "v1.0")
    opsbook(site, "import", "../clone/list.md")
    text = (site / "checklist.yml").read_text("utf-8")
    assert "upstream:\n  address: '../clone/list.md'\n  version: v1.0\n" in text
    file = site / "checklist.yml"
    file.write_text(
        text.replace("        title: Encrypt them\n", "        title: Encrypt them\n        status: done\n"), "utf-8"
    )
    (clone / "list.md").write_text(SECOND, "utf-8")
    commit(clone, "2026-02-01")
    git(clone, "tag", "v2.0")
    assert opsbook(site, "import", "--update", "--yes").returncode == 0
    text = file.read_text("utf-8")
    assert "  version: v2.0\n" in text
    assert "      # no longer in the list since v2.0\n      - id: encrypt-them\n" in text


def test_a_list_is_read_again_with_the_options_of_its_import(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("What,Where,Notes\nBack up,Storage,weekly\nWatch,Queues,\n", "utf-8")
    columns = "title=Where,area=What,text=Notes"
    assert opsbook(tmp_path, "import", "plan.csv", "--columns", columns, "--preset", "csv").returncode == 0
    file = tmp_path / "checklist.yml"
    text = file.read_text("utf-8").replace("        title: Storage\n", "        title: Storage\n        status: done\n")
    assert f"\n  preset: csv\n  columns: {columns}\n  version: sha256:" in text
    file.write_text(text, "utf-8")
    same = opsbook(tmp_path, "import", "--update", "--dry-run")
    assert (same.returncode, same.stdout.splitlines()[-1]) == (0, "checklist.yml has all that is in plan.csv")
    with (tmp_path / "plan.csv").open("a", encoding="utf-8") as plan:
        plan.write("Back up,Mail,daily\n")
    done = opsbook(tmp_path, "import", "--update", "--yes")
    assert (done.returncode, done.stderr) == (
        0,
        "read as a text separated by commas\ncolumns: area=What, title=Where, text=Notes\ntook 3 of 3 items, 2 texts\n",
    )
    assert "+ new item: Mail (mail), in Back up\n" in done.stdout
    assert "        title: Storage\n        status: done\n" in file.read_text("utf-8")
    assert f"\n  columns: {columns}\n" in file.read_text("utf-8")


def test_rows_with_the_ids_of_their_chapters_are_known_again_by_their_own_and_keep_their_ticks(tmp_path: Path) -> None:
    names = "chapter_id,chapter_name,section_id,section_name,req_id,req_description\n"
    (tmp_path / "list.csv").write_text(
        f"{names}V1,Keys Verification,V1.1,Use Requirements,V1.1.1,Keep keys out of the code.\n"
        "V1,Keys Verification,V1.1,Use Requirements,V1.1.2,Verify that tokens end.\n"
        "V2,Logs Verification,V2.1,Form Requirements,V2.1.1,Write logs in one form.\n",
        "utf-8",
    )
    assert opsbook(tmp_path, "import", "list.csv").returncode == 0
    file = tmp_path / "checklist.yml"
    title = "        title: Verify that tokens end.\n"
    text = file.read_text("utf-8").replace(
        "    title: Verify that tokens end.\n", "    title: Verify that tokens end.\n            status: done\n"
    )
    assert title in text
    file.write_text(text, "utf-8")
    (tmp_path / "list.csv").write_text(
        f"{names}V1,Keys,V1.1,Use,V1.1.1,No secret stands in what is built.\n"
        "V1,Keys,V1.1,Use,V1.1.2,Sessions expire after a day.\n"
        "V2,Logs,V2.1,Form,V2.1.1,Every log line has the same shape.\n",
        "utf-8",
    )
    done = opsbook(tmp_path, "import", "--update", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "checklist.yml from list.csv: 7 reworded"
    assert "title: Sessions expire after a day.\n            status: done\n" in file.read_text("utf-8")


def test_options_of_an_update_win_and_are_remembered_and_wrong_ones_are_told(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("# L\n\n- [ ] One\n\n  See [how](docs/how.md).\n", "utf-8")
    opsbook(tmp_path, "import", "list.md", "--items", "tasks", "--base", "https://example.org/v1/")
    done = opsbook(tmp_path, "import", "--update", "--yes", "--base", "https://example.org/v2/")
    assert done.returncode == 0, done.stderr
    file = tmp_path / "checklist.yml"
    text = file.read_text("utf-8")
    assert "\n  items: tasks\n  base: https://example.org/v2/\n" in text
    assert "(https://example.org/v2/docs/how.md)" in (tmp_path / "docs/practices/l/one.md").read_text("utf-8")
    file.write_text(text.replace("items: tasks", "items: boxes"), "utf-8")
    wrong = opsbook(tmp_path, "import", "--update")
    assert (wrong.returncode, wrong.stderr.splitlines()[0]) == (
        1,
        "checklist.yml: `items` of upstream: unknown `boxes`; allowed: collapsed, headings, lists, tables, tasks",
    )
    file.write_text(text.replace("items: tasks", "columns: titel=A"), "utf-8")
    wrong = opsbook(tmp_path, "import", "--update")
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("checklist.yml: `columns` of upstream: `titel` is no role; did you mean `title`?")


def test_an_update_that_leaves_something_out_is_written_and_ends_with_1(tmp_path: Path) -> None:
    first = "build:\n  items:\n    - title: Sign it\n    - title: Scan it\n"
    (tmp_path / "list.yaml").write_text(first, "utf-8")
    assert opsbook(tmp_path, "import", "list.yaml").returncode == 0
    (tmp_path / "list.yaml").write_text(f"{first}    - title: Seal it\n      owner: a\n      owner: b\n", "utf-8")
    done = opsbook(tmp_path, "import", "--update", "--yes")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "took 3 of 3 items; left out: 1 repeated key at line 7"
    assert "title: Seal it\n" in (tmp_path / "checklist.yml").read_text("utf-8")


def test_force_says_what_it_has_wiped(ticked: Path) -> None:
    forced = opsbook(ticked, "import", "list.md", "--force")
    assert forced.returncode == 0
    assert forced.stderr == (
        "checklist.yml: --force has wiped 2 statuses, 1 piece of evidence, 4 ids;"
        " `opsbook import --update` keeps them\n"
        "read as Markdown\nitems: 5 lines with a box\ntook 5 of 5 items\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--update", "--force"), "--update changes what is there; it goes with neither --force nor `--output -`"),
        (("--yes", "list.md"), "--dry-run and --yes go with --update"),
        ((), "name the FILE to import"),
    ],
)
def test_options_that_do_not_go_together_are_refused(ticked: Path, arguments: tuple[str, ...], said: str) -> None:
    refused = opsbook(ticked, "import", *arguments)
    assert (refused.returncode, refused.stderr.splitlines()[-1]) == (2, f"Error: {said}")


def test_a_damaged_memory_and_ids_that_stand_twice_are_told_and_nothing_is_written(ticked: Path) -> None:
    memory = ticked / "checklist.upstream.json"
    kept = memory.read_text("utf-8")
    memory.write_text(kept[:-9], "utf-8")
    damaged = opsbook(ticked, "import", "--update", "--yes")
    assert (damaged.returncode, damaged.stderr.splitlines()[0]) == (
        1,
        "checklist.upstream.json: is damaged; take it back from your version control, or delete it: titles of yours"
        " then stay",
    )
    memory.write_text(kept, "utf-8")
    file = ticked / "checklist.yml"
    file.write_text(file.read_text("utf-8").replace("id: encrypt-them", "id: one"), "utf-8")
    before = file.read_bytes()
    twice = opsbook(ticked, "import", "--update", "--yes")
    assert twice.returncode == 1
    assert "the id `one` is already used" in twice.stderr
    assert file.read_bytes() == before


def test_a_web_address_is_remembered_and_not_fetched(ticked: Path) -> None:
    file = ticked / "checklist.yml"
    file.write_text(
        file.read_text("utf-8").replace("address: list.md", "address: https://example.org/list.md"), "utf-8"
    )
    refused = opsbook(ticked, "import", "--update")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (
        1,
        "checklist.yml: comes from https://example.org/list.md, which is not fetched; save it, and name the file after"
        " --update",
    )
    assert opsbook(ticked, "import", "--update", "list.md", "--yes").returncode == 0
    assert "  address: https://example.org/list.md\n" in file.read_text("utf-8")
