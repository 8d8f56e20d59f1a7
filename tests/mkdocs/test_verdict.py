"""`opsbook check` finds in links, `nav` and settings what a strict build refuses, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plain_runbook import PLAIN_RUNBOOK
from small_site import CONFIG, WITH_MACROS, build, check, write

GUIDE = "".join(
    f"## {name}\n\nText.\n\n" for name in ("Why it matters", "How to do it", "How to verify", "Pitfalls", "References")
)
PAGE = """\
# Page

[dead](nowhere.md) and [again](nowhere.md), ![picture](gone.png), [page](index.md#no-such-anchor), [mail](mailto:a@b.c).
[item](practices/one/first.md) [runbook](runbooks/cart-down.md) [style](assets/opsbook/opsbook.css) [other](../out.md)
[by name][there], `[code](code.md)` [with blanks](no%20such.md) [file](data.csv) [folder](practices/)

[there]: elsewhere.md "Title"
[unused]: unused.md

```text
[fenced](fenced.md)
```

<a href="raw.md">HTML</a>

<div markdown="1">

[inside](inside.md)

</div>
"""


def refused_by_both(root: Path) -> list[str]:
    """What `check` says, once it is certain that a strict build ends for as many reasons, on the same pages."""
    code, said = check(root)
    done = build(root, "--strict")
    warnings = [line for line in done.stderr.splitlines() if re.match(r"(WARNING|ERROR) ", line)]
    assert (code, done.returncode) == (1, 1), done.stderr
    assert len(said) == len(warnings), done.stderr
    return said


def test_dead_links_and_pictures_are_told_where_they_stand(tmp_path: Path) -> None:
    runbook = PLAIN_RUNBOOK.replace("None.", "See [the page](../docs/gone.md) and ![it](img/panel.png).")
    root = write(
        tmp_path,
        {
            "docs/page.md": PAGE,
            "docs/data.csv": "a,b\n",
            "docs/practices/one/first.md": GUIDE + "[up](../../../x.md) [home](../../index.md)\n",
            "runbooks/shop/cart-down.md": runbook.replace("../docs", "../../docs"),
        },
    )
    places = [line.split(" ")[0] for line in refused_by_both(root)]
    assert places == [
        "docs/page.md:3:1:",
        "docs/page.md:3:24:",
        "docs/page.md:3:45:",
        "docs/page.md:4:101:",
        "docs/page.md:5:37:",
        "docs/page.md:7:1:",
        "docs/page.md:18:1:",
        "docs/practices/one/first.md:21:1:",
        "runbooks/shop/cart-down.md:18:5:",
        "runbooks/shop/cart-down.md:18:40:",
    ]


def test_what_a_strict_build_lets_pass_is_no_problem(tmp_path: Path) -> None:
    text = "# Page\n\n[a](#nothing) [b](practices/) [c](/absolute/) `[d](d.md)`\n\n    [code](e.md)\n\n[unused]: u.md\n"
    root = write(
        tmp_path, {"docs/page.md": text, "docs/old/a.md": "[x](y.md)\n", "mkdocs.yml": CONFIG + "exclude_docs: old/\n"}
    )
    assert check(root, "--strict") == (0, [])
    assert build(root, "--strict").returncode == 0


@pytest.mark.parametrize(
    ("settings", "files", "said"),
    [
        (
            "validation: {links: {anchors: warn}}\n",
            {"docs/page.md": "[a](#nothing) [b](practices/one/first.md#pitfalls) [c](runbooks/cart-down.md#lok)\n"},
            [
                "docs/page.md:1:1: contains a link '#nothing'",
                "docs/page.md:1:52: contains a link 'runbooks/cart-down.md#lok'",
            ],
        ),
        (
            "validation: {absolute_links: warn, unrecognized_links: warn}\n",
            {"docs/page.md": "# Page\n\n[a](/runbooks/) [b](practices/nothing)\n"},
            [
                "docs/page.md:3:1: contains an absolute link",
                "docs/page.md:3:17: contains an unrecognized relative link",
            ],
        ),
        (
            "nav:\n  - Home: index.md\n  - Gone: gone.md\n",
            {},
            ["mkdocs.yml:7:11: A reference to 'gone.md' is included in the 'nav'"],
        ),
        (
            "nav: [index.md]\nvalidation: {nav: {omitted_files: warn}}\n",
            {"docs/own.md": "# Own\n"},
            ["mkdocs.yml:5:1: The following pages exist in the docs directory"],
        ),
        ("site_url: nonsense\n", {}, ["mkdocs.yml:5:1: a strict build does not take this configuration: "]),
        ("nonsense: 1\n", {}, ["mkdocs.yml:5:1: a strict build does not take this configuration: "]),
        ("markdown_extensions: [no_such_extension]\n", {}, ["mkdocs.yml:5:1: a strict build does not take"]),
    ],
)
def test_settings_are_judged_as_a_build_judges_them(
    tmp_path: Path, settings: str, files: dict[str, str], said: list[str]
) -> None:
    base = {"docs/practices/one/first.md": GUIDE, "runbooks/cart-down.md": PLAIN_RUNBOOK}
    root = write(tmp_path, {**base, "mkdocs.yml": CONFIG + settings, **files})
    told = refused_by_both(root)
    assert [line.startswith(start) for line, start in zip(told, said, strict=True)] == [True] * len(said), told


def test_links_on_a_page_with_macros_are_judged_too(tmp_path: Path) -> None:
    text = "---\nrender_macros: true\n---\n\n# Asks\n\n{{ 1 + 1 }} [dead](nowhere.md)\n"
    root = write(
        tmp_path, {"mkdocs.yml": WITH_MACROS, "macros/main.py": "def define_env(env):\n    pass\n", "docs/a.md": text}
    )
    assert [line.split(" ")[0] for line in refused_by_both(root)] == ["docs/a.md:7:13:"]


def test_where_another_program_makes_pages_it_is_said_that_links_are_left_to_the_build(tmp_path: Path) -> None:
    hook = "def on_files(files, config):\n    return files\n"
    root = write(
        tmp_path, {"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": hook, "docs/a.md": "[x](made.md)\n"}
    )
    from commands import run_command

    done = run_command("opsbook", "check", folder=root)
    assert done.returncode == 0
    assert "links are left to `mkdocs build --strict`, since these may change them: hook.py\n" in done.stdout
