"""Load every drawing of a project from the scripts in its folder.

A script is a helper where its name or that of a folder begins with `_`, or where it lies in a package, a folder with an
`__init__.py`. Where the folder is missing there are no drawings.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from opsbook.nouns.drawing.cache import drawing_keys, read_drawings, write_drawing
from opsbook.nouns.drawing.dot import dot_of
from opsbook.nouns.drawing.engine import DEFAULT_ENGINE, Engine, EngineError, find_engine
from opsbook.nouns.drawing.icons import IconError, load_icon
from opsbook.nouns.drawing.layout import facing_ports, layout_of
from opsbook.nouns.drawing.model import Drawing, Edge, Icon, Node, Sketch
from opsbook.nouns.drawing.run import CAN_FORK, Outcome, run_scripts
from opsbook.nouns.drawing.words import node_id
from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.problems import Problem, ProblemsError
from opsbook.source.files import regular_files
from opsbook.source.guard import collecting, guarded
from opsbook.source.text import read_text
from opsbook.source.tree import Location, Position

FOLDER = "diagrams"
INDEX = "index"


@dataclass(frozen=True)
class DrawingScript:
    """One script: the id of its drawing, its path below the root, and its text."""

    id: str
    path: str
    text: str


@dataclass(frozen=True)
class ScriptPlaces:
    """The lines of the script that made the nodes and frames of a drawing."""

    drawing: Drawing

    @property
    def path(self) -> str:
        """Return the name of the script in messages."""
        return self.drawing.script

    def position(self, location: Location) -> Position:
        """Return the line that made the part at `location`, such as `("nodes", 3, "item")`; else the first line."""
        match location:
            case ("nodes", int(at), *_):
                return Position(self.drawing.nodes[at].line, 1)
            case ("clusters", int(at), *_):
                return Position(self.drawing.clusters[at].line, 1)
        return Position(1, 1)

    def problem(self, location: Location, message: str) -> Problem:
        """Return the problem `message` at `location`."""
        at = self.position(location)
        return Problem(self.path, at.line, at.column, message)


def load(project: Project) -> Loaded:
    """Return the drawings that could be made, in the order of their ids, and the problems of the others."""
    drawings, problems = load_drawings(project.root, folder=FOLDER, cache=project.kept("drawings"))
    return Loaded(tuple(Record(drawing, ScriptPlaces(drawing)) for drawing in drawings), problems)


def load_drawings(
    root: Path,
    *,
    folder: str = FOLDER,
    cache: Path | None = None,
    engine: str = DEFAULT_ENGINE,
    seconds: float = 10.0,
    workers: int | None = None,
    fork: bool = CAN_FORK,
) -> tuple[tuple[Drawing, ...], tuple[Problem, ...]]:
    """Return the drawings below `root/folder`, in the order of their ids, and the problems of the others.

    A script may run for `seconds`; `workers` of them run side by side (as many as there are processors by default).
    `cache` is a folder of its own for drawings that are kept from one run to the next.
    """
    root = root.resolve()
    scripts, problems = _scripts(root, folder)
    if not scripts:
        return (), problems
    try:
        program = find_engine(engine)
    except EngineError as error:
        return (), (*problems, Problem(folder, 0, 0, str(error)))
    keys = drawing_keys(root, folder, {script.path: script.text for script in scripts}, program)
    kept = read_drawings(cache, {script.id: keys[script.path] for script in scripts})
    drawings = {drawing.script: drawing for drawing in kept.values()}
    todo = [script for script in scripts if script.path not in drawings]
    outcomes = run_scripts(
        [script.path for script in todo],
        root=root,
        seconds=seconds,
        workers=workers or os.cpu_count() or 1,
        fork=fork,
    )
    for made in _made(outcomes, {script.path: script for script in todo}, root, program):
        if isinstance(made, Problem):
            problems += (made,)
            continue
        drawings[made.script] = made
        write_drawing(cache, keys[made.script], made)
    return tuple(sorted(drawings.values(), key=lambda drawing: drawing.id)), problems


def script_files(folder: Path) -> Iterator[Path]:
    """Yield the scripts of drawings below `folder`, sorted, without the helpers."""
    for file in regular_files(folder, ".py", deep=True):
        parts = file.relative_to(folder).parts
        above = [folder.joinpath(*parts[:depth]) for depth in range(1, len(parts))]
        is_in_package = any((each / "__init__.py").exists() for each in above)
        if not (is_in_package or any(part.startswith("_") for part in parts)):
            yield file


def _scripts(root: Path, folder: str) -> tuple[tuple[DrawingScript, ...], tuple[Problem, ...]]:
    """Return the scripts of the folder by name, and a problem for each whose id is taken."""
    scripts: dict[str, DrawingScript] = {}
    problems: list[Problem] = []
    for path in script_files(root / folder):
        name = path.relative_to(root).as_posix()
        with collecting(name, problems):
            script = DrawingScript(node_id(path.stem), name, read_text(path, name))
            if script.id == INDEX:
                problems.append(Problem(name, 0, 0, f"`{INDEX}` is the address of the list of drawings; rename it"))
                continue
            first = scripts.setdefault(script.id, script)
            if first is not script:
                problems.append(Problem(name, 0, 0, f"the id `{script.id}` is taken by {first.path}; rename one"))
    return tuple(scripts.values()), tuple(problems)


def _made(
    outcomes: Iterable[Outcome], scripts: Mapping[str, DrawingScript], root: Path, engine: Engine
) -> Iterator[Drawing | Problem]:
    """Yield a drawing or a problem for each outcome; sketches are laid out while other scripts still run."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting: list[Future[Drawing | Problem]] = []
        for outcome in outcomes:
            if isinstance(outcome.result, Problem):
                yield outcome.result
            else:
                waiting.append(pool.submit(_drawing, scripts[outcome.script], outcome.result, root, engine))
        for future in waiting:
            yield future.result()


