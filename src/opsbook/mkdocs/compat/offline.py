"""Let Material's offline plugin take its script from the site, and not from another host."""

from __future__ import annotations

from material.plugins.offline.plugin import OfflinePlugin
from mkdocs.config.defaults import MkDocsConfig

_THEIRS = "iframe-worker"


def provide_shim(config: MkDocsConfig, path: str) -> None:
    """Name the script `path` in place of the plugin's, if the site has the plugin and names no such script itself.

    The name of the file has to hold `iframe-worker`. This goes before the plugin's own `on_config`.
    """
    # https://github.com/squidfunk/mkdocs-material/blob/9.8.1/material/plugins/offline/plugin.py#L44
    # The plugin adds the address of a public CDN to `extra.polyfills`, unless an entry holds that name.
    if not any(isinstance(plugin, OfflinePlugin) and plugin.config.enabled for plugin in config.plugins.values()):
        return
    scripts = config.extra.setdefault("polyfills", [])
    if not any(_THEIRS in str(script) for script in scripts):
        scripts.append(path)
