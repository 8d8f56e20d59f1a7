"""Reach into Jinja for what its documented interface lacks: the places of mistakes, and a closed environment.

https://github.com/pallets/jinja/tree/3.1.6/src/jinja2
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any, TypeVar

import jinja2
from jinja2 import Environment, nodes
from jinja2.bccache import bc_magic
from jinja2.environment import create_cache
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

_NO_SUCH = re.compile(r"No (?P<kind>filter|test) named '(?P<name>.*)'\.")
_QUOTED = re.compile(r"'([^']+)'")
_SIGNS = {"end of print statement": "}}", "end of statement block": "%}"}
E = TypeVar("E", bound="RewritingEnvironment")


def compiled_version() -> str:
    """Return a text that changes with the format in which Jinja keeps compiled templates."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/bccache.py#L39
    # `BytecodeCache` is documented; the number of the form, which it reads from an entry after loading it, is not.
    return bc_magic.hex()


def names_of_extensions(environment: Environment) -> list[str]:
    """Return the names of the extensions that `environment` compiles with."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L365
    # A documented argument; that it can be read again is not documented.
    return sorted(environment.extensions)


def replace_lookups(environment: Environment, names: Mapping[str, str]) -> None:
    """Let a template of `environment` that asks for one of `names` get the other; the other itself gets the first."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L948
    # `join_path` is documented for a subclass; the environment of a build is made by MkDocs.

    def join_path(template: str, parent: str) -> str:
        found = names.get(template, template)
        return template if found == parent else found

    environment.join_path = join_path  # type: ignore[method-assign]


def run_template(template: jinja2.Template, variables: Mapping[str, object]) -> None:
    """Render `template` for its side effects. Exceptions keep their original tracebacks."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L1162
    # `Template.render` rewrites the traceback, so that the frames of a template cannot be told from those of a macro.
    for _piece in template.root_render_func(template.new_context(dict(variables))):
        pass


def template_of(frame: FrameType) -> jinja2.Template | None:
    """Return the template that `frame` runs; None if it runs other code."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/debug.py#L55
    # Jinja finds its own frames so, to show lines of templates in tracebacks. It tells no column, and no template by
    # name where the text of a page is one.
    template: jinja2.Template | None = frame.f_globals.get("__jinja_template__")
    return template


def template_line(template: jinja2.Template, frame: FrameType) -> int:
    """Return the line of `template` that `frame` is at."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L1482
    return template.get_corresponding_lineno(frame.f_lineno)


def undefined_name(undefined: jinja2.Undefined) -> tuple[object, str | None]:
    """Return the name that is not defined, and Jinja's message about it unless it is the name of a variable."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/runtime.py#L811-L850
    # The documented way is to raise, which ends at the first mistake of a page.
    name, owner = undefined._undefined_name, undefined._undefined_obj
    is_variable = owner is missing and name is not None
    return name, None if is_variable else undefined._undefined_message


def unknown_helper(error: jinja2.TemplateSyntaxError) -> tuple[str, str] | None:
    """Return `filter` or `test`, and its name, if `error` is about one that does not exist, else None."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/compiler.py#L1813
    # The error has the name nowhere but in its message.
    found = _NO_SUCH.match(error.message or "")
    return (found["kind"], found["name"]) if found else None


def quoted_words(error: jinja2.TemplateSyntaxError) -> list[str]:
    """Return what the message of `error` quotes, as it is written in a template."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/lexer.py#L165-L185
    # An error knows its line and no column.
    return [_SIGNS.get(word, word) for word in _QUOTED.findall(error.message or "")]


def wants_context(function: object) -> bool:
    """Return whether Jinja gives the filter `function` its environment or context before the value."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/utils.py#L41-L95
    # The decorators are documented, and leave this mark.
    return hasattr(function, "jinja_pass_arg")


PASS_MARK = "jinja_pass_arg"  # noqa: S105 - no password
"""The mark of `wants_context`, which Jinja asks of anything that is called."""


class RewritingEnvironment(SandboxedEnvironment):
    """Jinja's sandbox, in which each template goes through `rewritten` before it is compiled."""

    def rewritten(self, template: nodes.Template) -> nodes.Template:
        """Return what is compiled in place of `template`."""
        return template

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L618
        # Jinja's own words: "internal parsing function used by `parse` and `compile`". `parse` alone is documented,
        # and `compile` does not call it.
        template = self.rewritten(super()._parse(source, name, filename))
        template.set_environment(self)
        return template

    def wrap_str_format(self, value: Any) -> None:
        """Return None, since a page may not call the method `format` of a text; it has the filter."""
        # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/sandbox.py#L344
        # The sandbox would hand out a formatter of its own, before it asks `is_safe_attribute`.
        del value


def sandbox_like(environment: Environment, kind: type[E]) -> E:
    """Return an environment of the class `kind` with all settings of `environment` but not its compiled templates."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L300-L368
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/sandbox.py#L226-L230
    # `Environment.overlay` returns an environment of the same class. The constructor wants each setting anew and keeps
    # some of them under other names.
    made = kind.__new__(kind)
    made.__dict__.update(environment.__dict__)
    own = SandboxedEnvironment()
    made.binop_table, made.unop_table = own.binop_table, own.unop_table
    made.cache = create_cache(100)
    return made


def jinja_filters(environment: Environment) -> Iterator[str]:
    """Yield the names of the filters of `environment` that are Jinja's own and have not been replaced."""
    # https://github.com/pallets/jinja/blob/3.1.6/src/jinja2/environment.py#L351
    own = SandboxedEnvironment().filters
    return (name for name, each in own.items() if each and environment.filters.get(name) is each)
