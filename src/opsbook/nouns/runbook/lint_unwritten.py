"""Find the sections and steps whose whole text says only that it is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from opsbook.nouns.runbook.findings import Finding, finding
from opsbook.nouns.runbook.model import ParsedRunbook, Prose, Step

_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
_SIGNS = re.compile(r"[*_`>#~\[\]()-]+|\.{2,}|\u2026")
_MARK = re.compile(r"(?:TODO|TBD|TBC|FIXME|WIP)\b")
_WORDS = re.compile(r"(?:todo|tbd|tbc|fixme|wip|to be (?:added|defined|determined|done|written)|coming soon)[.:!]*")


def lint_unwritten(source: ParsedRunbook) -> Iterator[Finding]:
    """Yield a finding for each section and each step that holds nothing but `TODO` or the like."""
    for section in source.runbook.sections:
        if is_unwritten(section.intro):
            line = _first_line(source, section.intro_line)
            yield _unwritten(source, None, line, section.name.value)
        for step in section.steps:
            texts = [part.markdown for part in step.parts if isinstance(part, Prose)]
            if len(texts) == len(step.parts) and is_unwritten("\n\n".join(texts)):
                line = _first_line(source, step.parts[0].line)
                yield _unwritten(source, step, line, f"step {step.number}")


def is_unwritten(text: str) -> bool:
    """Return whether `text` is one paragraph that only says that it is still to be written.

    >>> [is_unwritten(text) for text in ("**TODO**", "TODO: how one sees it", "Close the TODO list.", "")]
    [True, True, False, False]
    """
    bare = _SIGNS.sub(" ", _COMMENT.sub("", text)).strip()
    if "\n\n" in bare:
        return False
    return _MARK.match(bare) is not None or _WORDS.fullmatch(bare.lower()) is not None


def _first_line(source: ParsedRunbook, line: int) -> int:
    return next(filter(source.page.shows, range(line, len(source.page.lines) + 1)), line)


def _unwritten(source: ParsedRunbook, step: Step | None, line: int, what: str) -> Finding:
    message = f"`{what}` holds nothing yet; write it, or say `status: draft`"
    return finding(source, "unwritten", step, (line, 1), message)
