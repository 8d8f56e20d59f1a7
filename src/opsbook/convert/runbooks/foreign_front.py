"""Read the front matter of somebody else's page, in YAML or TOML, and tell what of it a runbook can say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from opsbook.problems import ProblemsError
from opsbook.source.yaml import parse_yaml

_FENCES = {"---": re.compile(r"(?:---|\.\.\.)[ \t]*$"), "+++": re.compile(r"\+\+\+[ \t]*$")}
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w.-]*+)[ \t]*+[:=](?:[ \t]++(?P<value>\S.*)?)?$")
_ENTRY = re.compile(r"[ \t]*-[ \t]+(?P<value>\S.*)$")


@dataclass(frozen=True)
class ForeignKey:
    """A key of foreign front matter: its value as text, or its values, and the lines that it was written in."""

    name: str
    values: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ForeignFront:
    """The keys of foreign front matter, and the number of the first line below it, from 0 on."""

    keys: tuple[ForeignKey, ...] = ()
    body_at: int = 0
    loose: tuple[str, ...] = ()
    """The lines of it that belong to no key."""

    def first(self, *names: str) -> ForeignKey | None:
        """Return the first key that has one of `names`, whatever its case; None where there is none."""
        return next((key for name in names for key in self.keys if key.name.lower() == name), None)


@dataclass
class _Reading:
    keys: list[ForeignKey] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


def foreign_front(lines: Sequence[str]) -> ForeignFront:
    """Return the front matter at the beginning of `lines`; an empty one where there is none."""
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    close = _FENCES.get(lines[start].rstrip()) if lines else None
    end = next((at for at in range(start + 1, len(lines)) if close and close.match(lines[at])), None)
    if end is None:
        return ForeignFront()
    inside = lines[start + 1 : end]
    first = next((line for line in inside if line.strip() and not line.lstrip().startswith("#")), "")
    if first and not _KEY.match(first):
        return ForeignFront()  # A rule above the text, not front matter.
    reading = _Reading()
    _read(inside, reading, _values(inside))
    return ForeignFront(tuple(reading.keys), end + 1, tuple(reading.loose))


def _read(lines: Sequence[str], reading: _Reading, known: Mapping[str, tuple[str, ...]]) -> None:
    """Divide `lines` into keys at the first level, each with the indented lines and list entries below it."""
    at = 0
    while at < len(lines):
        found = _KEY.match(lines[at])
        if not found:
            if lines[at].strip():
                reading.loose.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith((" ", "\t", "-", "]"))):
            end += 1
        name = found["key"]
        values = known.get(name) or _written(found["value"] or "", lines[at + 1 : end])
        written = tuple(line for line in lines[at:end] if line.strip())
        reading.keys.append(ForeignKey(name, values, written))
        at = end


def _values(lines: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the texts and lists of texts that YAML reads; nothing where it is no YAML of ours."""
    try:
        tree = parse_yaml("\n".join(lines), "front matter").tree
    except ProblemsError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for key, value in tree.items() if isinstance(tree, dict) else ():
        if isinstance(value, str):
            found[key] = (value.strip(),) if value.strip() else ()
        elif isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
            found[key] = tuple(str(each) for each in value)
    return found


def _written(value: str, below: Sequence[str]) -> tuple[str, ...]:
    """Return what stands behind a key as it is written, for TOML and for YAML with a mistake."""
    if value.startswith("["):
        return tuple(filter(None, (each.strip(" \"'") for each in value.strip("[] ").split(","))))
    if value:
        return (value.strip("\"'"),)
    return tuple(found["value"].strip("\"'") for line in below if (found := _ENTRY.match(line)))
