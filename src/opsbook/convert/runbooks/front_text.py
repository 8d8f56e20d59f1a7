"""Write the front matter of an imported runbook: what a runbook can say, then the rest of the old one as comments."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsbook.convert.runbooks.foreign_front import ForeignFront
from opsbook.convert.scalars import write_scalar
from opsbook.nouns.runbook.model import AlertSeverity

MARK = "# imported from "
_MARK = re.compile(r"^# imported from (?P<path>.+) as (?P<digest>[0-9a-f]{12}); .*\n", re.MULTILINE)
_HINT = "an import brings a newer version while nothing else in this file is changed"


@dataclass(frozen=True)
class RunbookKeys:
    """What is known of an imported runbook. `severity`, `summary` and `owner` are empty where nothing says them."""

    id: str
    title: str
    alerts: tuple[str, ...] = ()
    severity: str = ""
    summary: str = ""
    owner: str = ""
    symptoms: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def front_text(keys: RunbookKeys, front: ForeignFront, notes: Sequence[str] = ()) -> str:
    """Return the front matter, with the keys of `front` that a runbook does not know, and `notes`, as comments."""
    return "\n".join(("---", *_lines(keys), *_kept(keys, front), *(f"# {note}" for note in notes), "---", ""))


def _lines(keys: RunbookKeys) -> Iterator[str]:
    yield f"id: {keys.id}"
    yield f"title: {write_scalar(keys.title)}"
    yield "status: draft"
    for name in ("summary", "severity", "owner"):
        if value := getattr(keys, name):
            yield f"{name}: {write_scalar(value)}"
    for name, values in (("alerts", keys.alerts), ("symptoms", keys.symptoms), ("aliases", keys.aliases)):
        if values:
            yield f"{name}:"
            yield from (f"  - {write_scalar(value)}" for value in values)


def _kept(keys: RunbookKeys, front: ForeignFront) -> Iterator[str]:
    """Yield the lines of each key that says more than is written above."""
    said = {keys.title, keys.severity, keys.summary, keys.owner, *keys.alerts, *keys.symptoms}
    for key in front.keys:
        is_ours = key.name.lower() in ("title", "severity", "summary", "description", "owner", "alerts", "alert", "id")
        if not (is_ours and key.values and said.issuperset(key.values)):
            yield from (f"# {line.rstrip()}" for line in key.lines)
    yield from (f"# {line.rstrip()}" for line in front.loose)


def severity_of(text: str) -> str:
    """Return the severity that `text` names; empty where it names none of ours."""
    word = text.strip().lower()
    return word if word in {each.value for each in AlertSeverity} else ""


def with_mark(text: str, path: str) -> str:
    """Return the text of a runbook with a line that says where it is from, and by which a change is seen."""
    head, _, rest = text.partition("\n---\n")
    return f"{head}\n{MARK}{path} as {digest_of(text)}; {_HINT}\n---\n{rest}"


def digest_of(text: str) -> str:
    """Return a short digest of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Imported:
    """What the mark of an imported runbook says: where it is from, and whether the file is as it was written."""

    path: str
    digest: str
    is_untouched: bool


def mark_of(text: str) -> Imported | None:
    """Return what the mark in the front matter of `text` says; None where there is none."""
    found = _MARK.search(text.partition("\n---\n")[0] + "\n")
    if not found:
        return None
    bare = text[: found.start()] + text[found.end() :]
    return Imported(found["path"], found["digest"], digest_of(bare) == found["digest"])
