"""Find every mistake in the calls of a template, each with its line and column.

mkdocs-macros stops at the first mistake, with a message of its own. So a page is rendered once before that, in an
environment that records a mistake, prints nothing for it and goes on. A bug in a macro keeps its traceback.
"""

from __future__ import annotations

import functools
import inspect
import os
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import jinja2
import markupsafe
from jinja2.exceptions import SecurityError

from opsbook.mkdocs.calls.mistakes import signature_mistake, syntax_message, undefined_type
from opsbook.mkdocs.calls.template_text import TemplateText
from opsbook.mkdocs.compat.jinja import run_template, template_line, template_of
from opsbook.nouns.macro.calls import WrongCallError
from opsbook.problems import Problem

_JINJA = tuple(str(Path(module.__file__).parent) for module in (jinja2, markupsafe) if module.__file__)

_ENGINE = str(Path(__file__).parents[2])

Macros = Mapping[str, Callable[..., object]]


def template_problems(
    environment: jinja2.Environment, source: TemplateText, variables: Mapping[str, object], macros: Macros, root: Path
) -> tuple[Problem, ...]:
    """Return the mistakes in `source`, which `environment` would render with `variables`.

    `macros` are the functions that it may call; the paths of included files are relative to `root`. Raises whatever a
    macro of the site raises.
    """
    trial = _Trial(environment, source, macros, root)
    trial.run(variables)
    return tuple(dict.fromkeys(trial.problems))


class _Trial:
    def __init__(self, environment: jinja2.Environment, source: TemplateText, macros: Macros, root: Path) -> None:
        self.source, self.macros, self.root = source, macros, root
        self.problems: list[Problem] = []
        undefined = undefined_type(lambda word, message: self.note(_callers(), [word], message), macros)
        self.environment = environment.overlay(undefined=undefined)
        self.environment.globals = {**environment.globals, **{name: self.guard(name) for name in macros}}

    def run(self, variables: Mapping[str, object]) -> None:
        try:
            template = self.environment.from_string(self.source.text)
            run_template(template, variables)
        except jinja2.TemplateSyntaxError as error:
            source = self.included(error.filename, error.name)
            message = syntax_message(error, self.environment)
            self.problems.append(source.problem(error.lineno, source.column_of_error(error), message))
        except jinja2.TemplateNotFound as error:
            message = f"no such file `{error.name}`; allowed: a file below the folder of the pages"
            self.note(_frames(error), [error.name], message)
        except SecurityError as error:
            self.note(_frames(error), [], str(error))
        except Exception as error:
            frames = _frames(error)
            if any(self.is_of_site(each) for each in frames):
                raise
            self.note(frames, [], f"this cannot be evaluated: {error}")

    def is_of_site(self, frame: FrameType) -> bool:
        """Return whether `frame` runs a macro or a filter that the site defines: an error in it is a bug."""
        file = frame.f_code.co_filename
        if frame.f_code.co_qualname == f"{_Trial.guard.__qualname__}.<locals>.guarded":
            return True
        is_code = template_of(frame) is None and not file.startswith((*_JINJA, _ENGINE))
        return is_code and Path(file).is_relative_to(self.root) and "site-packages" not in file

    def guard(self, name: str) -> Callable[..., object]:
        """Return the macro `name` in a form that records a wrong call and then returns the empty text."""
        function = self.macros[name]

        @functools.wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> object:
            unknown = [value for value in (*args, *kwargs.values()) if isinstance(value, jinja2.Undefined)]
            if unknown:
                return "".join(str(value) for value in unknown)
            mistake = signature_mistake(name, function, args, kwargs)
            try:
                if mistake is None:
                    return function(*args, **kwargs)
            except WrongCallError as error:
                mistake = error
            self.note(_callers(), [mistake.value, name], str(mistake))
            return ""

        return guarded

    def note(self, frames: list[FrameType], words: list[object], message: str) -> None:
        """Record a mistake at the line of the innermost template in `frames`."""
        frame = _template_frame(frames)
        template = template_of(frame) if frame else None
        source = self.included(template.filename, template.name) if template else self.source
        line = template_line(template, frame) if template and frame else 1
        self.problems.append(source.problem(*source.place(self.environment, line, words), message))

    def included(self, filename: str | None, name: str | None) -> TemplateText:
        """Return the text of a template that the page includes. Without a name it is the page itself."""
        if filename is None or name is None or self.environment.loader is None:
            return self.source
        text, _, _ = self.environment.loader.get_source(self.environment, name)
        return TemplateText(Path(os.path.relpath(filename, self.root)).as_posix(), text)


def _callers() -> list[FrameType]:
    """Return the frames of the call stack, the outermost first."""
    frames = []
    frame = inspect.currentframe()
    while frame:
        frames.append(frame)
        frame = frame.f_back
    return frames[::-1]


def _frames(error: BaseException) -> list[FrameType]:
    return [frame for frame, _ in traceback.walk_tb(error.__traceback__)]


def _template_frame(frames: list[FrameType]) -> FrameType | None:
    return next((frame for frame in reversed(frames) if template_of(frame)), None)
