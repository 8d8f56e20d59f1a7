"""Say what the engine takes for granted of the theme.

Check that the words which `web/overrides/opsbook/base.html` replaces in its HTML are there.
"""

from __future__ import annotations

import functools
import logging
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_theme_dir

THEME = "material"
LAST_CHANGE = "revision_date"
"""The key of the front matter that the theme shows below a page, as HTML, where no plugin gives the page a date.
https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/templates/partials/source-file.html#L83
"""
log = logging.getLogger("mkdocs.plugins.opsbook")


def refuse_silent_swaps(environment: Environment, config: MkDocsConfig) -> None:
    """Let the build fail if a replacement in the HTML of Material would change nothing."""
    # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/templates/partials/search.html#L4
    # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/templates/partials/path.html#L13
    # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/templates/base.html#L245
    # A block or a partial can be replaced whole, as the manual says; then it would be ours to keep up with the theme.
    if config.theme.name == THEME:
        folder = Path(get_theme_dir(THEME))
        environment.globals["refuse_theme"] = functools.partial(refuse_theme, environment, folder)


def refuse_theme(environment: Environment, folder: Path, text: str, part: str) -> str:
    """Raise PluginError, since the template `part` of the theme in `folder` does not contain `text`.

    If the site has replaced that template by its own, log this once and return the empty text.
    """
    if is_of_theme(environment, folder, part):
        raise PluginError(
            f"Material for MkDocs {version('mkdocs-material')} does not say `{text}` in `{part}`, which Opsbook"
            " replaces; install a version of Material that this version of Opsbook knows"
        )
    _tell(text, part)
    return ""


def is_of_theme(environment: Environment, folder: Path, part: str) -> bool:
    """Return whether the template `part` is the theme's own, and not one that the site has replaced it by."""
    file = environment.get_template(part).filename
    return file is not None and Path(file).is_relative_to(folder)


@functools.cache
def _tell(text: str, part: str) -> None:
    log.info("The template %s of this site does not say `%s`; what Opsbook replaces there is left alone", part, text)
