"""Find out where a list comes from: its address as `checklist.yml` remembers it, and which version it is."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from opsbook.cli.git import git_says
from opsbook.nouns.checklist.model import UpstreamList
from opsbook.source.text import read_bytes


def is_web_address(address: str) -> bool:
    """Return whether `address` is one of the web, which is remembered for people and not fetched."""
    return address.startswith(("https://", "http://"))


def origin_of(file: Path, checklist: Path, before: UpstreamList | None = None) -> UpstreamList:
    """Return the address of `file` as seen from `checklist`, and its version. A web address from `before` stays."""
    address = Path(os.path.relpath(file.absolute(), checklist.absolute().parent)).as_posix()
    if before and is_web_address(before.address):
        address = before.address
    return UpstreamList(address=address, version=_version(file, checklist))


def origin_file(upstream: UpstreamList, checklist: Path) -> Path:
    """Return the file that `upstream` names."""
    return Path(os.path.normpath(checklist.parent / upstream.address))


def _version(file: Path, checklist: Path) -> str:
    """Return the tag or commit of another repository that `file` is tracked in, unchanged; else a hash of it."""
    top = git_says(file.absolute().parent, "rev-parse", "--show-toplevel")
    if top and top != git_says(checklist.absolute().parent, "rev-parse", "--show-toplevel"):
        folder, name = file.absolute().parent, file.name
        is_tracked = git_says(folder, "ls-files", "--error-unmatch", "--", name)
        is_clean = is_tracked and git_says(folder, "status", "--porcelain", "--", name) == ""
        if is_clean and (described := git_says(folder, "describe", "--tags", "--always")):
            return described
    return f"sha256:{hashlib.sha256(read_bytes(file, file.as_posix())).hexdigest()}"
