"""The text of the macros module in, what it says of each macro out.

Read from the source, since a docstring beside the call that it describes stays true: what the macro does, then
`Args:`, then `Example:` with one call.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.macro.model import MacroDoc
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import is_there
from opsbook.source.text import read_text

MODULE = "macros/main.py"
_SECTION = re.compile(r"^(Args|Example):[ \t]*\n((?:[ \t]+.*\n?|\n)*)", re.MULTILINE)
_ARGUMENT = re.compile(r"^ {4}(?P<name>\w+): *(?P<text>.*(?:\n {5,}.*)*)", re.MULTILINE)


def load(project: Project) -> Loaded:
    """Return what the module of the macros says of each, in its order. Raises ProblemsError where it is no Python."""
    return Loaded(tuple(Record(macro, file=MODULE) for macro in load_macro_docs(project.root)))


def load_macro_docs(root: Path) -> tuple[MacroDoc, ...]:
    """The macros of the repository `root`, in the order of their module; none where it has no such module.

    Raises ProblemsError where the module is not Python.
    """
    if not is_there(root / MODULE):
        return ()
    try:
        tree = ast.parse(read_text(root / MODULE, MODULE))
    except (RecursionError, MemoryError):  # What the parser says of thousands of brackets in one another.
        raise ProblemsError([Problem(MODULE, 1, 1, "this is nested too deep to be read; make it flatter")]) from None
    except SyntaxError as error:
        problem = Problem(MODULE, error.lineno or 1, error.offset or 1, f"not valid Python: {error.msg}")
        raise ProblemsError([problem]) from None
    return tuple(map(_document, sorted(_functions(tree), key=lambda function: function.lineno)))


def example_arguments(macro: MacroDoc) -> tuple[tuple[object, ...], dict[str, object]] | None:
    """The arguments of the example where it is one call of the macro with plain values."""
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
