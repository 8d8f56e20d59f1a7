"""Put the policy of a site on the pages of one build, and write it as a file of headers."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from opsbook.mkdocs.compat.serving import around_live_reload
from opsbook.mkdocs.options import policy_of
from opsbook.mkdocs.own_templates import forbidden_in_templates
from opsbook.mkdocs.policy import Policy, with_script
from opsbook.mkdocs.template_scripts import allow_templates, unknown_scripts, unknown_styles
from opsbook.site.page import Asset

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.opsbook")
HEADERS = "_headers"


class SitePolicy:
    """The policy of a site. With `policy: false` in `mkdocs.yml` there is none, and pages stay as they are."""

    def __init__(self, added: Mapping[str, tuple[str, ...]] | None, config: MkDocsConfig) -> None:
        self.policy: Policy | None = None if added is None else policy_of(added, config)
        self.headers: File | None = None
        self.is_clean = True
        """Whether the page being written had no unknown script or style before other plugins changed its HTML."""
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        """The scripts and styles that other plugins have put into pages."""
        self.has_mermaid = any("mermaid" in str(script) for script in config.extra_javascript)

    def around_asset(self, asset: Asset) -> Asset:
        """Return `asset`, with the policy if it is an HTML page. Those are our own, and have no inline script."""
        if self.policy and asset.path.endswith(".html") and isinstance(asset.content, str):
            return replace(asset, content=self.policy.on(asset.content))
        return asset

    def allow_templates(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Allow the theme's own inline scripts, and add the file of headers unless the site has one of its own."""
        if not self.policy:
            return
        self.policy = allow_templates(self.policy, env, config, files)
        for problem in forbidden_in_templates(config, self.policy):
            log.warning(str(problem))
        if files.get_file_from_path(HEADERS):
            log.info("The site has a file %s of its own; the policy stands in the pages alone", HEADERS)
        else:
            self.headers = File.generated(
                config, HEADERS, content=self.policy.headers(), inclusion=InclusionLevel.INCLUDED
            )
            files.append(self.headers)

    def begin_page(self, page: str) -> None:
        """Look at the HTML `page` before other plugins change it.

        What they put into it after this is theirs, and a site trusts its plugins. A page with a script that came in
        with a text gets none of that: a plugin may have written that script anew.
        """
        if self.policy:
            found = (*unknown_scripts(self.policy, page), *unknown_styles(self.policy, page))
            self.is_clean = not found

    def around_page(self, page: str, source: str) -> str:
        """Return the HTML `page` with the policy.

        Warn of each inline script that is neither from a template nor from another plugin.
        """
        if not self.policy:
            return page
        if '<pre class="mermaid"' in page and not self.has_mermaid:
            log.warning(
                "%s: Mermaid comes from another host, which the policy of this site forbids;"
                " name a copy of mermaid.min.js under `extra_javascript`",
                source,
            )
        if self.is_clean:
            scripts, styles = set(unknown_scripts(self.policy, page)), set(unknown_styles(self.policy, page))
            self.scripts |= scripts
            self.styles |= styles
            return _with(self.policy, scripts, styles).on(page)
        for each in unknown_scripts(self.policy, page):
            log.warning(
                "%s: an inline script does not run under the policy of this site; if it is to, name %s"
                " under `policy: {script-src: […]}` of the plugin `opsbook` in mkdocs.yml",
                source,
                each,
            )
        return self.policy.on(page)

    def finish(self) -> None:
        """Let the file of headers allow the scripts of other plugins, which are known once all pages are written."""
        if self.policy and self.headers and (self.scripts or self.styles):
            text = _with(self.policy, self.scripts, self.styles).headers()
            Path(self.headers.abs_dest_path).write_text(text, "utf-8")

    def allow_live_reload(self, server: LiveReloadServer) -> None:
        """Allow the script of `mkdocs serve` that reloads a page, and no other."""
        around_live_reload(server, with_script)


def _with(policy: Policy, scripts: Iterable[str], styles: Iterable[str]) -> Policy:
    return policy.allowing("script-src", scripts).allowing("style-src", styles)
