"""Keep mkdocs-jupyter from taking the page of a drawing for a notebook, since the drawing is a Python file."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

# Its entry point: https://github.com/danielfrg/mkdocs-jupyter/blob/0.26.3/pyproject.toml
NAME = "mkdocs-jupyter"


def ignore_scripts(config: MkDocsConfig, sources: Iterable[Path]) -> None:
    """Add those of `sources`, the files that pages are made of, that are scripts to what the plugin leaves alone."""
    # https://github.com/danielfrg/mkdocs-jupyter/blob/0.26.3/src/mkdocs_jupyter/plugin.py#L64
    # It judges a page by the ending of its source, and reads that source in place of the page.
    if plugin := config.plugins.get(NAME):
        scripts = sorted({glob.escape(str(source)) for source in sources if source.suffix == ".py"})
        plugin.config["ignore"] = [*plugin.config["ignore"], *scripts]
