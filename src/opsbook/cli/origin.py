"""Find out where a list comes from: its address as `checklist.yml` remembers it, and which version it is."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from opsbook.cli.imported import chosen_columns
from opsbook.convert.importer import ImportOptions
from opsbook.convert.sources.choice import FORMS
from opsbook.convert.sources.form import READERS
from opsbook.convert.sources.presets import PRESETS
from opsbook.nouns.checklist.model import UpstreamList
from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.git import git_says
from opsbook.source.text import read_bytes


def is_web_address(address: str) -> bool:
    """Return whether `address` is one of the web, which is remembered for people and not fetched."""
    return address.startswith(("https://", "http://"))


def remembered_options(upstream: UpstreamList, given: ImportOptions, name: str) -> ImportOptions:
    """Return the options that the list was imported with, as `upstream` of the checklist `name` says; `given` ones win.

    Raise ProblemsError where it names one that there is not.
    """
    for key, value, known in (
        ("preset", upstream.preset, (*READERS, *PRESETS)),
        ("items", upstream.items, FORMS),
    ):
        if value and value not in known:
            message = f"`{key}` of upstream: unknown `{value}`; {did_you_mean(value, known, most=len(known))}"
            raise ProblemsError([Problem(name, 0, 0, message)])
    try:
        columns = chosen_columns(upstream.columns or "")
    except ValueError as error:
        raise ProblemsError([Problem(name, 0, 0, f"`columns` of upstream: {error}")]) from None
    return ImportOptions(
        given.preset or upstream.preset or "",
        given.items or upstream.items or "",
        given.sheet or upstream.sheet or "",
        given.columns or columns,
        given.base or upstream.base or "",
    )


def origin_of(file: Path, checklist: Path, options: ImportOptions, before: UpstreamList | None = None) -> UpstreamList:
    """Return where `file`, read with `options`, lies as seen from `checklist`, and its version.

    A web address from `before` stays.
    """
    address = Path(os.path.relpath(file.absolute(), checklist.absolute().parent)).as_posix()
    if before and is_web_address(before.address):
        address = before.address
    return UpstreamList(
        address=address,
        preset=options.preset or None,
        items=options.items or None,
        sheet=options.sheet or None,
        columns=",".join(f"{role}={column}" for column, role in options.columns.items()) or None,
        base=options.base or None,
        version=_version(file, checklist),
    )


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
