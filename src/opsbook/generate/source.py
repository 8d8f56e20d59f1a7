"""Make every file of the plain source of a site from its `mkdocs.yml`.

A build runs as far as the Markdown. Then each page is written as Markdown instead of HTML.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from opsbook.assembly.strays import unread_files
from opsbook.assembly.tree import WITH_PROSE
from opsbook.generate.configuration import DOCS, OVERRIDES, configuration
from opsbook.generate.hooks import hook_files, hook_problems, hooks_of
from opsbook.generate.indexes import moved_pages, relinked
from opsbook.generate.jinja import jinja_problems
from opsbook.generate.words import with_words
from opsbook.markup.files import folder_markup
from opsbook.mkdocs.compat.macros import SWITCH
from opsbook.mkdocs.rehearsal import ReadPage, ReadSite, Rehearsal, rehearsal
from opsbook.problems import Problem, ProblemsError, Severity
from opsbook.site.filling import fill_markdown


@dataclass(frozen=True)
class Source:
    """The plain source of a site."""

    files: Mapping[str, bytes]
    """All files, by path."""
    warnings: tuple[Problem, ...]
    """What one of the other engines will not do, and what lies beside the sources and is no part of the site."""


def plain_source(config_file: Path) -> Source:
    """Return the plain source. Raises whatever a build of the same `config_file` raises.

    Another site engine does not clean the pages, so what cleaning would remove from them is an error here.
    """
    with rehearsal(config_file) as build:
        refuse_markup(build)
        site = build.run()
        warnings = (*_warnings(site, build.root), *unread_files(build.root, build.docs, build.site))
        return Source(dict(_files(site, build.root)), tuple(sorted(warnings, key=lambda each: each.order)))


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
        text = _document(page, relinked(page.markdown, page.path, moved, known), shows_tags=site.settings.shows_tags)
        yield f"{DOCS}/{moved.get(page.path, page.path)}", text.encode()
    for path, content in site.files.items():
        yield f"{DOCS}/{path}", content
    for path, content in site.templates.items():
        yield f"{OVERRIDES}/{path}", content
    for hook in hooks_of(site.settings.hooks):
        yield from hook_files(hook, root)


def _warnings(site: ReadSite, root: Path) -> Iterator[Problem]:
    for hook in hooks_of(site.settings.hooks):
        yield from hook_problems(hook, root)
    yield from jinja_problems(site.templates, site.settings.written.get("theme"), root)


def _document(page: ReadPage, markdown: str, *, shows_tags: bool) -> str:
    """Return the text of the file of `page` with `markdown`. Front matter that is the same stays as it was written."""
    said = _plain_meta(page.meta, shows_tags=shows_tags)
    markdown = with_words(fill_markdown(markdown, page.kept), page.meta, page.path)
    if said == page.written_meta and page.written.endswith(page.written_markdown):
        return page.written.removesuffix(page.written_markdown) + markdown.rstrip() + "\n"
    front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000) if said else ""
    return (f"---\n{front}---\n\n" if front else "") + markdown.rstrip() + "\n"


def _plain_meta(meta: Mapping[str, Any], *, shows_tags: bool) -> dict[str, Any]:
    """Return the front matter for an engine that runs no macros, prints titles unescaped and shows tags unasked."""
    title = {"title": html.escape(html.unescape(str(meta["title"])), quote=False)} if "title" in meta else {}
    is_shown = shows_tags or not meta.get("tags")
    hide = {} if is_shown else {"hide": [*(each for each in meta.get("hide") or () if each != "tags"), "tags"]}
    return {key: value for key, value in {**meta, **title, **hide}.items() if key != SWITCH}
