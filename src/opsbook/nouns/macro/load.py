"""Read the documentation of each macro from the source of its module, without running it.

A docstring beside the function that it describes stays true: what the macro does, then `Args:`, then `Example:` with
one call.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.macro.macros import MACROS
from opsbook.nouns.macro.model import PLUGLET, MacroDoc
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_there
from opsbook.source.sitefile import MacroSettings
from opsbook.source.text import read_text

_SECTION = re.compile(r"^(Args|Example):[ \t]*\n((?:[ \t]+.*\n?|\n)*)", re.MULTILINE)
_ARGUMENT = re.compile(r"^ {4}(?P<name>\w+): *(?P<text>.*(?:\n {5,}.*)*)", re.MULTILINE)


def load(project: Project) -> Loaded:
    """Return how the macros are set up, what they know of the engine, and the documentation of each."""
    settings = project.site.macros or MacroSettings()
    macros = load_macro_docs(project.root, project.site.macros)
    return Loaded(tuple(Record(value, file=settings.file) for value in (settings, project.interface, *macros)))


def load_macro_docs(root: Path, settings: MacroSettings | None) -> tuple[MacroDoc, ...]:
    """Return the documentation of the macros that pages of the repository `root` can call.

    The engine's own come first, where they are set up, then those of the site's module, in its order; the site's wins
    where both have a name. There are none without `settings`, where mkdocs-macros is not set up. Raises ProblemsError
    where the module is not Python.
    """
    tree = _parsed(root, (settings or MacroSettings()).file)
    if settings is None:
        return ()
    own = tuple(map(_document, sorted(_functions(tree), key=lambda function: function.lineno)))
    names = {macro.name for macro in own}
    given = _engine_macros() if has_engine_macros(settings, tree) else ()
    return (*(macro for macro in given if macro.name not in names), *own)


def has_engine_macros(settings: MacroSettings, module: ast.AST) -> bool:
    """Return whether pages can call the engine's macros: `mkdocs.yml` names them, or the site's `module` does."""
    return PLUGLET in settings.pluglets or any(_takes_engine_macros(node) for node in ast.walk(module))


def _takes_engine_macros(node: ast.AST) -> bool:
    package, _, name = PLUGLET.rpartition(".")
    if isinstance(node, ast.Import):
        return any(each.name == PLUGLET for each in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module == PLUGLET or (node.module == package and any(each.name == name for each in node.names))
    return False


def _parsed(root: Path, file: str) -> ast.AST:
    """Return the syntax tree of a module, or an empty one where there is no such file. Raises ProblemsError."""
    if not is_there(root / file):
        return ast.Module([], [])
    try:
        return ast.parse(read_text(root / file, file))
    except (RecursionError, MemoryError):  # The parser on thousands of nested brackets.
        raise ProblemsError([Problem(file, 1, 1, "this is nested too deep to be read; make it flatter")]) from None
    except SyntaxError as error:
        problem = Problem(file, error.lineno or 1, error.offset or 1, f"not valid Python: {error.msg}")
        raise ProblemsError([problem]) from None


def _engine_macros() -> tuple[MacroDoc, ...]:
    return tuple(_engine_macro(name, macro) for name, macro in MACROS.items())


def _engine_macro(name: str, macro: Callable[..., object]) -> MacroDoc:
    """Return the documentation of the engine's macro `name`, without its first argument, which pages do not pass."""
    (function,) = ast.parse(textwrap.dedent(inspect.getsource(macro))).body
    assert isinstance(function, ast.FunctionDef)
    function.name = name
    parameters = inspect.signature(macro).parameters.values()
    del function.args.args[0]
    # A default is shown as a page would write it, not as the name of a constant.
    function.args.defaults = [ast.Constant(each.default) for each in parameters if each.default is not each.empty]
    return replace(_document(function), is_of_engine=True)


def example_arguments(macro: MacroDoc) -> tuple[tuple[object, ...], dict[str, object]] | None:
    """Return the arguments of the example where it is a single call of the macro with plain values, else None."""
    inside = re.fullmatch(r"\{\{(.*)\}\}", macro.example or "", re.DOTALL)
    try:
        call = ast.parse(inside[1].strip() if inside else "", mode="eval").body
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == macro.name:
            values = tuple(ast.literal_eval(argument) for argument in call.args)
            return values, {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg}
    except (SyntaxError, ValueError):
        return None
    return None


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(_is_macro(decorator) for decorator in node.decorator_list):
            yield node


def _is_macro(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Attribute) and decorator.attr == "macro"


def _document(node: ast.FunctionDef) -> MacroDoc:
    text = inspect.cleandoc(ast.get_docstring(node) or "") + "\n"
    sections = {match[1]: match[2] for match in _SECTION.finditer(text)}
    paragraphs = re.split(r"\n\s*\n", _SECTION.sub("", text))
    return MacroDoc(
        name=node.name,
        signature=f"{node.name}({_parameters(node.args)})",
        paragraphs=tuple(" ".join(each.split()) for each in paragraphs if each.strip()),
        arguments=tuple(
            (match["name"], " ".join(match["text"].split())) for match in _ARGUMENT.finditer(sections.get("Args", ""))
        ),
        example=inspect.cleandoc(sections.get("Example", "")).strip() or None,
    )


def _parameters(arguments: ast.arguments) -> str:
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        argument.annotation = None
    return ast.unparse(arguments).replace("'", '"')
