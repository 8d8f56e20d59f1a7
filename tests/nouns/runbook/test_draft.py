"""A runbook with `status: draft`: it is published, says what it lacks, and stops nothing but what is unsafe."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import run_command
from opsbook.problems import ProblemsError
from plain_runbook import PLAIN_RUNBOOK
from search_entries import search_entries
from small_site import build, check, site_of, write

FOREIGN = """\
---
id: cart-slow
title: Cart is slow
status: draft
alerts: [CartSlow]
---

# CartSlow

Customers wait. `{{ $labels.pod }}` says for whom.

## Symptoms

TODO

```shell
$ kubectl get pods
```

#### Deep

```output
nothing printed this
```
"""
WITH_STEPS = """\
---
id: cart-slow
title: Cart is slow
status: draft
owner: team
---

## Meaning

Customers wait.

## Diagnosis

### Look

```shell
kubectl get pods
```

```output
nothing printed this
```

```bash {.read}
date
```
"""
DONE = PLAIN_RUNBOOK.replace("id: cart-down\n", "id: cart-down\nstatus: draft\n")


def lines(root: Path, *options: str) -> list[str]:
    """What `opsbook check` says of runbooks; it has to find no error."""
    code, said = check(root, *options)
    assert code == 0, said
    return [line for line in said if line.startswith("runbooks/")]


def handout(text: str) -> str:
    """The Markdown beside the page of the runbook in `text`."""
    assets = site_of({"runbooks/cart-slow.md": text}).assets
    return next(str(each.content) for each in assets if each.path == "runbooks/cart-slow/index.md")


def test_a_draft_in_any_form_is_published_and_says_what_it_lacks(tmp_path: Path) -> None:
    root = write(tmp_path, {"runbooks/cart-slow.md": FOREIGN, "runbooks/cart-down.md": PLAIN_RUNBOOK})
    assert lines(root, "--strict") == []
    assert lines(root, "--drafts") == [
        "runbooks/cart-slow.md:1:1: note: the key `owner` is missing",
        "runbooks/cart-slow.md:1:1: note: the key `reviewed` is missing",
        "runbooks/cart-slow.md:1:1: note: the key `severity` is missing",
        "runbooks/cart-slow.md:1:1: note: the key `summary` is missing",
        "runbooks/cart-slow.md:8:1: note: a runbook has no `#` heading; its title stands in the front matter",
        "runbooks/cart-slow.md:10:1: note: text before the first section; start with `## Meaning`",
        "runbooks/cart-slow.md:12:1: note: no section is called `Symptoms`; allowed: Diagnosis, Escalation, Impact,"
        " Meaning, Mitigation, Verify",
        "runbooks/cart-slow.md:20:1: note: a runbook has no heading below `###`; allowed: `## Section` and"
        " `### 1. Step {#anchor}`",
        *(
            f"runbooks/cart-slow.md:25:1: note: the section `## {name}` is missing; it belongs here"
            for name in ("Diagnosis", "Escalation", "Impact", "Meaning", "Mitigation", "Verify")
        ),
    ]
    done = build(root)
    assert done.returncode == 0, done.stderr
    html = (root / "site" / "runbooks" / "cart-slow" / "index.html").read_text("utf-8")
    assert "This runbook is a draft" in html
    assert "14 things are missing" in html
    assert "<li>Missing keys: <code>summary</code>, <code>severity</code>, <code>owner</code>, <code>reviewed" in html
    assert "<li>Missing sections: Diagnosis, Escalation, Impact, Meaning, Mitigation, Verify</li>" in html
    assert "<li>line 10: text before the first section; start with <code>## Meaning</code></li>" in html
    for text in ("Customers wait.", "{{ $labels.pod }}", "TODO", "$ kubectl get pods", "nothing printed this", "Deep"):
        assert text in html
    assert "cart-slow" in (root / "site" / "alerts" / "CartSlow" / "index.html").read_text("utf-8")
    index = (root / "site" / "runbooks" / "index.html").read_text("utf-8")
    assert "1 of 2 runbooks is a draft" in index
    assert index.count('<span class="ob-draft">draft</span>') == 1
    assert "'draft'" in str(search_entries(root / "site"))


def test_what_a_draft_lacks_is_said_in_the_language_of_the_site(tmp_path: Path) -> None:
    root = write(tmp_path, {"runbooks/cart-slow.md": FOREIGN})
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        config.replace("theme: material", "theme: {name: material, language: de}"), "utf-8"
    )
    done = build(root)
    assert done.returncode == 0, done.stderr
    html = (root / "site" / "runbooks" / "cart-slow" / "index.html").read_text("utf-8")
    assert "<li>Fehlende Abschnitte: Diagnose, Eskalation, " in html
    assert '<li lang="en" dir="ltr">line 10: text before' in html


def test_what_stands_in_sections_is_shown_as_steps_and_no_block_is_lost() -> None:
    shown = handout(WITH_STEPS)
    assert "## Diagnosis" in shown
    assert "1. Look" in shown
    for text in ("kubectl get pods", "nothing printed this", "date"):
        assert text in shown


def test_the_closing_line_of_a_check_counts_drafts(tmp_path: Path) -> None:
    files = {"runbooks/cart-slow.md": WITH_STEPS, "runbooks/cart-down.md": PLAIN_RUNBOOK}
    counts = "2 runbooks (1 draft): no problem found"
    done = run_command("opsbook", "check", folder=write(tmp_path, files))
    assert (done.returncode, done.stderr) == (0, "")
    assert counts in done.stdout
    assert "1 draft to finish; `--drafts` lists what is missing" in done.stdout


def test_a_draft_that_lacks_nothing_is_told(tmp_path: Path) -> None:
    text = DONE.replace("owner: team", "owner: team\nreview_every: 730")
    said = lines(write(tmp_path, {"runbooks/cart-down.md": text}))
    assert said == ["runbooks/cart-down.md:3:9: note: nothing is missing any more; it can lose `status: draft`"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("severity: critical", "severity: P1", "`P1` is not"),
        ("owner: team", "owner: nobody", "nobody"),
        ("status: draft", "status: published", "`published` is not"),
        ("The cart answers no more.", "See [it](gone.md).", "no runbook has the id `gone`"),
        (
            "items: [first]",
            "variables: [{name: POD, description: It., pattern: '.*', example: x}]",
            "`$POD` is not quoted",
        ),
    ],
)
def test_a_draft_is_refused_for_what_is_wrong_in_it(old: str, new: str, problem: str) -> None:
    text = DONE.replace(old, new).replace(
        "kubectl get pods", "kubectl get $POD" if "POD" in new else "kubectl get pods"
    )
    with pytest.raises(ProblemsError) as raised:
        site_of({"runbooks/cart-down.md": text})
    assert any(problem in each.message for each in raised.value.problems), raised.value.problems


@pytest.mark.parametrize("key", ["summary", "severity", "owner", "reviewed"])
def test_a_finished_runbook_needs_what_a_draft_may_leave_out(key: str) -> None:
    text = "\n".join(line for line in PLAIN_RUNBOOK.split("\n") if not line.startswith(f"{key}:"))
    with pytest.raises(ProblemsError, match=f"the key `{key}` is missing; it is required here"):
        site_of({"runbooks/cart-down.md": text})
