"""Record what a script draws, without rendering, opening or writing anything.

It runs in a process of its own, where the classes of `diagrams` are watched. The result is plain data that `Sketch`
reads, or a `Fault` with a position.
"""

from __future__ import annotations

import ast
import inspect
import random
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import diagrams
import graphviz

from opsbook.nouns.drawing.faults import script_fault
from opsbook.nouns.drawing.recorder import Recorder, SketchData
from opsbook.nouns.drawing.words import collapse_space


def watch(recorder: Recorder) -> None:
    """Report each object that `diagrams` makes to the recorder, and disable everything that renders."""
    # https://github.com/mingrammer/diagrams/blob/v0.25.1/diagrams/__init__.py#L164-L200
    # https://github.com/xflr6/graphviz/blob/0.20.3/graphviz/rendering.py#L22
    # The library has no tree of what a script draws: it writes DOT as it goes, runs Graphviz on it and deletes the
    # text. These changes end with the process, which runs only one script.
    _after(diagrams.Node, lambda node, _given: recorder.add_node(node))
    _after(diagrams.Cluster, lambda cluster, _given: recorder.add_cluster(cluster))
    _after(diagrams.Diagram, recorder.begin)

    def connect(_diagram: object, source: diagrams.Node, target: diagrams.Node, edge: diagrams.Edge) -> None:
        recorder.add_edge(source, target, edge)

    _replace(diagrams.Diagram, connect=connect, render=_nothing, __exit__=_leave)
    for kind in (graphviz.Digraph, graphviz.Graph):
        _replace(kind, render=_nothing, view=_nothing, save=_nothing, pipe=_nothing)


def _replace(kind: type, **methods: Callable[..., object]) -> None:
    for name, method in methods.items():
        setattr(kind, name, method)


def _leave(*_error: object) -> None:
    forget: Callable[[None], None] = cast(Any, diagrams.setdiagram)
    forget(None)


def _nothing(*_arguments: object, **_options: object) -> str:
    return ""


def _after(kind: Any, then: Callable[[Any, SketchData], None]) -> None:
    """Call `then` with each new object of a class and the arguments that it was made with."""
    first = kind.__init__
    signature = inspect.signature(first)

    def made(self: Any, *args: Any, **options: Any) -> None:
        given = signature.bind(self, *args, **options).arguments
        first(self, *args, **options)
        then(self, given)

    kind.__init__ = made


def record(script: Path, root: Path) -> SketchData:
    """Run a script to its end, and return `{"sketch": …}` or `{"fault": …}`."""
    recorder = Recorder(script)
    source = ""
    try:
        source = script.read_text(encoding="utf-8")
        code = compile(source, str(script), "exec", dont_inherit=True)
        watch(recorder)
        _run(code, script)
        doc = ast.get_docstring(ast.parse(source)) or ""
        return {"sketch": recorder.sketch(collapse_space(doc.split("\n\n")[0]))}
    except BaseException as error:
        return {"fault": script_fault(error, script, root, source)}


def _run(code: types.CodeType, script: Path) -> None:
    random.seed(0)
    sys.dont_write_bytecode = True
    sys.argv = [str(script)]
    sys.path.insert(0, str(script.parent))
    module = types.ModuleType("__main__")
    module.__file__ = str(script)
    sys.modules["__main__"] = module
    exec(code, vars(module))  # noqa: S102 - running the user's own script is the job of this process
