"""What one check of the content finds in a whole handbook, with its services and roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from opsbook.assembly.load import draft_handbook
from opsbook.content.check import check_content
from opsbook.content.load import load_content
from opsbook.content.model import ContentCheck
from opsbook.source.sitefile import SiteFile
from small_site import write

DAY = date(2026, 11, 23)


def found_in_handbook(check: ContentCheck, root: Path, files: Mapping[str, str]) -> list[str]:
    """The findings of `check` in a handbook with `files`. Raises ProblemsError where it cannot be read."""
    site = SiteFile(docs=write(root, files) / "docs")
    graph = draft_handbook(root, root / "docs", site=site).finish().graph
    content, problems = load_content(root, site, graph, DAY)
    assert problems == ()
    return [str(problem).removesuffix(f" ({check.name})") for problem in check_content(content, [check]).problems]
