"""Check that pages with macros are on a site that runs them."""

from __future__ import annotations

from collections.abc import Iterator

from opsbook.nouns.kind import CheckContext
from opsbook.nouns.page.model import WrittenPage
from opsbook.problems import Problem, Severity

_NO_MACROS = (
    "this page asks for macros, and without the plugin `macros` its calls are shown as written; allowed: that plugin in"
    " mkdocs.yml, such as `- macros: {modules: [opsbook.macros], render_by_default: false}`, or `render_macros: false`"
)


def check(context: CheckContext) -> Iterator[Problem]:
    """Yield a warning for each page that asks for macros where mkdocs-macros is not set up."""
    if context.project.site.macros is not None:
        return
    for page in context.graph.all(WrittenPage):
        if at := page.asks_at:
            path = context.project.below_docs(page.path)
            yield Problem(path, at.line, at.column, _NO_MACROS, Severity.WARNING)
