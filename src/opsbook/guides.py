"""The guides in `docs/practices/<area>/<item>.md`: prose to go with the state in the checklist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opsbook.guard import reading
from opsbook.pagehead import guide_meta
from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.fences import scan_blocks
from opsbook.source.files import regular_files
from opsbook.source.limits import limit_problems, refuse_large
from opsbook.source.markdown import parse_markdown
from opsbook.source.text import read_text

FOLDER = "practices"


@dataclass(frozen=True)
class Guide:
    """What is written about one item. `path` is relative to the folder of the hand-written pages."""

    item: str
    path: str
    markdown: str
    first_line: int = 1
    """The line of the file on which `markdown` begins."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """What its front matter says."""


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
        with reading(name, problems):
            guides[file.stem] = parse_guide(read_text(file, name), path, name)
    if problems:
        raise ProblemsError(problems)
    return guides


def parse_guide(text: str, path: str, name: str) -> Guide:
    """The guide in `text`, which lies at `path` and which messages call `name`. Raises ProblemsError."""
    refuse_large(text, name)
    body, first_line, meta = text, 1, {}
    if text.startswith("---"):
        page = parse_markdown(text, name)
        body, first_line, meta = page.body, page.body_line, dict(guide_meta(page))
    lines = text.split("\n")
    hidden = scan_blocks(lines, name, first=first_line).hidden
    if problems := list(limit_problems(lines, hidden, name, first=first_line)):
        raise ProblemsError(problems)
    blank = body[: len(body) - len(body.lstrip())].count("\n") if body.strip() else 0
    said = {key: value for key, value in meta.items() if value is not None}
    return Guide(Path(path).stem, path, body.strip() + "\n", first_line + blank, said)


def _files(docs: Path) -> Iterator[Path]:
    """Every guide; pages such as `index.md` directly below an area belong to the site's own hand-written pages."""
    for file in regular_files(docs / FOLDER, ".md", deep=True):
        if file.parent.parent == docs / FOLDER and file.stem != "index":
            yield file


def _misplaced(file: Path, areas: Mapping[str, str]) -> str | None:
    area = areas.get(file.stem)
    if area is None:
        return f"no item has the id `{file.stem}`; {did_you_mean(file.stem, areas)}"
    if area != file.parent.name:
        return f"the item `{file.stem}` is in the area `{area}`; move the guide to {FOLDER}/{area}/"
    return None
