"""Templates and values in, Markdown out. Values are escaped here unless `text` made them markup."""

from __future__ import annotations

import functools
from typing import Any

import jinja2

from opsbook.pages import charts, text
from opsbook.pages.page import relative


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("opsbook.pages", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(inline=text.inline, plain=text.plain, markdown=text.markdown)
    environment.globals.update(bar=charts.bar, status=charts.status, ring=charts.ring, ended_waiver=charts.ended_waiver)
    return environment


def render(template: str, path: str, **values: Any) -> str:
    """The Markdown of the page `path` from `template`. `url(target)` in it links from that page."""
    return _environment().get_template(template).render(url=functools.partial(relative, path), path=path, **values)
