"""Load the guides from `docs/practices/<area>/<item>.md`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opsbook.nouns.guide.model import Guide
from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.page.model import guide_meta
from opsbook.problems import Problem, ProblemsError
from opsbook.site.page import INDEXES
from opsbook.source.fences import scan_fences
from opsbook.source.files import regular_files
from opsbook.source.guard import reading
from opsbook.source.limits import limit_problems, refuse_large
from opsbook.source.markdown import parse_markdown
from opsbook.source.text import read_text

FOLDER = "practices"


def load(project: Project) -> Loaded:
    """Return the guides below the hand-written pages, each under the id of its item."""
    problems: list[Problem] = []
    records: list[Record] = []
    for file in _files(project.docs):
        path = file.relative_to(project.docs).as_posix()
        name = project.below_docs(path)
        with reading(name, problems):
            guide = parse_guide(read_text(file, name), path, name)
            records.append(Record(guide, kind="guide", id=guide.item, file=name))
    return Loaded(tuple(records), tuple(problems))


def parse_guide(text: str, path: str, name: str) -> Guide:
    """Return the guide in `text`, which lies at `path` and which messages call `name`. Raises ProblemsError."""
    refuse_large(text, name)
    body, first_line, meta = text, 1, {}
    if text.startswith("---"):
        page = parse_markdown(text, name)
        body, first_line, meta = page.body, page.body_line, dict(guide_meta(page))
    lines = text.split("\n")
    hidden = scan_fences(lines, name, first=first_line).hidden
    if problems := list(limit_problems(lines, hidden, name, first=first_line)):
        raise ProblemsError(problems)
    blank = body[: len(body) - len(body.lstrip())].count("\n") if body.strip() else 0
    said = {key: value for key, value in meta.items() if value is not None}
    return Guide(Path(path).stem, path, body.strip() + "\n", first_line + blank, said, name)


def _files(docs: Path) -> Iterator[Path]:
    """Yield the file of every guide. An index page of an area is an ordinary hand-written page."""
    for file in regular_files(docs / FOLDER, ".md", deep=True):
        if file.parent.parent == docs / FOLDER and file.stem not in INDEXES:
            yield file
