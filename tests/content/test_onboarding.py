"""The onboarding tracks of this repository."""

from __future__ import annotations

from pathlib import Path


def test_the_developer_track_is_never_sent_to_an_empty_page(site: Path) -> None:
    text = (site / "onboarding" / "developer" / "index.html").read_text("utf-8")
    assert text.count("data-ob-task=") >= 20
    for stage in ("Day one", "Week one", "Month one"):
        assert f">{stage}<" in text
