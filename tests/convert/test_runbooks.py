"""Golden cases: folders of runbooks from elsewhere, each with what becomes of it and what is said of it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from commands import run_command
from git_folder import git
from small_site import build, write

FOLDER = Path(__file__).parent / "runbooks"
CASES = sorted(path.name for path in FOLDER.iterdir())
_MARKS = """
    shell console sh bash hint type hugo tabs tab where linenos table highlight figure src alt caption rate png param
    ref note title alert align center img p static yaml
"""
REPLACED = frozenset(_MARKS.split())
"""Words of marks: names of languages, of shortcodes and of their arguments, and of tags."""


def site_in(folder: Path) -> Path:
    """An empty site in a new folder."""
    folder.mkdir()
    return write(folder, {})


def imported(root: Path, case: str, *options: str) -> tuple[int, str]:
    """Import the folder of a case into the site `root`; the exit code, and what was printed."""
    source = root.parent / f"{root.name}-source"
    shutil.copytree(FOLDER / case / "in", source, dirs_exist_ok=True)
    done = run_command("opsbook", "runbook", "import", str(source), *options, folder=root)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, (done.stderr + done.stdout).replace(f"{source.as_posix()}/", "")


def texts(folder: Path) -> dict[str, str]:
    """Every file below `folder` as text, by its path."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8", "replace") for file in files}


def words(text: str) -> Counter[str]:
    """The words of a page, without the addresses of links and without numbers, counted apart from the engine."""
    bare = re.sub(r"\]\([^)]*\)|\{\{<.*?ref.*?>\}\}|<img[^>]*>|&#?\w+;", " ", text)
    return Counter(word for word in re.findall(r"[^\W\d_]+", bare) if word.lower() not in REPLACED)


@pytest.mark.parametrize("case", CASES)
def test_a_folder_becomes_drafts_and_nothing_is_lost(case: str, tmp_path: Path) -> None:
    root = site_in(tmp_path / "site")
    code, said = imported(root, case)
    assert texts(root / "runbooks") == texts(FOLDER / case / "out")
    assert f"exit code {code}\n{said}" == (FOLDER / case / "said.txt").read_text("utf-8")
    left = {line.partition(": left out")[0] for line in said.split("\n") if ": left out" in line}
    found = texts(FOLDER / case / "in")
    pages = "\n".join(text for path, text in found.items() if path.endswith(".md") and path not in left)
    assert words(pages) - words("\n".join(texts(root / "runbooks").values())) == Counter()
    done = build(root)
    assert done.returncode == 0, done.stderr


def test_a_second_import_writes_anew_only_what_nobody_has_changed(tmp_path: Path) -> None:
    root = site_in(tmp_path / "site")
    assert imported(root, "german")[0] == 0
    file = root / "runbooks" / "warenkorb.md"
    assert "0 new, 0 updated, 1 as before" in imported(root, "german")[1]
    source = tmp_path / "site-source" / "warenkorb.md"
    newer = source.read_text("utf-8").replace("Neu starten.", "Zweimal neu starten.")

    def update(*options: str) -> tuple[int, str]:
        source.write_text(newer, "utf-8")
        done = run_command("opsbook", "runbook", "import", str(source.parent), *options, folder=root)
        return done.returncode, done.stdout

    assert update()[0] == 0
    assert "Zweimal neu starten." in file.read_text("utf-8")
    ours = file.read_text("utf-8").replace("Bestellen.", "Bestellen und bezahlen.")
    (root / "runbooks" / "shop").mkdir()
    file.rename(root / "runbooks" / "shop" / "warenkorb.md")
    (root / "runbooks" / "shop" / "warenkorb.md").write_text(ours, "utf-8")
    newer = newer.replace("Zweimal", "Dreimal")
    code, said = update()
    assert "runbooks/shop/warenkorb.md: left as it is, since it was changed here" in said
    assert (code, file.exists()) == (0, False)
    assert (root / "runbooks" / "shop" / "warenkorb.md").read_text("utf-8") == ours
    assert "1 updated" in update("--force")[1]
    assert "Dreimal" in (root / "runbooks" / "shop" / "warenkorb.md").read_text("utf-8")


