"""All regular expressions of the package: those that its modules hold, and those that stand in their functions."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from package import PACKAGE

_TAKES = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
_PART = r"\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[]"
_IN_SCRIPT = re.compile(rf"(?:[(=,:?!]|&&|\|\||return)\s*/(?P<source>(?!\*)(?:{_PART})+)/[dgimsuy]*")
_PROPERTY = re.compile(r"\\p\{[\w=]+\}")
_ANCHORED = {"match", "fullmatch"}


@dataclass(frozen=True)
class Expression:
    """A regular expression, where it stands, and how it is used: `match` and `fullmatch` try one place alone."""

    place: str
    pattern: re.Pattern[str]
    uses: frozenset[str]


def all_expressions() -> Iterator[Expression]:
    """Yield every expression of the package. Raise ValueError for one that cannot be told from its source."""
    files = sorted(PACKAGE.rglob("*.py"))
    trees = {file: ast.parse(file.read_text("utf-8")) for file in files}
    uses = {file: set(_uses(tree)) for file, tree in trees.items()}
    for file, tree in trees.items():
        name = ".".join(["opsbook", *file.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__")
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern):
                users = uses.values() if not key.startswith("_") else [uses[file]]
                used = frozenset(how for each in users for what, how in each if what == key)
                yield Expression(f"{name}.{key}", _of_text(value), used)
        yield from _written(tree, module)


def _of_text(pattern: re.Pattern[str] | re.Pattern[bytes]) -> re.Pattern[str]:
    """The same expression for text: how long it takes does not depend on what its characters are."""
    source = pattern.pattern
    return re.compile(source.decode("latin-1")) if isinstance(source, bytes) else re.compile(source, pattern.flags)


def script_expressions() -> Iterator[Expression]:
    """Yield the expressions that stand in the page's scripts, as Python writes them."""
    for file in sorted((PACKAGE / "web").rglob("*.js")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            for found in _IN_SCRIPT.finditer(line.split(" // ")[0]):
                source = _PROPERTY.sub(r"\\x00-\\x1f", found["source"])
                yield Expression(f"{file.name}:{number}", re.compile(source), frozenset(["search"]))


def _uses(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that have a method of an expression called, and that.

    One that is passed on is matched line by line.
    """
    called: set[ast.expr] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _TAKES:
            called.add(node.func.value)
            if isinstance(node.func.value, ast.Name):
                alone = node.func.attr in _ANCHORED and len(node.args) == 1
                yield node.func.value.id, node.func.attr if alone else "finditer"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in called:
            yield node.id, "match"


def _written(tree: ast.Module, module: ModuleType) -> Iterator[Expression]:
    """Yield the expressions that are arguments of a function of `re`, but those that the module holds by a name."""
    held = {node.value: node for node in tree.body if isinstance(node, ast.Assign)}
    local = {
        node.value: {how for what, how in _uses(tree) if what == ast.unparse(node.targets[0])}
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
    }
    for node in ast.walk(tree):
        if node in held:
            continue
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _TAKES):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
            continue
        source = _source(node.args[0], module)
        if source is None:
            continue
        flags = 0
        for each in [*node.args[1:], *(key.value for key in node.keywords if key.arg == "flags")]:
            if "re." in ast.unparse(each) and isinstance(each, ast.Attribute | ast.BinOp):
                flags = eval(ast.unparse(each), vars(module).copy())
        used = local.get(node) or {node.func.attr if node.func.attr in _ANCHORED else "finditer"}
        yield Expression(f"{module.__name__}:{node.lineno}", re.compile(source, flags), frozenset(used))


def _source(node: ast.expr, module: ModuleType) -> str | None:
    """Return the text of an expression; None where it is that of a file or of another tool."""
    try:
        value: Any = eval(ast.unparse(node), vars(module).copy())
    except NameError:
        if not isinstance(node, ast.JoinedStr):
            return None
        parts = [each.value if isinstance(each, ast.Constant) else "3" for each in node.values]
        return "".join(str(part) for part in parts)
    return value if isinstance(value, str) else None
