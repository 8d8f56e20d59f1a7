"""What of a project is trusted: the programs and templates of its own that a build runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.macro.load import MODULE
from opsbook.source.files import regular_files
from opsbook.source.sitefile import SiteFile

DRAWINGS = "diagrams"


def trusted(root: Path, site: SiteFile) -> Iterator[str]:
    """Yield what a build of the repository `root` runs, in words: drawings, macros, hooks, templates of its theme."""
    scripts = sum(1 for _ in regular_files(root / DRAWINGS, ".py"))
    if scripts:
        yield f"{DRAWINGS}/ ({scripts} script{'s' * (scripts != 1)})"
    named = [f"{module}.py" for module in site.macro_modules if (root / f"{module}.py").is_file()]
    yield from named or ([MODULE] if (root / MODULE).is_file() else [])
    yield from site.hooks
    if site.custom_dir:
        yield f"{site.custom_dir}/ (templates)"
