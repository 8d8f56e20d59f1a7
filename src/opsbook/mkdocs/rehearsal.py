"""Run a build as far as the Markdown: the engine makes its pages and the macros run, but no HTML is made.

MkDocs has one function for a whole build and none for a part of it, so its steps are repeated here one by one:
https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L264-L315
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir
from mkdocs.utils.meta import get_data

from opsbook.mkdocs.compat.config import root_of
from opsbook.mkdocs.compat.snippets import with_snippets
from opsbook.mkdocs.effective import Settings, settings_of
from opsbook.mkdocs.explained import explained
from opsbook.mkdocs.keeping import Keeping, keeping_of
from opsbook.mkdocs.machine_files import is_carried
from opsbook.mkdocs.site_of import site_of
from opsbook.mkdocs.wrapping import plain_templates
from opsbook.site.kept import Kept
from opsbook.source.block_writer import NOTHING
from opsbook.source.commonmark import as_github_reads


@dataclass(frozen=True)
class ReadPage:
    """A page with finished Markdown: the text of its file, and what plugins and macros have made of it."""

    path: str
    written: str
    """The whole file, front matter and all."""
    written_markdown: str
    written_meta: Mapping[str, Any]
    markdown: str
    """With tokens for the engine's own HTML."""
    meta: Mapping[str, Any]
    kept: Kept
    """The HTML that the tokens stand for."""
    destination: str
    """The file of the site that the page becomes."""
    is_hidden: bool
    """Whether the page is published and named by `not_in_nav`."""


@dataclass(frozen=True)
class ReadSite:
    """A site with the finished Markdown of every page."""

    settings: Settings
    pages: tuple[ReadPage, ...]
    files: Mapping[str, bytes]
    """The files that are no pages, by their paths in the site."""
    templates: Mapping[str, bytes]
    """The templates that differ from the theme's own, by their names."""


class Rehearsal:
    """A build of the site of `config`, which has not begun."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        plugin = config.plugins.get("opsbook")
        self.root = root_of(config)
        self.docs = Path(config.docs_dir)
        self.site = site_of(config)
        self.raw: tuple[str, ...] = tuple(plugin.config["raw_html"]) if plugin else ()
        """The folders and files below `docs` that may hold raw HTML."""

    def run(self) -> ReadSite:
        """Return the site. Raises whatever a build of it raises."""
        plugins = self._config.plugins
        plugins.on_startup(command="build", dirty=False)
        try:
            return _read_site(self._config)
        finally:
            plugins.on_shutdown()


@contextmanager
def rehearsal(config_file: Path) -> Iterator[Rehearsal]:
    """Yield the rehearsal of the site of `config_file`. Raises whatever MkDocs raises for a wrong configuration."""
    with tempfile.TemporaryDirectory(prefix="opsbook-") as site:  # For plugins that make it ready; nothing is built.
        yield Rehearsal(load_config(config_file=str(config_file), site_dir=site))


def _read_site(config: MkDocsConfig) -> ReadSite:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    environment = config.theme.get_env()
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    pages = [_read(file.page or Page(None, file, config), config, files) for file in files.documentation_pages()]
    config.plugins.on_env(environment, config=config, files=files)
    media = (file for file in files if not file.is_documentation_page())
    others = {file.src_uri: file.content_bytes for file in media if is_carried(file)}
    # A plugin may change the front matter of a page until the last one is read.
    read = tuple(_read_page(page, keeping_of(config)) for page in pages)
    return ReadSite(settings_of(config), read, others, _templates(config))


def _read(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Return `page` with the Markdown that the macros leave."""
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    # What extensions of this site would do, and those of another engine do not: snippets, and the blocks of GitHub.
    read = as_github_reads(with_snippets(config, markdown)).replace(NOTHING, "<!-- -->")
    page.markdown = explained(read, page.file.src_uri, config)
    return page


def _read_page(page: Page, keeping: Keeping) -> ReadPage:
    written, path = page.file.content_string, page.file.src_uri
    markdown, meta = get_data(written)
    found, said = page.markdown or "", dict(page.meta)
    is_hidden = page.file.inclusion.is_not_in_nav()
    return ReadPage(path, written, markdown, meta, found, said, keeping.kept(path), page.file.dest_uri, is_hidden)


def _templates(config: MkDocsConfig) -> Mapping[str, bytes]:
    """Return each template that goes before the theme's own, by its name."""
    theme = Path(get_theme_dir(config.theme.name or ""))
    folders = [Path(folder) for folder in config.theme.dirs]
    own = folders[: folders.index(theme)]
    found = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for folder in reversed(own)  # If two folders have a template of one name, the first one wins.
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    return plain_templates(found, lambda name: (theme / name).read_bytes())
