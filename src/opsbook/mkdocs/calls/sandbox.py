"""Render pages in an environment that has macros, filters and plain data, and cannot reach the rest of Python.

mkdocs-macros renders in a Jinja environment that is open to all of Python: an expression in a page reaches the
interpreter through the attributes of any object. Pages have many authors, so they get a narrower environment. A page
may call what a site declares in its own modules, which are code and are reviewed as code.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.utils import Joiner

from opsbook.mkdocs.calls.budget import CALL, Budget, judge_operation, judge_size, judge_value
from opsbook.mkdocs.calls.counting import BUILT, JOINED, ROUNDS, Counting, built, joined
from opsbook.mkdocs.calls.filters import LEFT_OUT, judge_join, judge_replacement, page_filters
from opsbook.mkdocs.calls.reach import may_read, named
from opsbook.mkdocs.compat.jinja import RewritingEnvironment, jinja_filters, sandbox_like

_ALLOWED = "allowed: macros, filters, and the values of data, pages and navigation"
_GLOBALS_LEFT_OUT = frozenset({"lipsum"})
"""What returns random text: two builds of the same pages give the same bytes."""


class PageEnvironment(RewritingEnvironment):
    """The Jinja environment of pages. `callables` are the macros that are not in `globals`."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    callables: Mapping[str, Callable[..., object]]
    budget: Budget

    def from_string(self, *args: Any, **kwargs: Any) -> Any:
        """Return the compiled text of a page, which starts with a full budget."""
        self.budget.renew()
        return super().from_string(*args, **kwargs)

    def rewritten(self, template: nodes.Template) -> nodes.Template:
        """Return `template` with counters around everything that can grow."""
        counted: nodes.Template = Counting().visit(template)
        return counted

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a page may read the attribute of `obj` that is called `attr` and is `value`."""
        if isinstance(obj, Undefined):
            return not attr.startswith("_")  # It has said by now what is missing, and has nothing else.
        return may_read(obj, attr, value) or (isinstance(obj, Mapping) and self._is_macro(value))

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return the undefined value for an attribute that a page may not read, with a message for its author."""
        message = f"a page may not read `{attribute}` of {named(obj)}; {_ALLOWED}"
        return self.undefined(message, name=attribute, obj=obj, exc=SecurityError)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a page may call `obj`."""
        if isinstance(obj, (Macro, LoopContext, BlockReference, Joiner)):
            return True
        is_method = isinstance(obj, types.BuiltinMethodType | types.MethodType)
        if is_method and may_read(obj.__self__, obj.__name__, obj):
            return True
        return self._is_macro(obj)

    def _is_macro(self, obj: Any) -> bool:
        return any(obj is each for each in (*self.globals.values(), *self.callables.values()))

    # Two underscores leave every other name to the keyword arguments, as in Jinja's own method.
    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Return the result of a call in a page. Raises SecurityError if the call is not allowed or makes too much."""
        if not isinstance(__obj, Undefined):
            if not __self.is_safe_callable(__obj):
                raise SecurityError(f"a page may not call {named(__obj)}; {_ALLOWED}")
            _judge_method(__obj, args)
        __self.budget.spend(CALL)
        result = __context.call(__obj, *args, **kwargs)
        judge_value(result)
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return `left operator right`. Raises TooMuchError if that would be too large."""
        judge_operation(operator, left, right)
        result = super().call_binop(context, operator, left, right)
        judge_value(result)
        return result


def confined(environment: Environment, macros: Mapping[str, Callable[..., object]]) -> PageEnvironment:
    """Return an environment for pages that renders as `environment` does. Pages may call `macros` and its globals."""
    page = sandbox_like(environment, PageEnvironment)  # What is compiled already was compiled without these bounds.
    page.budget, page.callables = Budget(), macros
    page.globals = {name: each for name, each in environment.globals.items() if name not in _GLOBALS_LEFT_OUT}
    page.globals["range"] = _range
    of_jinja = {name: environment.filters[name] for name in jinja_filters(environment)}
    of_site = {name: each for name, each in environment.filters.items() if name not in {*of_jinja, *LEFT_OUT}}
    page.filters = {**of_site, **page_filters(of_jinja), ROUNDS: page.budget.rounds, JOINED: joined, BUILT: built}
    page.finalize = _printing(page.budget)
    return page


def _range(*numbers: int) -> range:
    """Return a range. Raises TooMuchError if it is too large for a page."""
    found = range(*numbers)
    judge_size(max(found.stop - found.start, found.start - found.stop))
    return found


def _printing(budget: Budget) -> Callable[[Any], Any]:
    """Return a function that returns what is printed, and spends its characters. It raises TooMuchError."""

    def printed(value: Any) -> Any:
        if isinstance(value, Undefined):
            return value  # It says itself what is wrong, once, when it becomes text.
        text = value if isinstance(value, str) else str(value)
        judge_size(len(text))
        budget.spend(len(text))
        return text

    return printed


def _judge_method(method: Any, args: tuple[Any, ...]) -> None:
    """Raise TooMuchError if a method of a text would return a text that is too long."""
    text, name = getattr(method, "__self__", None), getattr(method, "__name__", "")
    if isinstance(text, str) and name == "replace" and len(args) >= 2:
        judge_replacement(text, str(args[0]), str(args[1]))
    elif isinstance(text, str) and name == "join" and args:
        judge_join(text, args[0])
