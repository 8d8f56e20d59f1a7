"""Builds one site with a clock on each stage: `python bench/stages.py SOURCE SITE OUT`.

In: the source and the folder of the site. Out: in the file OUT, processor seconds by stage as JSON, those of child
processes included. A stage within another counts for itself alone.
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mkdocs.commands.build
from material.plugins.search.plugin import SearchIndex
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

seconds: dict[str, float] = {}
running: list[float] = []


def now() -> float:
    """Processor seconds of this process and of those that it waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, whose time counts for `stage`."""

    @functools.wraps(function)
    def clocked(*args: Any, **kwargs: Any) -> Any:
        start = now()
        running.append(0.0)
        try:
            return function(*args, **kwargs)
        finally:
            spent = now() - start
            seconds[stage] = seconds.get(stage, 0.0) + spent - running.pop()
            if running:
                running[-1] += spent

    return clocked


def watch(holder: Any, name: str, stage: str) -> None:
    """Put the clock on one function or method."""
    setattr(holder, name, timed(stage, getattr(holder, name)))


def main() -> None:
    """Build the site that the arguments name."""
    source, site, out = (str(Path(name).resolve()) for name in sys.argv[1:4])
    os.chdir(source)
    config = timed("configuration", load_config)(config_file="mkdocs.yml", site_dir=site)
    for plugin in config.plugins.values():
        if type(plugin).__module__ == "opsbook.mkdocs.plugin":
            watch_engine(type(plugin))
    build = mkdocs.commands.build
    watch(build, "get_files", "files")
    watch(build, "get_navigation", "navigation")
    watch(Page, "render", "Markdown")
    watch(SearchIndex, "add_entry_from_context", "search")
    watch(SearchIndex, "generate_search_index", "search")
    watch(build, "_build_page", "templates")
    watch(build, "_build_theme_template", "templates")
    watch(Files, "copy_static_files", "files")
    config.plugins.on_startup(command="build", dirty=False)
    started = {"start": now() - sum(seconds.values())}
    timed("rest", build.build)(config)
    Path(out).write_text(json.dumps(started | seconds), encoding="utf-8")


def watch_engine(plugin: type) -> None:
    """Put the clock on the stages of our own plugin, where the site is built with it."""
    import opsbook.mkdocs.plugin as engine

    watch(engine, "draft_handbook", "load")
    watch(plugin, "finished", "load")
    watch(plugin, "made", "pages")
    watch(engine, "picture_assets", "pictures")


if __name__ == "__main__":
    main()
