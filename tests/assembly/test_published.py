"""Pictures, files and links that work in the repository work on the site, or have a problem with their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from small_site import CONFIG, build, built, check, problems, write
from trial_runbook import FILES, TRIAL

PNG = b"\x89PNG\r\n\x1a\n"
GUIDE = """\
## Why it matters

![panel](../../assets/panel.png) and ![by label][panel], see [the runbook](../../../runbooks/trial.md#impact).

[panel]: ../../assets/panel.png
"""
PAGE = """\
# Page

![beside](assets/panel.png) ![of the runbook](../runbooks/img/deep/own%20panel.png)

See [the runbook](../runbooks/trial.md) and [the site's way](runbooks/trial.md).
"""
SHOWN = """\
## Meaning

![own](img/deep/own%20panel.png) ![angle](<img/deep/own panel.png>) ![docs](../docs/assets/panel.png "Title")
![by label][own]

[log](img/log.txt), [page](../docs/page.md#page), `![no](none.png)`

[own]: img/drawn.svg
"""


def a_site(root: Path, files: dict[str, str]) -> Path:
    write(root, {**FILES, "docs/page.md": "# Page\n", **files})
    for name in ("docs/assets/panel.png", "runbooks/img/deep/own panel.png", "post-mortems/img/x.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(PNG)
    (root / "runbooks/img/log.txt").write_text("log", "utf-8")
    (root / "runbooks/img/drawn.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"></svg>', "utf-8")
    (root / "runbooks/img/page.html").write_text("<script>alert(1)</script>", "utf-8")
    return root


def targets(site: Path, page: str) -> list[str]:
    html = (site / page / "index.html").read_text("utf-8")
    article = html[html.index("<article") : html.index("</article")]
    found = re.findall(r'(?:src|href)="([^"#]+)(?:#[^"]*)?"', article)
    here = site / page
    inside = [target for target in found if not target.startswith(("http", "mailto"))]
    assert [target for target in inside if not (here / target.replace("%20", " ")).exists()] == []
    return [(here / target.replace("%20", " ")).resolve().relative_to(site.resolve()).as_posix() for target in inside]


def test_what_works_in_the_repository_works_on_the_site(tmp_path: Path) -> None:
    runbook = TRIAL.replace("## Meaning\n", SHOWN, 1)
    files = {"runbooks/trial.md": runbook, "docs/page.md": PAGE, "docs/practices/one/first.md": GUIDE}
    root = a_site(tmp_path, files)
    code, said = check(root)
    assert code == 0
    assert [line for line in said if "the site has no" in line] == []
    site = built(root)
    own, docs = "runbooks/img/deep/own panel.png", "assets/panel.png"
    first = targets(site, "runbooks/trial").index(own)
    expected = [own, own, docs, "runbooks/img/drawn.svg", "runbooks/img/log.txt", "page"]
    assert targets(site, "runbooks/trial")[first : first + 6] == expected
    assert targets(site, "page") == [docs, own, "runbooks/trial", "runbooks/trial"]
    assert targets(site, "practices/one/first").count(docs) == 2
    assert "runbooks/trial" in targets(site, "practices/one/first")
    assert (site / own).read_bytes() == PNG
    assert (site / "post-mortems/img/x.png").is_file()
    assert not (site / "runbooks/img/page.html").exists()


@pytest.mark.parametrize(
    ("written", "place", "what"),
    [
        (
            "![x](img/deep/own-panel.png)",
            "2:1",
            "the site has no picture `img/deep/own-panel.png`; did you mean `own panel.png`?",
        ),
        ("It is ![x](../docs/assets/none.gif).", "2:7", "the site has no picture `../docs/assets/none.gif`; allowed: "),
        ("[x](../checklist.yml)", "2:1", "the site has no file `../checklist.yml`; allowed: "),
        ("[x][y]\n\n[y]: img/page.html", "4:1", "the site has no file `img/page.html`; allowed: "),
        ("[x](../docs/paeg.md)", "2:1", "the site has no file `../docs/paeg.md`; did you mean `page.md`?"),
        ("[x](../post-mortems/2026-01-01-x.md)", "2:1", "the site has no file `../post-mortems/2026-01-01-x.md`; "),
    ],
)
def test_a_target_that_is_missing_has_a_place_in_check_and_build(
    written: str, place: str, what: str, tmp_path: Path
) -> None:
    root = a_site(tmp_path, {"runbooks/trial.md": TRIAL.replace("## Meaning\n", f"## Meaning\n{written}\n", 1)})
    line, column = map(int, place.split(":"))
    start = TRIAL[: TRIAL.index("## Meaning")].count("\n")
    code, said = check(root)
    assert code == 1
    (told,) = [each for each in said if "the site has no" in each]
    assert told.startswith(f"runbooks/trial.md:{start + line}:{column}: {what}")
    done = build(root, "--strict")
    assert done.returncode == 1
    assert f"WARNING -  {told}" in done.stderr.splitlines()


def test_links_of_guides_and_pages_are_checked_too(tmp_path: Path) -> None:
    files = {
        "docs/practices/one/first.md": "## Why it matters\n\n![x](none.png)\n",
        "docs/page.md": "# P\n\n[x](gone.md)\n",
    }
    code, said = check(a_site(tmp_path, files))
    assert code == 1
    assert [each.partition(";")[0] for each in said if "the site has no" in each] == [
        "docs/page.md:3:1: the site has no file `gone.md`",
        "docs/practices/one/first.md:3:1: the site has no picture `none.png`",
    ]


def test_links_are_warned_of_where_another_program_may_make_what_they_lead_to(tmp_path: Path) -> None:
    hook = "def on_files(files, config):\n    return files\n"
    settings = CONFIG + "hooks: [hook.py]\n"
    root = a_site(tmp_path, {"mkdocs.yml": settings, "hook.py": hook, "docs/page.md": "# P\n\n[x](gone.md)\n"})
    code, said = check(root)
    assert code == 0
    assert [each.partition(";")[0] for each in said if "the site has no" in each] == [
        "docs/page.md:3:1: warning: the site has no file `gone.md`"
    ]


def test_a_picture_that_could_run_something_is_refused(tmp_path: Path) -> None:
    root = a_site(tmp_path, {})
    (root / "runbooks/img/drawn.svg").write_text("<svg>\n <script>alert(1)</script></svg>", "utf-8")
    message = "runbooks/img/drawn.svg:2:2: `<script` in a picture could run a program; save the picture without it"
    assert message in check(root)[1]
    assert message in problems(root)
