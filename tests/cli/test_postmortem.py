"""`opsbook post-mortem new`, as somebody types it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from commands import run_command
from small_site import built, write


def run(root: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return run_command("opsbook", "post-mortem", "new", *arguments, folder=root, typed=typed)


def test_it_writes_a_draft_that_builds(tmp_path: Path) -> None:
    root = write(tmp_path, {})
    typed = "- 2026-03-04 10:01 Seen\n- 2026-03-04 10:20 Rolled back\n"
    times = ("--started", "2026-03-04T10:00Z", "--detected", "2026-03-04 10:01 UTC")
    done = run(root, 'Orders "down": é', "--severity", "sev1", *times, "--timeline", "-", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("post-mortems/2026-03-04-orders-down-e.md: written\nnext: ")
    text = (root / "post-mortems" / "2026-03-04-orders-down-e.md").read_text("utf-8")
    assert text.startswith(
        '---\ntitle: "Orders \\"down\\": é"\nseverity: sev1\ndraft: true\ntimes:\n'
        "  started: 2026-03-04T10:00Z\n  detected: 2026-03-04T10:01Z\n  mitigated: \n"
    )
    page = (built(root) / "post-mortems" / "2026-03-04-orders-down-e" / "index.html").read_text("utf-8")
    assert "Rolled back" in page
    assert "Still to write: when it was mitigated" in page


def test_it_never_writes_over_a_post_mortem(tmp_path: Path) -> None:
    root = write(tmp_path, {"post-mortems/2026-03-04-x.md": "mine"})
    done = run(root, "X", "--started", "2026-03-04T10:00Z")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        "post-mortems/2026-03-04-x.md: this post-mortem exists already; choose another title"
    )
    assert (root / "post-mortems" / "2026-03-04-x.md").read_text("utf-8") == "mine"


def test_a_time_without_utc_is_refused(tmp_path: Path) -> None:
    done = run(write(tmp_path, {}), "X", "--started", "2026-03-04 10:00")
    assert done.returncode == 2
    assert "`2026-03-04 10:00` is not a time in UTC; allowed: such as 2026-11-23T14:05Z" in done.stderr


def test_the_template_of_the_repository_wins(tmp_path: Path) -> None:
    root = write(tmp_path, {"post-mortems/template.md": "ours: {title} {unknown}\n"})
    assert run(root, "X", "--started", "2026-03-04T10:00Z").returncode == 0
    assert (root / "post-mortems" / "2026-03-04-x.md").read_text("utf-8") == 'ours: "X" {unknown}\n'
