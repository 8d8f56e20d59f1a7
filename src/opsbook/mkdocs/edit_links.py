"""Find the address at which the source file of a page is edited, from the settings that MkDocs has for its own pages.

`edit_uri` and `edit_uri_template` know one folder, that of the hand-written pages. Most sources of generated pages lie
beside it: where the setting ends in that folder, its address is left out and theirs follows from it.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.config_options import EditURITemplate
from mkdocs.config.defaults import MkDocsConfig

_PLACEHOLDER = re.compile(r"\{path(?:_noext)?(?:!\w)?\}")


def edit_url(config: MkDocsConfig, file: Path) -> str | None:
    """Return the address at which `file` is edited; None where the settings of `config` lead to no such address."""
    path, up = _from_docs(Path(config.docs_dir), file)
    if template := config.edit_uri_template:
        text = _lifted(str(template), Path(config.docs_dir), up, before=_PLACEHOLDER.pattern)
        if text is None:
            return None
        stem = posixpath.splitext(path)[0]
        found = EditURITemplate().validate(text).format(path=path, path_noext=stem)
    elif config.edit_uri:
        text = _lifted(config.edit_uri, Path(config.docs_dir), up, before=r"\Z")
        if text is None:
            return None
        found = text + quote(path)
    else:
        return None
    base = config.repo_url or ""
    if base and not base.endswith("/") and not found.startswith(("?", "#")):
        base += "/"
    return urljoin(base, found)


def edit_path(config: MkDocsConfig, file: Path) -> str | None:
    """Return `file` as a path from the folder of the hand-written pages; None where `edit_url` returns None."""
    return _relative(file, Path(config.docs_dir)) if edit_url(config, file) else None


def _relative(file: Path, folder: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()


def _from_docs(docs: Path, file: Path) -> tuple[str, int]:
    """Return the path of `file` below the nearest folder that holds it and `docs`, and how far that is above `docs`."""
    path = _relative(file, docs)
    up = 0
    while path.startswith("../"):
        path, up = path[3:], up + 1
    return path, up


def _lifted(text: str, docs: Path, up: int, *, before: str) -> str | None:
    """Return `text` without the last `up` folders of `docs`, which stand just before the pattern `before`.

    None where others stand there: then the repository that `text` leads to is not laid out like the folders here, and
    what lies beside `docs` has no address in it.
    """
    if not up:
        return text
    names = docs.parts[-up:]
    if len(names) < up or docs.anchor in names:
        return None
    for slash in ("/", "%2F", "%2f"):
        for tail in {slash.join(names), slash.join(map(quote, names))}:
            pattern = rf"(?:(?<=[/?#=&:])|(?<=%2[Ff])|\A){re.escape(tail + slash)}(?={before})"
            found, count = re.subn(pattern, "", text)
            if count:
                return found
    return None
