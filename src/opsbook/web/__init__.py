"""The small scripts and styles that the site ships, and the few templates that differ from the theme's."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from opsbook.nouns.drawing.style import page_css
from opsbook.site.page import Asset

STYLES = (
    "assets/opsbook/opsbook.css",
    "assets/opsbook/drawings.css",
    "assets/opsbook/runbook.css",
    "assets/opsbook/written.css",
    "assets/opsbook/reference.css",
)
SCRIPTS = ("assets/opsbook/opsbook.js",)


def assets() -> Iterator[Asset]:
    """Every style and script, at its address in the site."""
    yield Asset("assets/opsbook/drawings.css", page_css())
    for entry in sorted(resources.files(__name__).joinpath("assets").iterdir(), key=lambda each: each.name):
        yield Asset(f"assets/opsbook/{entry.name}", entry.read_bytes())
    # Beside the theme's own, which finds its languages relative to where it runs.
    worker = resources.files(__name__).joinpath("workers", "opsbook.js")
    yield Asset("assets/javascripts/workers/opsbook.js", worker.read_bytes())
