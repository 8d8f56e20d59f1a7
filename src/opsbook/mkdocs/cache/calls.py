"""Tell the calls of macros whose results depend on the engine alone: those of the manual, which show what it can do."""

from __future__ import annotations

from jinja2 import Environment, TemplateSyntaxError, meta, nodes
from mkdocs_macros.plugin import MacrosPlugin

from opsbook.mkdocs.compat.macros import environment, functions
from opsbook.nouns.macro import manual

_MORE = (nodes.Extends, nodes.Filter, nodes.FromImport, nodes.Import, nodes.Include, nodes.Test)
"""What a site can define, or bring in from a file."""

_SIGNS = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
)


def shows_the_engine_alone(macros: MacrosPlugin, text: str) -> bool:
    """Return whether every call in `text`, that of a whole page, is one of a macro of the module `manual`."""
    own = environment(macros)
    # That of the build rewrites what it parses, so that a mistake is found with its place.
    plain = Environment(**{name: getattr(own, name) for name in _SIGNS})  # noqa: S701 - nothing is rendered
    known = functions(macros)
    try:
        tree = plain.parse(text)
        return not next(tree.find_all(_MORE), None) and all(
            name in known and getattr(known[name], "__module__", "") == manual.__name__
            for name in meta.find_undeclared_variables(tree)
        )
    except (TemplateSyntaxError, RecursionError):  # What is told of such a page is told where its turn comes.
        return False
