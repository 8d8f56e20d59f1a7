"""Write a page as a Markdown document with front matter, which any site engine reads."""

from __future__ import annotations

import html

import yaml

from opsbook.site.page import Page

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""The one in C where PyYAML was built with it, as its wheels are: ten times as fast for the same text."""


def document_text(page: Page) -> str:
    """Return the whole file of `page`. Themes print its title and description as they are, so both are escaped here.

    A generated page holds text from YAML, so it is never a template, whatever mkdocs-macros is told.
    """
    meta = {"title": page.title, **page.meta, "render_macros": False}
    meta |= {key: html.escape(str(meta[key])) for key in ("title", "description") if key in meta}
    front = yaml.dump(meta, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{front}---\n\n{page.markdown.rstrip()}\n"
