"""Describe what is wrong with a call: an unknown name, arguments that do not fit, text that is not a template."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jinja2

from opsbook.mkdocs.compat.jinja import PASS_MARK, undefined_name, unknown_helper
from opsbook.nouns.macro.calls import WrongCallError
from opsbook.problems import did_you_mean

_RAW = "write braces that are no call between `{% raw %}` and `{% endraw %}`"

ReportMistake = Callable[[object, str], None]
"""Takes what is wrong, as it is written in the page, and the message."""


def undefined_type(report: ReportMistake, macros: Mapping[str, object]) -> type[jinja2.Undefined]:
    """Return an `Undefined` class that calls `report` for each use of an unknown name except tests and defaults."""

    class Reported(jinja2.Undefined):
        __slots__ = ()

        def tell(self, message: str | None = None) -> None:
            name, said = undefined_name(self)
            report(name, said or message or f"nothing is called `{name}`; {did_you_mean(str(name), macros)}")

        def __call__(self, *_args: object, **_kwargs: object) -> Any:
            name, _ = undefined_name(self)
            self.tell(f"no macro is called `{name}`; {did_you_mean(str(name), macros)}")
            return ""

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__") or name == PASS_MARK:  # what Python and Jinja ask of anything
                raise AttributeError(name)
            self.tell()
            return self

        def __getitem__(self, _key: object) -> Any:
            self.tell()
            return self

        def __str__(self) -> str:
            self.tell()
            return ""

        def __iter__(self) -> Iterator[Any]:
            self.tell()
            return iter(())

        def __bool__(self) -> bool:
            self.tell()
            return False

    return Reported


def syntax_message(error: jinja2.TemplateSyntaxError, environment: jinja2.Environment) -> str:
    """Return the message for a text that Jinja cannot read."""
    if unknown := unknown_helper(error):
        kind, name = unknown
        known = environment.filters if kind == "filter" else environment.tests
        return f"no {kind} is called `{name}`; {did_you_mean(name, known)}"
    return f"not valid Jinja: {(error.message or '').rstrip('.')}; {_RAW}"


def signature_mistake(
    name: str, function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> WrongCallError | None:
    """Return what is wrong with the arguments of a call of the macro `name`, which is `function`; None if they fit."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:  # a function of C may not tell
        return None
    signature = inspect.Signature([each.replace(annotation=inspect.Parameter.empty) for each in parameters])
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        names = [each.name for each in parameters]
        unknown = next((key for key in kwargs if key not in names), None)
        if unknown:
            return WrongCallError(unknown, f"`{name}` has no argument `{unknown}`; {did_you_mean(unknown, names)}")
        return WrongCallError(name, f"`{name}`: {error}; allowed: {name}{signature}")
    return None