def _drawing(script: DrawingScript, sketch: Sketch, root: Path, engine: Engine) -> Drawing | Problem:
    """Return the drawing made of one sketch and its icons, or a problem.

    A failure that nobody foresaw is a problem of the script too.
    """
    try:
        with guarded(script.path):
            return _laid_out(script, sketch, root, engine)
    except ProblemsError as error:
        return error.problems[0]


def _laid_out(script: DrawingScript, sketch: Sketch, root: Path, engine: Engine) -> Drawing | Problem:
    try:
        first = layout_of(sketch, engine.run(dot_of(sketch)))
        dot = dot_of(sketch, facing_ports(sketch, first))
        layout = layout_of(sketch, engine.run(dot))
    except EngineError as error:
        return Problem(script.path, 1, 1, str(error))
    nodes: list[Node] = []
    icons: dict[str, Icon] = {}
    for node in sketch.nodes:
        try:
            icon = load_icon(_icon_path(node.icon, root, script)) if node.icon else None
        except IconError as error:
            return Problem(script.path, node.line, 1, str(error))
        nodes.append(node.model_copy(update={"icon": icon.id if icon else None}))
        icons |= {icon.id: icon} if icon else {}
    drawn = {box.id for box in layout.clusters}
    seen = [pair for pair in zip(sketch.edges, layout.routes, strict=True) if pair[0].style != "invis"]
    return Drawing(
        id=script.id,
        title=sketch.title,
        description=sketch.description,
        script=script.path,
        source=script.text,
        nodes=tuple(nodes),
        edges=tuple(_forwards(edge) for edge, _route in seen),
        clusters=tuple(cluster for cluster in sketch.clusters if cluster.id in drawn),
        icons=tuple(icons.values()),
        layout=layout.model_copy(update={"routes": tuple(route for _edge, route in seen)}),
        dot=dot,
        complete=sketch.complete,
        line=sketch.line,
    )


def _forwards(edge: Edge) -> Edge:
    """Return `edge` as readers see it.

    `a << b` is laid out from a to b and points back; for a reader it goes from b to a.
    """
    if edge.direction != "back":
        return edge
    return edge.model_copy(update={"source": edge.target, "target": edge.source, "direction": "forward"})


def _icon_path(icon: str, root: Path, script: DrawingScript) -> Path:
    """Return the file of an icon.

    Those of `diagrams` are absolute; one of the project is relative to the script or to the root.
    """
    beside = (root / script.path).parent / icon
    return beside if beside.is_file() else root / icon
