"""Find the files of the site that come from a template or a plugin of MkDocs, and would overwrite a file of the user.

MkDocs copies the files of the pages' folder first, and writes these over them without a word:
https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L317-L329
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from opsbook.problems import Problem

_INDEX = "search/search_index.json"
"""https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/contrib/search/__init__.py#L105-L111"""


def overwritten_files(config: MkDocsConfig, written: Iterable[str], docs: str) -> Iterator[Problem]:
    """Yield a problem for each of the files `written` in the folder `docs` that another file would overwrite."""
    made = {name: f"a template `{name}` in `custom_dir`" for name in config.theme.static_templates}
    made = {name: instead for name, instead in made.items() if _has_template(config, name)}
    if "sitemap.xml" in made:
        made["sitemap.xml.gz"] = made["sitemap.xml"]
    if any(name.rpartition("/")[2] == "search" for name in config.plugins):
        made[_INDEX] = "another name"
    for path in written:
        if path in made and path not in config.extra_templates:
            message = f"the site has a `{path}` of its own, which would overwrite this file; allowed: {made[path]}"
            yield Problem(f"{docs}/{path}", 0, 0, message)


def missing_templates(config: MkDocsConfig, files: Files) -> Iterator[tuple[str, str]]:
    """Yield each template that `config` names and that is not there, with what is wrong; a strict build refuses it."""
    for name in config.extra_templates:
        if files.get_file_from_path(name) is None:
            yield str(name), f"`extra_templates` names `{name}`, which is not in the folder of the pages"
    for name in sorted(config.theme.static_templates):
        if not _has_template(config, name):
            yield name, f"`static_templates` names `{name}`, which the theme and its `custom_dir` do not have"


def _has_template(config: MkDocsConfig, name: str) -> bool:
    return any(Path(folder, name).is_file() for folder in config.theme.dirs)
