"""Load the onboarding tracks."""

from __future__ import annotations

from pathlib import Path

from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.nouns.track.model import Track, TrackHeader, is_track
from opsbook.problems import Problem, ProblemsError
from opsbook.source.fields import slug_fault
from opsbook.source.guard import reading
from opsbook.source.limits import parse_page
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument
from opsbook.source.validate import validate

FOLDER = "onboarding"


def load(project: Project) -> Loaded:
    """Return the tracks below the hand-written pages, and every mistake in every file.

    A file of their folder that names no stage, or that translates a track, is an ordinary page.
    """
    problems: list[Problem] = []
    records: list[Record] = []
    for path in project.docs_files(FOLDER, ".md", deep=False):
        name = project.below_docs(path)
        with reading(name, problems):
            text = read_text(project.docs / path, name)
            if is_track(text) and not project.is_translation(path):
                records.append(Record(*parse_track(text, name)))
    return Loaded(tuple(records), tuple(problems))


def parse_track(text: str, path: str) -> tuple[Track, YamlDocument]:
    """Return the track in `text`, which messages call `path`, and its front matter with positions.

    Raises ProblemsError with every mistake but those of names, which are checked once all files are read.
    """
    page = parse_page(text, path)
    id = Path(path).stem
    if problem := _name_problem(path, id):
        raise ProblemsError([problem])
    if page.front is None:
        raise ProblemsError([Problem(path, 1, 1, "a track starts with front matter; write `---`, its keys, and `---`")])
    header = validate(TrackHeader, page.front)
    return Track(**dict(header), id=id, introduction=page.body.strip(), path=path), page.front


def _name_problem(path: str, id: str) -> Problem | None:
    if slug_fault(id):
        return Problem(path, 0, 0, f"`{id}` is not the name of a track; allowed: such as `on-call-engineer.md`")
    return None
