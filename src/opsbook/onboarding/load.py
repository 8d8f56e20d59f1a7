"""The tracks in `docs/onboarding/` in, each step with what its target says out, or every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from opsbook.guard import reading
from opsbook.onboarding.model import Entry, Header, Readable, Stage, Step, Track
from opsbook.onboarding.reading import fingerprint, reading_minutes
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.source.fields import SLUG_PATTERN
from opsbook.source.files import regular_files
from opsbook.source.limits import parse_page
from opsbook.source.text import read_text
from opsbook.source.tree import Document, Location
from opsbook.source.validate import validate

FOLDER = "onboarding"
STAGES = (("day-one", "Day one"), ("week-one", "Week one"), ("month-one", "Month one"))

Targets = Mapping[str, Mapping[str, Readable] | None]
"""What there is to read, by kind and id. A text that is empty is not written yet; a kind that is None was not read."""


def load_tracks(docs: Path, targets: Targets) -> Mapping[str, Track]:
    """The tracks below `docs`, by id. Raises ProblemsError with every mistake of every file."""
    problems: list[Problem] = []
    tracks: dict[str, Track] = {}
    for file in regular_files(docs / FOLDER, ".md"):
        name = f"{docs.name}/{FOLDER}/{file.name}"
        with reading(name, problems):
            tracks[file.stem] = parse_track(read_text(file, name), name, targets)
    if problems:
        raise ProblemsError(problems)
    return tracks


def parse_track(text: str, path: str, targets: Targets) -> Track:
    """The track in `text`, which messages call `path`. Raises ProblemsError with every mistake."""
    page = parse_page(text, path)
    id = Path(path).stem
    if problem := _name_problem(path, id):
        raise ProblemsError([problem])
    if page.front is None:
        raise ProblemsError([Problem(path, 1, 1, "a track starts with front matter; write `---`, its keys, and `---`")])
    header = validate(Header, page.front)
    if problems := list(first_problems(_problems(header, page.front, targets))):
        raise ProblemsError(problems)
    stages = tuple(
        Stage(title, tuple(_step(entry, targets) for entry in entries)) for _, title, entries in _stages(header)
    )
    return Track(id, header.title, header.summary, page.body.strip(), stages)


def _name_problem(path: str, id: str) -> Problem | None:
    if id == "index":
        return Problem(
            path, 0, 0, "the site makes this page itself; name a track after its role, such as `developer.md`"
        )
    if not re.match(SLUG_PATTERN, id):
        return Problem(path, 0, 0, f"`{id}` is not the name of a track; allowed: such as `on-call-engineer.md`")
    return None


def _stages(header: Header) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    for (key, title), entries in zip(STAGES, (header.day_one, header.week_one, header.month_one), strict=True):
        yield key, title, entries


def _problems(header: Header, front: Document, targets: Targets) -> Iterator[Problem]:
    """Targets that do not exist, are not written yet, or stand in the track twice."""
    seen: dict[tuple[str, str], int] = {}
    for key, _, entries in _stages(header):
        for index, entry in enumerate(entries):
            kind, id = entry.target
            at: Location = (key, index, kind)
            line = front.position(at).line
            if (first := seen.setdefault((kind, id), line)) != line:
                yield front.problem(at, f"the {kind} `{id}` stands on line {first} too; a step stands once")
            known = targets.get(kind)
            if known is None:
                continue
            if id not in known:
                yield front.problem(at, f"no {kind} is `{id}`; {did_you_mean(id, known)}")
            elif not known[id].text.strip():
                yield front.problem(at, f"the {kind} `{id}` has no text yet; write it first, or lead somewhere else")


def _step(entry: Entry, targets: Targets) -> Step:
    kind, id = entry.target
    known = targets.get(kind)
    if known is None:
        return Step(kind, id, entry.title or id, entry.do, entry.access, None, fingerprint(f"{id} {entry.do}"))
    target = known[id]
    return Step(
        kind=kind,
        id=id,
        title=entry.title or target.title,
        do=entry.do,
        access=entry.access,
        minutes=reading_minutes(target.text),
        fingerprint=fingerprint(target.text),
    )
