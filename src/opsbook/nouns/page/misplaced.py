"""Find hand-written pages whose front matter is that of another noun, which no page of `docs/` shows."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from pydantic import BaseModel

from opsbook.nouns.post_mortem.model import PostMortemHeader
from opsbook.nouns.runbook.model import NEEDED_WHEN_FINISHED, RunbookHeader
from opsbook.nouns.track.model import STAGES
from opsbook.problems import Problem
from opsbook.source.files import LANGUAGE
from opsbook.source.markdown import Markdown

TRACKS = "onboarding"
_ALIKE = 0.75
"""From which likeness on a key is a misspelt one: `dayone` is, `days` is not."""


def _required(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if field.is_required())


_NOUNS: Mapping[str, tuple[str, frozenset[str]]] = {
    "a runbook": ("runbooks/<id>.md", _required(RunbookHeader) | set(NEEDED_WHEN_FINISHED)),
    "a post-mortem": ("post-mortems/<day>-<name>.md", _required(PostMortemHeader)),
}
"""Where the files of a noun are read, and the keys by which their front matter is known."""


def misplaced(page: Markdown, path: str) -> Iterator[Problem]:
    """Yield what in the front matter of `page`, which lies at `path` below the pages, nothing would show.

    A translation of a page that is made of a runbook or a post-mortem may repeat its keys.
    """
    front = page.front
    if front is None or not isinstance(front.tree, dict):
        return
    keys = front.tree.keys()
    where = PurePosixPath(path)
    stages = [key for key, _ in STAGES]
    for key in keys:
        if key in stages and not _is_in_tracks(where):
            message = f"`{key}` is a key of a track; allowed: {TRACKS}/<role>.md, below the folder of the pages"
            yield front.problem((key,), message, key=True)
        elif where.parts[0] == TRACKS and key not in stages and (near := _near(key, stages)):
            yield front.problem((key,), f"unknown key `{key}`; did you mean `{near}`?", key=True)
    if LANGUAGE.fullmatch(where.stem.rpartition(".")[2]) and "." in where.stem:
        return
    for noun, (place, needed) in _NOUNS.items():
        if keys >= needed:
            message = (
                f"this is the front matter of {noun}, which no page here shows; allowed: {place} beside mkdocs.yml"
            )
            yield front.problem((), message)


def _is_in_tracks(path: PurePosixPath) -> bool:
    """Return whether `path` is that of a track, or of the translation of one."""
    return path.parts[0] == TRACKS and len(path.parts) == 2 and path.suffix == ".md"


def _near(key: str, stages: list[str]) -> str:
    return next(iter(difflib.get_close_matches(key.lower().replace("_", "-"), stages, 1, _ALIKE)), "")
