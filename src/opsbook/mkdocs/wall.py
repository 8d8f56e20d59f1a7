"""Put the policy on the pages of one build, and write it as a file of headers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from opsbook.mkdocs.blessed import allow_templates, unknown_scripts
from opsbook.mkdocs.compat.serving import around_live_reload
from opsbook.mkdocs.options import policy_of
from opsbook.mkdocs.own_templates import forbidden_in_templates
from opsbook.mkdocs.policy import Policy, with_script
from opsbook.site.page import Asset

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.plugins.opsbook")
HEADERS = "_headers"


class Wall:
    """The policy of a site. With `policy: false` in `mkdocs.yml` there is none, and pages stay as they are."""

    def __init__(self, added: Mapping[str, tuple[str, ...]] | None, config: MkDocsConfig) -> None:
        self.policy: Policy | None = None if added is None else policy_of(added, config)
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
            content = self.policy.headers()
            files.append(File.generated(config, HEADERS, content=content, inclusion=InclusionLevel.INCLUDED))

    def around_page(self, page: str, source: str) -> str:
        """Return the HTML `page` with the policy, and warn of each inline script that is not from a template."""
        if not self.policy:
            return page
        if '<pre class="mermaid"' in page and not self.has_mermaid:
            log.warning(
                "%s: Mermaid comes from another host, which the policy of this site forbids;"
                " name a copy of mermaid.min.js under `extra_javascript`",
                source,
            )
        for each in unknown_scripts(self.policy, page):
            log.warning(
                "%s: an inline script does not run under the policy of this site; if it is to, name %s"
                " under `policy: {script-src: […]}` of the plugin `opsbook` in mkdocs.yml",
                source,
                each,
            )
        return self.policy.on(page)

    def allow_live_reload(self, server: LiveReloadServer) -> None:
        """Allow the script of `mkdocs serve` that reloads a page, and no other."""
        around_live_reload(server, with_script)
