"""The path of a `mkdocs.yml` in, every file of the plain source out.

The build runs as far as the Markdown: the engine makes its pages, the macros run. Then, in place of HTML, each page is
written as what it is by then.
"""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir
from mkdocs.utils.meta import get_data

from opsbook.assembly.load import WITH_PROSE
from opsbook.generate.configuration import DOCS, OVERRIDES, configuration, user_settings
from opsbook.markup.files import folder_markup
from opsbook.mkdocs.keeping import keeping_of
from opsbook.problems import ProblemsError, Severity

MACROS_SWITCH = "render_macros"


def source_files(config_file: Path) -> dict[str, bytes]:
    """The files of the plain source, by path. Raises what a build of the same `config_file` raises.

    Nothing cleans the pages on the other side, so what cleaning would take out of them is an error here.
    """
    with tempfile.TemporaryDirectory(prefix="opsbook-") as site:  # For plugins that make it ready; nothing is built.
        config = load_config(config_file=str(config_file), site_dir=site)
        refuse_markup(config)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            return dict(_files(config))
        finally:
            config.plugins.on_shutdown()


def refuse_markup(config: MkDocsConfig) -> None:
    """Raise ProblemsError with every construct in the sources that a page may not hold."""
    plugin = config.plugins.get("opsbook")
    raw = plugin.config["raw_html"] if plugin else []
    root = Path(config.config_file_path).parent
    found = list(folder_markup(root, Path(config.docs_dir), WITH_PROSE, raw))
    if found:
        raise ProblemsError(replace(problem, severity=Severity.ERROR) for problem in found)


def _files(config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    environment = config.theme.get_env()
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    pages = [_read(page, config, files) for page in _pages(files, config)]
    config.plugins.on_env(environment, config=config, files=files)
    yield "mkdocs.yml", configuration(config).encode()
    for page in pages:
        yield f"{DOCS}/{page.file.src_uri}", _document(page).encode()
    for file in files:
        if not file.is_documentation_page():
            yield f"{DOCS}/{file.src_uri}", file.content_bytes
    yield from _overrides(config)
    for hook in user_settings(config).get("hooks", []):
        yield hook, (Path(config.config_file_path).parent / hook).read_bytes()


def _pages(files: Files, config: MkDocsConfig) -> Iterator[Page]:
    for file in files.documentation_pages():
        yield file.page or Page(None, file, config)


def _read(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """`page` with its Markdown as the macros leave it, and the engine's own HTML in it."""
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.markdown = keeping_of(config).markdown(page.file.src_uri, markdown)
    return page


def _document(page: Page) -> str:
    """The file of `page`: as it was written where nothing changed, else its front matter and Markdown anew."""
    written = page.file.content_string
    markdown, meta = get_data(written)
    said = _plain_meta(dict(page.meta))
    if page.markdown == markdown and said == meta:
        return written
    front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000) if said else ""
    return (f"---\n{front}---\n\n" if front else "") + (page.markdown or "").rstrip() + "\n"


def _plain_meta(meta: dict[str, Any]) -> dict[str, Any]:
    """Front matter for an engine that runs no macros and that prints a title as it is."""
    title = {"title": html.escape(html.unescape(str(meta["title"])), quote=False)} if "title" in meta else {}
    return {key: value for key, value in {**meta, **title}.items() if key != MACROS_SWITCH}


def _overrides(config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
    """The templates that differ from the theme's own, merged as the build looks them up: the first folder wins."""
    folders = [Path(folder) for folder in config.theme.dirs]
    own = folders[: folders.index(Path(get_theme_dir(config.theme.name or "")))]
    for folder in reversed(own):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{OVERRIDES}/{path.relative_to(folder).as_posix()}", path.read_bytes()
