"""Find what a strict build refuses in the links of pages and in `nav`, without a build.

MkDocs judges the links of a page while it renders it. Here only pages are rendered that seem to hold a link to nothing,
so that most checks render none. No hook runs, and no event of another plugin: where one of those may make pages, or
change their text, links cannot be judged, and `unjudged` says so.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs import structure
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from opsbook.assembly.published import Published
from opsbook.mkdocs import defaults
from opsbook.mkdocs.compat.logs import warnings_of
from opsbook.mkdocs.compat.pages import add_anchors, generated_file
from opsbook.mkdocs.files import leave_out
from opsbook.mkdocs.link_faults import LinkFaults
from opsbook.mkdocs.missing_assets import missing_assets
from opsbook.mkdocs.own_navigation import site_navigation
from opsbook.mkdocs.site_of import inclusion, language_of, site_of
from opsbook.mkdocs.static_files import missing_templates
from opsbook.problems import Problem
from opsbook.site.document import document_text
from opsbook.site.page import Page as SitePage
from opsbook.source.files import shown_path
from opsbook.source.text import read_text

JUDGED = frozenset(
    {"macros", "meta", "minify", "offline", "opsbook", "privacy", "redirects", "search", "tags"}
    | {"git-revision-date-localized"}
)
"""The plugins that neither make pages that others link to nor change links."""
CHANGES = ("on_files", "on_nav", "on_pre_page", "on_page_read_source", "on_page_markdown")
"""The events in which a plugin may do either."""
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s>]+)", re.MULTILINE)
_INCLUDES = ("--8<--", ";--")
_KNOWN_EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "md_in_html"),
    *("meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "markdown.", "pymdownx.", "opsbook."),
)
_ID = re.compile(r'\bid="([^"<>]+)"')


@dataclass(frozen=True)
class Sources:
    """Where the pages of a site are written: the root, the folder of the pages, and the configuration."""

    root: Path
    docs: Path
    config_file: Path


def unjudged(config: MkDocsConfig, root: Path, hooks: Iterable[str]) -> tuple[str, ...]:
    """Return the plugins and hooks that may make pages or change their text, so that only a build knows the links.

    A hook, whose path is one from `root`, is not run: it may do either where its text names one of the events.
    """
    texts = {hook: read_text(root / hook, hook) for hook in hooks if (root / hook).is_file()}
    named = (hook for hook, text in texts.items() if any(event in text for event in CHANGES))
    others = ((name, plugin) for name, plugin in config.plugins.items() if name.rpartition("/")[2] not in JUDGED)
    return (*(name for name, plugin in others if any(hasattr(plugin, event) for event in CHANGES)), *named)


def build_verdict(config: MkDocsConfig, published: Published, sources: Sources) -> tuple[Problem, ...]:
    """Return what a strict build of `config` refuses in the links of the pages and in `nav`."""
    site = published.site
    said = site_of(config)
    defaults.apply(config, language_of(config))
    files = get_files(config)
    leave_out(files, site.gone)
    for page in site.pages:
        level = inclusion(page.path, said)
        _replace(files, generated_file(config, page.path, document_text(page), level))
    for path in (*(asset.path for asset in site.assets), *published.others):
        _replace(files, generated_file(config, path, "", InclusionLevel.UNDEFINED))
    set_exclusions(files, config)
    if config.nav is not None:
        config.nav = site_navigation(config, files, site, published.graph)
    with warnings_of(structure.__name__) as of_nav:
        get_navigation(files, config)
    problems = [_in_configuration(each, sources) for each in of_nav] if config.nav is not None else []
    problems += (_at(name, message, sources) for name, message in missing_templates(config, files))
    problems += missing_assets(config, files)
    generated = {page.path: page for page in site.pages}
    with warnings_of(structure.__name__) as of_pages:
        rendered = list(_rendered(files, config, generated, published.on_page))
        for each in rendered:
            each.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    faults = LinkFaults(published)
    return (*problems, *filter(None, map(faults.problem, of_pages)))


def _replace(files: Files, file: File) -> None:
    if old := files.get_file_from_path(file.src_uri):
        files.remove(old)
    files.append(file)


def _rendered(
    files: Files, config: MkDocsConfig, generated: dict[str, SitePage], on_page: Callable[[str, str], str]
) -> Iterator[Page]:
    """Render the pages whose links have to be judged, and yield them."""
    is_every = config.validation.links.anchors >= logging.WARNING or not all(
        name.startswith(_KNOWN_EXTENSIONS) for name in config.markdown_extensions
    )
    for file in files.documentation_pages():
        text = file.content_string
        if is_every or (
            _is_suspect(text, file, files, config) and _is_suspect(on_page(text, file.src_uri), file, files, config)
        ):
            page = file.page or Page(None, file, config)
            page.read_source(config)
            page.markdown = on_page(page.markdown or "", file.src_uri)
            page.render(config, files)
            kept = generated[file.src_uri].kept.values() if file.src_uri in generated else ()
            add_anchors(page, (id for fragment in kept for id in _ID.findall(fragment.html)))
            yield page


def _is_suspect(text: str, file: File, files: Files, config: MkDocsConfig) -> bool:
    """Return whether `text`, that of a page, seems to hold a link to what is not there."""
    if any(mark in text for mark in _INCLUDES):
        return True
    levels = config.validation.links
    for match in _TARGET.finditer(text):
        target = match[1] or match[2] or ""
        parts = urlsplit(target) if "[" not in target else None
        if parts is None or (target.startswith(("/", "\\")) and levels.absolute_links != logging.INFO):
            return True
        if parts.scheme or parts.netloc or not parts.path or target.startswith("/"):
            continue
        found = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), unquote(parts.path)))
        if files.get_file_from_path(found) is None:
            return True
    return False


def _in_configuration(said: str, sources: Sources) -> Problem:
    """Return what MkDocs `said` of `nav` as a problem at the line of `mkdocs.yml`."""
    entry = re.search(r"to '([^']*)'", said)
    return _at(entry[1] if entry else "nav:", " ".join(said.split()).rstrip("."), sources)


def _at(wanted: str, message: str, sources: Sources) -> Problem:
    """Return the problem `message` at the first place of `mkdocs.yml` where `wanted` stands."""
    name = shown_path(sources.config_file, sources.root)
    lines = read_text(sources.config_file, name).split("\n")
    line, column = next(
        ((at, text.index(wanted) + 1) for at, text in enumerate(lines, start=1) if wanted in text), (0, 0)
    )
    return Problem(name, line, column, message)
