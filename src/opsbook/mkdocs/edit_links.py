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

from opsbook.source.web_address import split_address

_OF_FILES = frozenset({"edit", "_edit", "blob", "src"})
"""The parts of addresses at which GitHub, GitLab, Gitea and Forgejo edit or show a file, with `#L42` for a line."""
_PLACEHOLDER = re.compile(r"\{path(?:_noext)?(?:!\w)?\}")


def edit_url(config: MkDocsConfig, file: Path, line: int = 0) -> str | None:
    """Return the address at which `file` is edited; None where the settings of `config` lead to no such address.

    Where the host is known to have addresses of lines, it is that of `line`, unless that is 0.
    """
    found = _file_url(config, file)
    return found + _line_anchor(found, line) if found and line > 1 else found


def _line_anchor(address: str, line: int) -> str:
    """Return what leads to `line` of the file at `address`; an empty text where no such form is known.

    >>> _line_anchor("https://github.com/a/b/edit/main/c.yml", 4), _line_anchor("https://bitbucket.org/a/b/src/c", 4)
    ('#L4', '#lines-4')
    >>> _line_anchor("https://git.example.org/wiki?file=c.yml", 4)
    ''
    """
    parts = split_address(address)
    if parts is None or parts.fragment or parts.query:
        return ""
    if parts.hostname == "bitbucket.org":
        return f"#lines-{line}"
    return f"#L{line}" if _OF_FILES & set(parts.path.split("/")) else ""


def _file_url(config: MkDocsConfig, file: Path) -> str | None:
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


def edit_settings(config: MkDocsConfig) -> str:
    """Return the settings that `edit_url` depends on, as text."""
    return repr((config.repo_url, config.edit_uri, str(config.edit_uri_template or ""), Path(config.docs_dir).name))


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
