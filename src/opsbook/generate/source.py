"""Make every file of the plain source of a site from its `mkdocs.yml`.

A build runs as far as the Markdown. Then each page is written as Markdown instead of HTML.
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
from opsbook.generate.indexes import moved_pages, relinked
from opsbook.markup.files import folder_markup
from opsbook.mkdocs.compat.macros import SWITCH
from opsbook.mkdocs.rehearsal import ReadPage, ReadSite, Rehearsal, rehearsal
from opsbook.problems import ProblemsError, Severity
from opsbook.site.filling import fill_markdown


def source_files(config_file: Path) -> dict[str, bytes]:
    """Return the files of the plain source, by path. Raises whatever a build of the same `config_file` raises.

    Another site engine does not clean the pages, so what cleaning would remove from them is an error here.
    """
    with rehearsal(config_file) as build:
        refuse_markup(build)
        return dict(_files(build.run(), build.root))


def refuse_markup(build: Rehearsal) -> None:
    """Raise ProblemsError with every construct in the sources that a page may not contain."""
    found = list(folder_markup(build.root, build.docs, WITH_PROSE, build.raw, build.site))
    if found:
        raise ProblemsError(replace(problem, severity=Severity.ERROR) for problem in found)


def _files(site: ReadSite, root: Path) -> Iterator[tuple[str, bytes]]:
    moved, known = moved_pages(site.pages), {*(page.path for page in site.pages), *site.files}
    hidden = [moved[page.path] for page in site.pages if page.is_hidden and page.path in moved]
    yield "mkdocs.yml", configuration(site.settings, moved, hidden).encode()
    for page in site.pages:
        markdown = relinked(page.markdown, page.path, moved, known)
        yield f"{DOCS}/{moved.get(page.path, page.path)}", _document(page, markdown).encode()
    for path, content in site.files.items():
        yield f"{DOCS}/{path}", content
    for path, content in site.templates.items():
        yield f"{OVERRIDES}/{path}", content
    for hook in site.settings.written.get("hooks", []):
        yield hook, (root / hook).read_bytes()


def _document(page: ReadPage, markdown: str) -> str:
    """Return the text of the file of `page` with `markdown`: as it was written if nothing changed, else made anew."""
    said = _plain_meta(page.meta)
    markdown = fill_markdown(markdown, page.kept)
    if markdown == page.written_markdown and said == page.written_meta:
        return page.written
    front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000) if said else ""
    return (f"---\n{front}---\n\n" if front else "") + markdown.rstrip() + "\n"


def _plain_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter for an engine that runs no macros and prints titles unescaped."""
    title = {"title": html.escape(html.unescape(str(meta["title"])), quote=False)} if "title" in meta else {}
    return {key: value for key, value in {**meta, **title}.items() if key != SWITCH}
