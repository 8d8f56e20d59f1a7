"""The tracks in `docs/onboarding/` in, each step with what its target says out, or every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from opsbook.nouns.track.model import Readable, Track, TrackEntry, TrackHeader, TrackStage, TrackStep
from opsbook.nouns.track.reading import reading_minutes, text_fingerprint
from opsbook.problems import Problem, ProblemsError, did_you_mean
from opsbook.source.fields import SLUG_PATTERN
from opsbook.source.files import regular_files
from opsbook.source.guard import reading
from opsbook.source.limits import parse_page
from opsbook.source.text import read_text
from opsbook.source.tree import Location, YamlDocument
from opsbook.source.validate import validate

FOLDER = "onboarding"
STAGES = (("day-one", "Day one"), ("week-one", "Week one"), ("month-one", "Month one"))

ReadableTargets = Mapping[str, Mapping[str, Readable] | None]
"""What there is to read, by kind and id. A text that is empty is not written yet; a kind that is None was not read."""


def load_tracks(docs: Path, targets: ReadableTargets) -> Mapping[str, Track]:
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


def parse_track(text: str, path: str, targets: ReadableTargets) -> Track:
    """The track in `text`, which messages call `path`. Raises ProblemsError with every mistake."""
    page = parse_page(text, path)
    id = Path(path).stem
    if problem := _name_problem(path, id):
        raise ProblemsError([problem])
    if page.front is None:
        raise ProblemsError([Problem(path, 1, 1, "a track starts with front matter; write `---`, its keys, and `---`")])
    header = validate(TrackHeader, page.front)
    if problems := list(_problems(header, page.front, targets)):
        raise ProblemsError(problems)
    stages = tuple(
        TrackStage(title, tuple(_step(entry, targets) for entry in entries)) for _, title, entries in _stages(header)
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


def _stages(header: TrackHeader) -> Iterator[tuple[str, str, tuple[TrackEntry, ...]]]:
    for (key, title), entries in zip(STAGES, (header.day_one, header.week_one, header.month_one), strict=True):
        yield key, title, entries


def _problems(header: TrackHeader, front: YamlDocument, targets: ReadableTargets) -> Iterator[Problem]:
    """Targets that do not exist, are not written yet, or stand in the track twice."""
    seen: dict[tuple[str, str], int] = {}
    for key, _, entries in _stages(header):
        for index, entry in enumerate(entries):
            kind, id = entry.target
            at: Location = (key, index, kind)
            line = front.position(at).line
            if (first := seen.setdefault((kind, id), line)) != line:
                yield front.problem(at, f"the {kind} `{id}` is already used on line {first}; steps are unique")
            known = targets.get(kind)
            if known is None:
                continue
            if id not in known:
                yield front.problem(at, f"no {kind} is `{id}`; {did_you_mean(id, known)}")
            elif not known[id].text.strip():
                yield front.problem(at, f"the {kind} `{id}` has no text yet; write it first, or lead somewhere else")


def _step(entry: TrackEntry, targets: ReadableTargets) -> TrackStep:
    kind, id = entry.target
    known = targets.get(kind)
    if known is None:
        return TrackStep(
            kind, id, entry.title or id, entry.do, entry.access, None, text_fingerprint(f"{id} {entry.do}")
        )
    target = known[id]
    return TrackStep(
        kind=kind,
        id=id,
        title=entry.title or target.title,
        do=entry.do,
        access=entry.access,
        minutes=reading_minutes(target.text),
        fingerprint=text_fingerprint(target.text),
    )
