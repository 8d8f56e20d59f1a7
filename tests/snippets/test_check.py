"""`opsbook check --snippets`, run as a user runs it, and what it says where a tool is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from commands import run_command

RUNBOOK = """\
---
id: cart-slow
title: Cart is slow
summary: The cart takes longer than a second.
severity: warning
owner: platform
reviewed: 2026-11-23
waivers:
  - rule: SC2086
    reason: The list is meant to be split.
    until: 2099-01-01
variables:
  - name: NAMESPACE
    description: Namespace of the service.
    pattern: '[a-z]+'
    example: shop
---

## Diagnosis

### 1. Look {#look}

```bash {.read}
list="a b"
kubectl --namespace "$NAMESPACE" get $list "$NAMSPACE"
if true; then
```

```promql {.read}
up{namespace="$NAMESPACE"
```
"""


def opsbook(folder: Path, *arguments: str, before: str = "") -> subprocess.CompletedProcess[str]:
    if not before:
        return run_command("opsbook", *arguments, folder=folder)
    command = [sys.executable, "-c", f"{before}\nfrom opsbook.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


def write(folder: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_pages_of_a_repository_are_checked_and_counted(tmp_path: Path) -> None:
    pages = {
        "docs/a.md": "```json\n[]\n```\n\n```prolog {.unchecked}\na.\n```\n",
        "docs/.hidden/b.md": "```json\n[\n```\n",
        "README.md": "```toml\na = 1\n```\n",
        "elsewhere/c.md": "```json\n[\n```\n",
    }
    done = opsbook(write(tmp_path, pages), "check", "--snippets")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "3 blocks, 1 of them unchecked: no problem found\n",
        "",
    )


def test_files_and_folders_can_be_named(tmp_path: Path) -> None:
    pages = {"docs/a.md": "```json\n[\n```\n", "docs/b/c.md": "```json\n{\n```\n", "docs/b/d.md": "```json\n1\n```\n"}
    done = opsbook(write(tmp_path, pages), "check", "--snippets", "docs/b")
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "docs/b/c.md:2:2: not valid JSON: expecting property name enclosed in double quotes\n1 problem found\n",
    )


def test_paths_without_the_option_are_refused(tmp_path: Path) -> None:
    done = opsbook(write(tmp_path, {"a.md": ""}), "check", "a.md")
    assert done.returncode == 2
    assert "PATHS are for --snippets; without it everything is checked" in done.stderr


def test_a_warning_alone_does_not_fail(tmp_path: Path) -> None:
    done = opsbook(write(tmp_path, {"a.md": "```json {.unchecked}\n[]\n```\n"}), "check", "--snippets", "a.md")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "1 block, 1 of them unchecked: no error found\n",
        "a.md:1:1: warning: what checks `json` finds no mistake here; remove `.unchecked`\n",
    )


def test_the_commands_of_a_runbook_are_judged_by_its_own_linter(tmp_path: Path) -> None:
    write(tmp_path, {"runbooks/cart-slow.md": RUNBOOK})
    done = opsbook(tmp_path, "check", "--snippets", "runbooks/cart-slow.md")
    assert done.stderr.splitlines() == [
        "runbooks/cart-slow.md:25:45: `$NAMSPACE` is not declared under `variables` and this block "
        "does not assign it; did you mean `NAMESPACE`? (undeclared)",
        "runbooks/cart-slow.md:26:10: Couldn't parse this then clause. Fix to allow more checks (SC1073)",
        "runbooks/cart-slow.md:30:1: not valid PromQL: unexpected end of input inside braces (promql)",
        "3 problems found",
    ]


@pytest.mark.parametrize(
    ("language", "code", "message"),
    [
        ("promql", "up", None),
        ("yaml", "groups: [{name: a, rules: []}]", "promtool is missing; get it with `apt-get install prometheus`"),
        (
            "yaml",
            "route: {}\nreceivers: []",
            "amtool is missing; get it with `apt-get install prometheus-alertmanager`",
        ),
        ("groovy", "a", "groovy is missing; get it with `apt-get install groovy`"),
    ],
)
def test_a_missing_program_is_one_problem_that_says_how_to_get_it(
    tmp_path: Path, language: str, code: str, message: str | None
) -> None:
    write(tmp_path, {"a.md": f"```{language}\n{code}\n```\n" * 3})
    done = opsbook(tmp_path, "check", "--snippets", "a.md", before="import os; os.environ['PATH'] = ''")
    assert done.returncode == (1 if message else 0)
    if message:
        first, last = done.stderr.splitlines()
        assert first.startswith(f"a.md:1:1: this block and 2 more like it are not checked: {message}")
        assert last == "1 problem found"


DEPTH = 20_000


def test_what_is_nested_too_deep_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    blocks = {
        "json": "[" * DEPTH + "]" * DEPTH,
        "yaml": "[" * DEPTH + "]" * DEPTH,
        "toml": "a=" + "[" * DEPTH + "]" * DEPTH,
        "python": "-" * DEPTH + "1",
        "sql": "SELECT " + "(" * DEPTH + "1" + ")" * DEPTH,
        "hcl": "a = " + "(" * DEPTH + "1" + ")" * DEPTH,
        "javascript": "(" * DEPTH + "1" + ")" * DEPTH,
        "groovy": "a = " + "[" * DEPTH + "]" * DEPTH,
        "promql": "(" * DEPTH + "up" + ")" * DEPTH,
        "yml": "a: &a [*a]",
    }
    write(tmp_path, {"a.md": "\n".join(f"```{language}\n{code}\n```" for language, code in blocks.items())})
    done = opsbook(tmp_path, "check", "--snippets", "a.md")
    deep = "this block is nested too deep to be read; make it flatter"
    flat = "this is nested too deep, or repeats too much by its anchors; make it flatter"
    assert done.stderr.splitlines() == [
        f"a.md:1:1: {deep}",
        f"a.md:5:102: {flat}",
        f"a.md:7:1: {deep}",
        f"a.md:10:1: {deep}",
        f"a.md:13:1: {deep}",
        f"a.md:16:1: {deep}",
        f"a.md:23:1: {deep}",
        "a.md:26:1: not valid PromQL: more than 1000 operators; split it into recording rules",
        f"a.md:29:4: {flat}",
        "9 problems found",
    ]


OPTIONAL = (
    "check_jsonschema",
    "jsonschema",
    "kubernetes_validate",
    "referencing",
    "pglast",
    "tree_sitter",
    "tree_sitter_javascript",
)
ONLY_THE_DEPENDENCIES = f"import sys; sys.modules.update(dict.fromkeys({OPTIONAL!r}))"


def test_without_its_packages_a_checker_says_which_to_install(tmp_path: Path) -> None:
    blocks = {
        "javascript": "a",
        "sql": "SELECT 1",
        "yaml": "services: {a: {}}\n---\napiVersion: v1\nkind: Pod",
    }
    write(tmp_path, {"a.md": "\n".join(f"```{language}\n{code}\n```" for language, code in blocks.items())})
    done = opsbook(tmp_path, "check", "--snippets", "a.md", before=ONLY_THE_DEPENDENCIES)
    assert done.stderr.splitlines() == [
        'a.md:1:1: this block is not checked: tree_sitter is missing; get it with `pip install "opsbook[checkers]"`',
        'a.md:4:1: this block is not checked: pglast is missing; get it with `pip install "opsbook[sql]"`',
        "a.md:7:1: this block is not checked: "
        'check_jsonschema is missing; get it with `pip install "opsbook[checkers]"`',
        "a.md:7:1: this block is not checked: "
        'kubernetes_validate is missing; get it with `pip install "opsbook[checkers]"`',
        "4 problems found",
    ]


def test_the_plain_check_needs_none_of_the_packages(tmp_path: Path) -> None:
    done = opsbook(tmp_path, "check", "--help", before=ONLY_THE_DEPENDENCIES)
    assert (done.returncode, done.stderr) == (0, "")
