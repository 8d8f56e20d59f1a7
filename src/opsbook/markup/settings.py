"""Check the plugin's option `raw_html`, which names folders and files that may hold raw HTML."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

OPTION = "raw_html"
PLUGIN = "opsbook"


def form_fault(name: object) -> str | None:
    """Return what is wrong with the form of one entry of the option, whatever the disk holds; None if nothing is."""
    if not isinstance(name, str) or not name.strip():
        return "an entry is the path of a folder or a file, such as `howto` or `howto/widget.md`"
    path = PurePosixPath(name)
    if path.is_absolute() or PureWindowsPath(name).drive or "\\" in name:
        return f"`{name}` is not a path below the folder of the pages; write one such as `howto`, with `/` between"
    if ".." in path.parts or not path.parts:
        return f"`{name}` is not below the folder of the pages; name a folder or a file in it"
    return None


def missing_entry_fault(name: str, docs: Path) -> str | None:
    """Return what is wrong with an entry that names nothing below `docs`; None where it names something."""
    return None if (docs / name).exists() else f"no folder or file `{docs.name}/{name}`"
