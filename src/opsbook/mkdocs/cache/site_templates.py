"""Say what the templates of a theme and of a site are, and what those of a site may print beside the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_build_date

from opsbook.mkdocs.compat.theme import THEME
from opsbook.mkdocs.wrapping import OVERRIDES
from opsbook.versions import folder_digest

_BIG = frozenset({"__pycache__", ".icons", "assets"})
"""Folders of the theme whose files change with its version alone. A page holds an icon of them, or an address."""
_PICTURES = frozenset({".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".ttf", ".webp", ".woff", ".woff2"})
_TIMES = re.compile(r"\b(?:build_date_utc|update_date|now)\b")
_PLACES = re.compile(r"\b(?:docs_dir|site_dir|custom_dir|dirs|config_file_path|abs_src_path|abs_dest_path|src_dir)\b")
_CHANCE = re.compile(r"\b(?:random|lipsum)\b")
_OTHERS = re.compile(r"\b(?:pages|nav|next_page|previous_page|parent|children|ancestors|homepage|plugins|files?)\b")
_TEXTS = re.compile(r"\b(?:content|toc|markdown)\b")


def template_digests(config: MkDocsConfig) -> Iterator[str]:
    """Yield a digest of each folder of templates, and of what else those of the site may print."""
    own = _own_folders(config)
    for folder in map(Path, config.theme.dirs):
        yield folder_digest(folder) if folder in own else folder_digest(folder, _is_template, _BIG)
    texts = list(_own_templates(config)) if own else []
    if any(_TIMES.search(text) for text in texts):
        yield get_build_date()
    if any(_PLACES.search(text) for text in texts):
        yield f"{config.docs_dir}\n{config.config_file_path}\n{config.theme.custom_dir}"


def reads_other_pages(config: MkDocsConfig) -> bool:
    """Return whether a template of the site may show the text of another page than its own, or what chance gives."""
    texts = list(_own_templates(config))
    return any(_CHANCE.search(text) or (_OTHERS.search(text) and _TEXTS.search(text)) for text in texts)


def _is_template(name: str) -> bool:
    return name.endswith((".html", ".xml", ".mo"))


def _own_folders(config: MkDocsConfig) -> list[Path]:
    """Return the folders of templates that are neither the theme's, nor the engine's, nor those of MkDocs."""
    theme = find_spec(THEME)
    known = {OVERRIDES, *(Path(place) / "templates" for place in (theme and theme.submodule_search_locations) or ())}
    return [path for path in map(Path, config.theme.dirs[:-1]) if path not in known]


def _own_templates(config: MkDocsConfig) -> Iterator[str]:
    for folder in _own_folders(config):
        for file in sorted(folder.rglob("*")):
            if file.suffix not in _PICTURES and file.is_file():
                yield file.read_text("utf-8", errors="replace")
