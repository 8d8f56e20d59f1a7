"""Write the hooks of a site, `hooks` in its `mkdocs.yml`, so that what each of them does happens once.

`generate` runs a build as far as the Markdown. So what a hook does up to there is in the generated source already, and
the copy of the hook has the rest only: events that change the HTML or what is written beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from opsbook.problems import Problem, Severity

DONE = frozenset({"on_config", "on_pre_build", "on_files", "on_page_read_source", "on_page_markdown"})
"""The events whose work is in the generated source."""
SILENT = frozenset({"on_startup", "on_shutdown", "on_serve", "on_build_error"})
"""The events that change no page."""
ENDING = """

# What these did is in this source already: `opsbook generate` has run them.
for _event in {events}:
    globals().pop(_event, None)
"""


@dataclass(frozen=True)
class Hook:
    """A file of `hooks`, by the name that `mkdocs.yml` gives it, and the events that it handles."""

    name: str
    events: frozenset[str]

    @property
    def late(self) -> frozenset[str]:
        """Return the events that are still to happen when the Markdown is there."""
        return self.events - DONE - SILENT

    @property
    def path(self) -> str:
        """Return the path of the copy: its own, or one in `hooks/` for a file outside of the folder."""
        path = PurePosixPath(Path(self.name).as_posix())
        return f"hooks/{path.name}" if path.is_absolute() or ".." in path.parts else str(path)


def hooks_of(events: Mapping[str, frozenset[str]]) -> list[Hook]:
    """Return the hooks that are copied: those that still have something to do. `events` are those of each, by name."""
    return [hook for hook in map(Hook, events, events.values()) if hook.late]


def hook_files(hook: Hook, root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of the copy of `hook`, and of each module beside it that it imports."""
    file = root / hook.name
    text, folder = file.read_bytes(), PurePosixPath(hook.path).parent
    done = sorted(hook.events & DONE)
    yield hook.path, text + ENDING.format(events=repr(done)).encode() if done else text
    for beside in _imported(file, {file}):
        yield str(folder / beside.relative_to(file.parent).as_posix()), beside.read_bytes()


def hook_problems(hook: Hook, root: Path) -> Iterator[Problem]:
    """Yield a warning for each event of `hook` that does not happen where no hooks are run."""
    tree = ast.parse((root / hook.name).read_bytes())
    places = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for event in sorted(hook.late):
        line, column = (places[event].lineno, places[event].col_offset + 1) if event in places else (1, 1)
        message = f"`{event}` does not happen under Zensical, which runs no hooks; MkDocs and ProperDocs run it"
        yield Problem(hook.name, line, column, message, severity=Severity.WARNING)


def _imported(file: Path, seen: set[Path]) -> Iterator[Path]:
    """Yield the modules beside `file` that it imports, directly or by another one of them, without those in `seen`."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
        for beside in (file.parent / f"{name.replace('.', '/')}.py" for name in names):
            if beside not in seen and beside.is_file():
                seen.add(beside)
                yield beside
                yield from _imported(beside, seen)
