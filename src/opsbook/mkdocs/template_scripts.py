"""Find the inline scripts of the theme by rendering its templates with an empty page.

A policy that allowed the scripts of the finished pages would also allow a script that came in with a text. So the
templates are rendered once for each relative path to the root of the site, with an empty page and navigation.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import get_relative_url, is_error_template

from opsbook.mkdocs.compat.config import copied
from opsbook.mkdocs.compat.pages import empty_page_context
from opsbook.mkdocs.policy import Policy, hash_of, inline_scripts, inline_styles

if TYPE_CHECKING:
    from jinja2 import Environment

log = logging.getLogger("mkdocs.plugins.opsbook")
TEXTS = ("copyright", "repo_name", "site_author", "site_description", "site_name")
"""The settings that templates print."""
MAIN = "main.html"


def allow_templates(policy: Policy, env: Environment, config: MkDocsConfig, files: Files) -> Policy:
    """Return `policy` with the inline scripts and styles of all templates that this build renders."""
    bare = copied(config)
    for name in TEXTS:
        bare[name] = ""
    empty = [_rendered(env, name, root, bare) for name, root in sorted(_templates(config, files))]
    policy = policy.allowing("script-src", (hash_of(script) for page in empty for script in inline_scripts(page)))
    if policy.allows("style-src", "'unsafe-inline'"):
        return policy  # Which browsers leave out of account as soon as there is a hash.
    return policy.allowing("style-src", (hash_of(style) for page in empty for style in inline_styles(page)))


def _templates(config: MkDocsConfig, files: Files) -> set[tuple[str, str]]:
    """Return the names of all templates that are rendered, each with every path to the root that it is given."""
    found = (file.page for file in files.documentation_pages(inclusion=InclusionLevel.is_in_serve))
    of_pages = {(str(page.meta.get("template", MAIN)), get_relative_url(".", page.url)) for page in found if page}
    of_pages |= {(MAIN, root) for _, root in of_pages}  # A template that is not rendered here mostly extends it.
    own = (name for name in config.theme.static_templates if name.endswith(".html"))
    return of_pages | {(name, _root(name, config)) for name in own}


def _root(name: str, config: MkDocsConfig) -> str:
    """Return the path from a file of the theme to the root, as MkDocs gives it: error pages may be shown anywhere."""
    return urlsplit(config.site_url or "/").path if is_error_template(name) else get_relative_url(".", name)


def _rendered(env: Environment, name: str, root: str, config: MkDocsConfig) -> str:
    """Return the template `name` rendered with an empty page; the empty text if it needs a page of its own kind."""
    try:
        return env.get_template(name).render(empty_page_context(config, root))
    except Exception as error:  # Templates of other plugins fail in any way; a page of theirs is warned of by itself.
        log.debug("The template %s needs a page to be rendered: %s", name, error)
        return ""


def unknown_styles(policy: Policy, page: str) -> Iterable[str]:
    """Yield the hash of each inline style sheet in `page` that `policy` does not allow."""
    if not policy.allows("style-src", "'unsafe-inline'"):
        yield from (each for each in map(hash_of, inline_styles(page)) if not policy.allows("style-src", each))


def unknown_scripts(policy: Policy, page: str) -> Iterable[str]:
    """Yield the hash of each inline script in `page` that `policy` does not allow."""
    return (each for each in map(hash_of, inline_scripts(page)) if not policy.allows("script-src", each))