def test_a_file_from_elsewhere_is_never_overwritten(tmp_path: Path) -> None:
    root = site_in(tmp_path / "site")
    (root / "runbooks").mkdir()
    (root / "runbooks" / "queue.md").write_text("---\nid: queue\ntitle: Ours\nstatus: draft\n---\n", "utf-8")
    code, said = imported(root, "material")
    assert (root / "runbooks" / "queue.md").read_text("utf-8").endswith("title: Ours\nstatus: draft\n---\n")
    assert (root / "runbooks" / "queue-2.md").exists()
    assert (code, "taken: 2 of 2 runbooks" in said) == (0, True)


def test_rules_say_severity_and_summary_and_how_the_alert_is_written(tmp_path: Path) -> None:
    root = site_in(tmp_path / "site")
    rules = tmp_path / "rules.yml"
    said = "labels: {severity: critical}, annotations: {summary: '{{ $labels.pod }} is down'}"
    rule = f"{{alert: warenkorb, expr: up == 0, {said}}}"
    rules.write_text(f"groups: [{{name: a, rules: [{rule}]}}]\n", "utf-8")
    assert imported(root, "german", "--rules", str(rules), "--owner", "team")[0] == 0
    front = (root / "runbooks" / "warenkorb.md").read_text("utf-8").partition("\n---\n")[0]
    assert "summary: '`pod` is down'\nseverity: critical\nowner: team\nalerts:\n  - warenkorb\n" in front


def test_what_looks_like_a_secret_is_masked_and_told(tmp_path: Path) -> None:
    root = site_in(tmp_path / "site")
    secret = "AKIA" + "Q3EGRZ6XN2JWPL4T"
    page = tmp_path / "page.md"
    page.write_text(f"# Keys\n\n## Diagnosis\n\nUse {secret} to look, [as told](elsewhere.md).\n", "utf-8")
    done = run_command("opsbook", "runbook", "import", str(page), folder=root)
    assert done.returncode == 1
    assert "masked on line 11, since it looks like a secret: AWS access key" in done.stderr
    assert "links that lead to nothing in the folder, written as text: `elsewhere.md`" in done.stderr
    assert "words:" not in done.stderr
    assert secret not in done.stderr + done.stdout + (root / "runbooks" / "page.md").read_text("utf-8")
    assert build(root).returncode == 0


def test_a_link_to_what_is_not_in_the_folder_leads_to_its_repository(tmp_path: Path) -> None:
    root, source = site_in(tmp_path / "site"), tmp_path / "theirs" / "ops"
    source.mkdir(parents=True)
    # The repository of a submodule, and of a second worktree, lies elsewhere too.
    git(source.parent, "init", "--quiet", "--separate-git-dir", str(tmp_path / "kept"))
    git(source.parent, "remote", "add", "origin", "git@gitlab.com:group/sub/shop.git")
    (source / "cart.md").write_text("# Cart\n\nAsk [the team](team.md).\n", "utf-8")
    done = run_command("opsbook", "runbook", "import", str(source), folder=root)
    assert done.returncode == 0, done.stderr
    text = (root / "runbooks" / "cart.md").read_text("utf-8")
    assert "[the team](https://gitlab.com/group/sub/shop/-/blob/HEAD/ops/team.md)" in text


def test_pages_in_another_markup_are_counted_and_told_and_end_with_1(tmp_path: Path) -> None:
    root, source = site_in(tmp_path / "site"), tmp_path / "theirs"
    source.mkdir()
    names = ("disk.html.md.erb", "net/dns.ADOC", "tls.org", "queue.rst", "notes.docx")
    for name in ("cart.md", "rules.yml.tmpl", *names):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text("# Cart\n\nAsk the team.\n", "utf-8")
    done = run_command("opsbook", "runbook", "import", str(source), folder=root)
    assert done.returncode == 1
    said = "is a page in a form that is not read; turn it into Markdown first; allowed: "
    assert [line.partition(": ")[0] for line in done.stderr.splitlines() if said in line] == sorted(names)
    assert done.stdout.startswith("taken: 1 of 6 runbooks, ")


@pytest.mark.parametrize(
    ("argument", "said"),
    [("nowhere", "nowhere: no such file or folder"), (".", ".: holds no page; allowed: .md, .markdown")],
)
def test_a_folder_without_pages_is_told(argument: str, said: str, tmp_path: Path) -> None:
    done = run_command("opsbook", "runbook", "import", argument, folder=tmp_path)
    assert (done.returncode, said in done.stderr) == (1, True)
