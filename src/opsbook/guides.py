"""The guides in `docs/practices/<area>/<item>.md`: prose to go with the state in the checklist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.fences import scan_blocks
from opsbook.source.limits import limit_problems
from opsbook.source.text import read_text

FOLDER = "practices"


@dataclass(frozen=True)
class Guide:
    """What is written about one item. `path` is relative to the folder of the hand-written pages."""

    item: str
    path: str
    markdown: str


def load_guides(docs: Path, areas: Mapping[str, str]) -> Mapping[str, Guide]:
    """The guides below `docs`, by item id; `areas` gives the area's id of each item.

    Raises ProblemsError for a guide that belongs to no item or lies in another area's folder.
    """
    problems: list[Problem] = []
    guides: dict[str, Guide] = {}
    for file in _files(docs):
        path = file.relative_to(docs).as_posix()
        name = f"{docs.name}/{path}"
        if message := _misplaced(file, areas):
            problems.append(Problem(name, 0, 0, message))
            continue
        try:
            text = read_text(file, name)
            lines = text.split("\n")
            problems += limit_problems(lines, scan_blocks(lines, name).hidden, name)
            guides[file.stem] = Guide(file.stem, path, text.strip() + "\n")
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return guides


def _files(docs: Path) -> Iterator[Path]:
    """Every guide; pages such as `index.md` directly below an area belong to the site's own hand-written pages."""
    yield from sorted(file for file in docs.glob(f"{FOLDER}/*/*.md") if file.stem != "index")


def _misplaced(file: Path, areas: Mapping[str, str]) -> str | None:
    area = areas.get(file.stem)
    if area is None:
        return f"no item has the id `{file.stem}`; {did_you_mean(file.stem, areas)}"
    if area != file.parent.name:
        return f"the item `{file.stem}` is in the area `{area}`; move the guide to {FOLDER}/{area}/"
    return None
