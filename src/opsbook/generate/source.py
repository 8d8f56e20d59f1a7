"""The path of a `mkdocs.yml` in, every file of the plain source out.

The build runs as far as the Markdown. Then, in place of HTML, each page is written as what it is by then.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from opsbook.assembly.load import WITH_PROSE
from opsbook.generate.configuration import DOCS, OVERRIDES, configuration
from opsbook.markup.files import folder_markup
from opsbook.mkdocs.compat.macros import SWITCH
from opsbook.mkdocs.rehearsal import ReadPage, ReadSite, Rehearsal, rehearsal
from opsbook.problems import ProblemsError, Severity


def source_files(config_file: Path) -> dict[str, bytes]:
    """The files of the plain source, by path. Raises what a build of the same `config_file` raises.

    Nothing cleans the pages on the other side, so what cleaning would take out of them is an error here.
    """
    with rehearsal(config_file) as build:
        refuse_markup(build)
        return dict(_files(build.run(), build.root))


def refuse_markup(build: Rehearsal) -> None:
    """Raise ProblemsError with every construct in the sources that a page may not hold."""
    found = list(folder_markup(build.root, build.docs, WITH_PROSE, build.raw))
    if found:
        raise ProblemsError(replace(problem, severity=Severity.ERROR) for problem in found)


def _files(site: ReadSite, root: Path) -> Iterator[tuple[str, bytes]]:
    yield "mkdocs.yml", configuration(site.settings).encode()
    for page in site.pages:
        yield f"{DOCS}/{page.path}", _document(page).encode()
    for path, content in site.files.items():
        yield f"{DOCS}/{path}", content
    for path, content in site.templates.items():
        yield f"{OVERRIDES}/{path}", content
    for hook in site.settings.written.get("hooks", []):
        yield hook, (root / hook).read_bytes()


def _document(page: ReadPage) -> str:
    """The file of `page`: as it was written where nothing changed, else its front matter and Markdown anew."""
    said = _plain_meta(page.meta)
    if page.markdown == page.written_markdown and said == page.written_meta:
        return page.written
    front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000) if said else ""
    return (f"---\n{front}---\n\n" if front else "") + page.markdown.rstrip() + "\n"


def _plain_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Front matter for an engine that runs no macros and that prints a title as it is."""
    title = {"title": html.escape(html.unescape(str(meta["title"])), quote=False)} if "title" in meta else {}
    return {key: value for key, value in {**meta, **title}.items() if key != SWITCH}
