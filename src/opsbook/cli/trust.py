"""List the programs and templates of a project that a build runs, and which are therefore trusted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.drawing.load import script_files
from opsbook.problems import counted
from opsbook.source.sitefile import MacroSettings, SiteFile

DRAWINGS = "diagrams"
DEFAULT = MacroSettings()


def trusted(root: Path, site: SiteFile, *, is_tried: bool = False) -> Iterator[str]:
    """Yield what a build of the repository `root` runs, in words: drawings, macros, hooks, and templates of its own.

    `is_tried` means that the check itself has run the macros too.
    """
    scripts = sum(1 for _ in script_files(root / DRAWINGS))
    if scripts:
        yield f"{DRAWINGS}/ ({counted(scripts, 'script')})"
    files = dict.fromkeys(each.file for each in (site.macros, DEFAULT) if each)
    found = next((file for file in files if (root / file).is_file()), None)
    if found:
        yield f"{found} (this check ran it too)" if is_tried else found
    yield from site.hooks
    if site.custom_dir:
        yield f"{site.custom_dir}/ (templates)"
