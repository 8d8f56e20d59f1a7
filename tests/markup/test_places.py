from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from commands import run_command
from opsbook.nouns.post_mortem.model import SECTIONS
from small_site import CONFIG, build, write

PROBE = '<i data-probe onprobe="">x</i> ![p](https://e.example/p.png) [l](javascript:)'
STEP = PROBE.replace('onprobe=""', "onprobe")
FAULTS = (
    "the attributes data-probe, onprobe are not allowed on <i>; leave them out",
    "a picture of another host (e.example) is not shown; put the file into docs/",
    "a link may not lead to javascript:…; allowed: http, https, mailto, tel, or a path of this site",
)
RUNBOOK = f"""\
---
id: slow
title: It is slow
summary: It is slow.
severity: warning
owner: team
reviewed: 2026-01-01
---

## Meaning

{PROBE}

## Impact

Slow.

## Diagnosis

### 1. Look {STEP} {{#look}}

Look. {PROBE}

```bash {{.read}}
uptime
```

## Mitigation

{PROBE}

### 2. Restart {{#restart}}

```bash {{.change}}
systemctl restart shop
```

**Verify:** {PROBE}

```bash {{.read}}
uptime
```

**Undo:** nothing.

## Verify

### 3. See {{#see}}

```bash {{.read}}
uptime
```

```output
up
```

## Escalation

The team.
"""
TRACK = f"""\
---
title: Developer
summary: Begin here.
day-one: [{{page: page.md, do: Read it.}}]
week-one: [{{url: "https://example.org/", title: There, do: Read it.}}]
month-one: [{{url: "https://example.org/more", title: More, do: Read it.}}]
---

{PROBE}
"""
POST_MORTEM = f"""\
---
title: It broke
severity: sev2
draft: true
times: {{started: 2026-01-02T03:04Z}}
---

## Summary

{PROBE}

## Impact

## Timeline

- 2026-01-02 03:04 {PROBE}

"""
LATER = SECTIONS[SECTIONS.index("Timeline") + 1 :]
FILES = {
    "docs/page.md": f"# A page\n\n{PROBE}\n",
    "docs/practices/one/first.md": f"\n## Why it matters\n\n{PROBE}\n",
    "docs/onboarding/developer.md": TRACK,
    "runbooks/slow.md": RUNBOOK,
    "post-mortems/2026-01-02-broke.md": POST_MORTEM + "\n\n".join(f"## {name}" for name in LATER),
}


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", *arguments, folder=root)


def _expected(kind: str) -> list[str]:
    found = []
    for path, text in FILES.items():
        hint = ", or name the folder under raw_html" if path.startswith("docs/") else ""
        for number, line in enumerate(text.splitlines(), start=1):
            start = line.find("<i data-probe")
            if start >= 0:
                columns = (start, line.index("![p]"), line.index("[l]"))
                messages = (FAULTS[0] + hint, *FAULTS[1:])
                found += [f"{path}:{number}:{at + 1}: {kind}{said}" for at, said in zip(columns, messages, strict=True)]
    return found


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("probed"), FILES)


def test_check_tells_each_construct_in_each_place_once_and_fails_only_when_it_is_strict(repository: Path) -> None:
    done, strict = _run(repository, "check"), _run(repository, "check", "--strict")
    told = [line for line in done.stderr.splitlines() if "e.example" in line or "javascript" in line or "probe" in line]
    assert sorted(told) == sorted(_expected("warning: "))
    assert (done.returncode, strict.returncode) == (0, 1)
    assert set(_expected("")) <= set(strict.stderr.splitlines())
    assert "Traceback" not in done.stderr + strict.stderr


def test_a_strict_build_fails_on_what_a_page_may_not_hold(repository: Path) -> None:
    done = build(repository, "--strict")
    assert done.returncode == 1
    told = [line.removeprefix("WARNING -  ") for line in done.stderr.splitlines()]
    assert set(_expected("warning: ")) <= set(told)


def test_the_plain_source_is_not_written_where_a_page_holds_what_nothing_would_clean(repository: Path) -> None:
    done = _run(repository, "generate", "plain")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"{len(_expected(''))} problems found"
    assert set(_expected("")) <= set(done.stderr.splitlines())
    assert not (repository / "plain").exists()


def test_a_folder_that_may_hold_raw_html_is_not_judged(tmp_path: Path) -> None:
    config = CONFIG.replace("[search, opsbook]", "\n  - search\n  - opsbook:\n      raw_html: [page.md, practices/one]")
    root = write(tmp_path, {**FILES, "mkdocs.yml": f"{config}extra: {{x: !!python/name:no.such.module.thing }}\n"})
    told = _run(root, "check").stderr
    assert "docs/page.md" not in told
    assert "the attributes data-probe" not in "".join(each for each in told.splitlines() if "practices/one" in each)
    assert "docs/onboarding/developer.md:9:1: warning: the attributes" in told


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("nowhere", "no folder or file `docs/nowhere`"),
        ("../runbooks", "`../runbooks` is not below the folder of the pages; name a folder or a file in it"),
        ("/etc", "`/etc` is not a path below the folder of the pages; write one such as `howto`, with `/` between"),
        ("5", "an entry is the path of a folder or a file, such as `howto` or `howto/widget.md`"),
    ],
)
def test_an_entry_that_names_no_folder_of_the_pages_is_refused_by_check_and_build(
    tmp_path: Path, entry: str, fault: str
) -> None:
    config = CONFIG.replace("[search, opsbook]", f"\n  - opsbook:\n      raw_html:\n        - {entry}")
    root = write(tmp_path, {"mkdocs.yml": config})
    checked, done = _run(root, "check"), build(root, "--strict")
    assert f"mkdocs.yml:7:11: `raw_html`: {fault}" in checked.stderr.splitlines()
    assert (checked.returncode, done.returncode) == (1, 1)
    assert fault in done.stderr
    assert "Traceback" not in done.stderr
