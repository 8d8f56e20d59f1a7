"""No file of a user is left out unsaid: what lies where the site is read from is read, published, or told in a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import run_command
from drawing_scripts import PAIR
from plain_runbook import PLAIN_RUNBOOK
from small_site import CHECKLIST, CONFIG, build, built, check, refused, write
from trial_runbook import RULES, SERVICES

API = "openapi: 3.0.3\ninfo: {title: Cart, version: '1'}\npaths: {}\n"
TERMS = "terms:\n  - {term: Guide, meaning: A page.}\n"
BESIDE = (
    "; allowed here: .md, and beside them .avif, .gif, .jpeg, .jpg, .png, .svg, .webp, .csv, .json, .pdf, .txt, .zip"
)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("runbooks/cart-down.markdown", PLAIN_RUNBOOK, "is not read; allowed here: .md; rename it"),
        ("runbooks/shop/cart-down.MD", PLAIN_RUNBOOK, "is not read; allowed here: .md; rename it"),
        ("post-mortems/2026/2026-03-04-orders.mkd", "# Orders\n", "is not read; allowed here: .md; rename it"),
        ("diagrams/shop.PY", PAIR, "is not read; allowed here: .py; rename it"),
        (
            "runbooks/rules/shop.YAML",
            RULES,
            "is not read; allowed here: .md, .yml, .yaml, .rules, .json, .tpl; rename it",
        ),
        ("services.yaml", SERVICES, "is not read; the file that is read is called `services.yml`, so rename it"),
        ("Services.yml", SERVICES, "is not read; the file that is read is called `services.yml`, so rename it"),
        ("checklist.yaml", CHECKLIST, "is not read; the file that is read is called `checklist.yml`, so rename it"),
        (".secrets.yaml", "", "is not read; the file that is read is called `.secrets.yml`, so rename it"),
        ("docs/glossary.yaml", TERMS, "is not read; the file that is read is called `glossary.yml`"),
        ("docs/Glossary.yml", TERMS, "is not read; the file that is read is called `glossary.yml`"),
        ("docs/api/cart.YAML", API, "is not read; allowed here: .json, .yaml, .yml; rename it"),
    ],
)
def test_a_file_with_nearly_the_name_of_one_that_is_read_is_an_error(
    tmp_path: Path, path: str, text: str, told: str
) -> None:
    assert refused(write(tmp_path, {path: text})) == [f"{path}: {told}"]


TOLD = {
    "runbooks/shop/flow.drawio": "is no part of the site" + BESIDE,
    "runbooks/shop/restart.sh": "is no part of the site" + BESIDE,
    "runbooks/shop/page.html": "is no part of the site" + BESIDE,
    "runbooks/shop.yml": "is no part of the site" + BESIDE + "; such a file is read in runbooks/rules/",
    "runbooks/rules/shop.png": "is no part of the site; allowed here: .md, .yml, .yaml, .rules, .json, .tpl",
    "post-mortems/2026/call.mp4": "is no part of the site" + BESIDE,
    "diagrams/notes.md": "is no part of the site; allowed here: .py",
    "diagrams/try.ipynb": "is no part of the site; allowed here: .py",
    "Postmortems": "this folder is not read; the folder that is read is `post-mortems`",
    "runbook": "this folder is not read; the folder that is read is `runbooks`",
    "glossary.yml": "is not read here; allowed: docs/glossary.yml",
    "docs/.well-known/security.txt": (
        "is no part of the site, since it is hidden; allowed: `!.well-known` under `exclude_docs`"
    ),
    "macros/main.py": "is not read, since mkdocs.yml does not name the plugin `macros`",
    "overrides": "this folder is not read; allowed: `custom_dir: overrides` in mkdocs.yml",
    "docs/services.yml": "is on the site as it is, and not read here; allowed: services.yml",
    "mkdocs.yaml": "is not read, since mkdocs.yml is there too; keep one",
    "docs/templates/letter.txt": "is no part of the site; a template is templates/<name>.md",
    "docs/templates/deep/letter.md": "is no part of the site; a template is templates/<name>.md",
    "docs/loud.MD": "is copied as it is and makes no page; allowed: .md, .markdown, .mdown, .mkdn, .mkd",
    "docs/api/shop/cart.yaml": (
        "is copied as it is, and no page shows it; the description of a service is api/<service>.yaml"
    ),
}
QUIET = (
    "runbooks/README.md",
    "runbooks/rules/readme.md",
    "runbooks/.pages",
    "runbooks/shop/Picture.PNG",
    "runbooks/shop/table.csv",
    "diagrams/_helper.py",
    "diagrams/__pycache__/helper.pyc",
    "diagrams/icons/Cart.PNG",
    "diagrams/data.yml",
    "docs/flow.drawio",
    "docs/templates/letter.md",
    "docs/_archive/old.MD",
)


def test_what_lies_beside_the_sources_is_told_by_the_check_and_by_a_build_and_ends_neither(tmp_path: Path) -> None:
    files = {"Postmortems": "Postmortems/2026-01-01-a.md", "runbook": "runbook/deep/cart.md"}
    files["overrides"] = "overrides/partials/footer.html"
    config = CONFIG + "exclude_docs: |\n  /_archive/\n"
    root = write(
        tmp_path,
        {
            **{files.get(path, path): "x: 1\n" for path in (*TOLD, *QUIET)},
            "docs/api/shop/cart.yaml": API,
            "macros/main.py": "",
            "mkdocs.yml": config,
            "mkdocs.yaml": config,
        },
    )
    told = sorted(f"{path}: {message}" for path, message in TOLD.items())
    done = run_command("opsbook", "check", "--strict", folder=root)
    assert done.returncode == 0, done.stderr
    assert sorted(line for line in done.stdout.splitlines() if ": is" in line or ": this" in line) == told
    made = build(root, "--strict")
    assert made.returncode == 0, made.stderr
    lines = [line.removeprefix("INFO    -  ") for line in made.stderr.splitlines()]
    assert sorted(line for line in lines if line in told) == told
    written = run_command("opsbook", "generate", "plain", folder=root)
    assert written.returncode == 0, written.stderr
    assert sorted(line for line in written.stderr.splitlines() if line in told) == told
    for path in ("runbooks/shop/Picture.PNG", "runbooks/shop/table.csv", "docs/flow.drawio", "docs/loud.MD"):
        assert (root / "site" / path.removeprefix("docs/")).is_file()


def test_two_pictures_that_differ_in_capitals_alone_are_named_both(tmp_path: Path) -> None:
    root = write(tmp_path, {"runbooks/Cart.png": "a", "runbooks/cart.png": "b"})
    assert refused(root) == [
        "runbooks/cart.png: `runbooks/cart.png` is an address of runbooks/Cart.png too; rename one"
    ]


def test_a_list_of_alerts_of_others_is_read_whatever_its_yaml_file_is_called(tmp_path: Path) -> None:
    upstream = "source: https://example.org/\nversion: '1'\nalerts: [NodeDown]\n"
    root = write(tmp_path, {"runbooks/cart-down.md": PLAIN_RUNBOOK, "runbooks/rules/upstream/deep/x.yaml": upstream})
    assert refused(root) == ["runbooks/cart-down.md:5:10: no rule has the alert `CartDown` any more"]
    write(root, {"runbooks/rules/upstream/deep/x.yaml": upstream.replace("NodeDown", "CartDown")})
    assert check(root)[0] == 0


def test_a_hidden_folder_for_readers_is_published_where_the_settings_say_so(tmp_path: Path) -> None:
    config = CONFIG + "exclude_docs: |\n  !.well-known\n"
    root = write(tmp_path, {"docs/.well-known/security.txt": "Contact: x\n", "mkdocs.yml": config})
    assert (
        run_command("opsbook", "check", folder=root).stdout == "4 practices, 0 guides, 0 runbooks: no problem found\n"
    )
    assert (built(root) / ".well-known/security.txt").is_file()
