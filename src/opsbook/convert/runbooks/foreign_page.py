"""Convert one page of Markdown from elsewhere into the text of a runbook; its links are led once all are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from opsbook.convert.runbooks.arrange import Passage, arranged
from opsbook.convert.runbooks.dialects import Dialect, counted_words
from opsbook.convert.runbooks.foreign_front import ForeignFront, foreign_front
from opsbook.convert.runbooks.pieces import PageBlock, TextLine, lines_of, pieces_of
from opsbook.convert.runbooks.safe_html import as_markdown, shown_text, whole_tags
from opsbook.convert.runbooks.vocabulary import section_for
from opsbook.nouns.alert.collection import parse_foreign_runbook
from opsbook.problems import Problem, Severity
from opsbook.source.fences import scan_fences
from opsbook.source.headings import Heading, scan_headings

LONGEST_TITLE = 300
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class ForeignText:
    """A page as it was found: its path below the folder that is imported, and its text."""

    path: str
    text: str
    front: ForeignFront


@dataclass(frozen=True)
class ConvertedPage:
    """What became of a page, before its links are rewritten."""

    source: ForeignText
    title: str
    body: str
    alerts: tuple[str, ...]
    anchors: Mapping[str, str]
    dropped: Counter[str]
    """The words of marks that were replaced."""
    sections: int
    """How many headings stood for one of our sections."""
    problems: tuple[Problem, ...] = ()


def foreign_text(path: str, text: str) -> ForeignText:
    """Return the page `text`, which is called `path`, with its front matter read."""
    return ForeignText(path, text, foreign_front(text.split("\n")))


def converted(
    source: ForeignText, text_of: Callable[[str], str | None], is_page: Callable[[str], bool]
) -> ConvertedPage:
    """Return `source` in our form; `text_of` and `is_page` answer what a snippet and a link of a wiki name."""
    lines = source.text.split("\n")
    first = source.front.body_at + 1
    pieces = _joined(pieces_of(lines[source.front.body_at :], first))
    problems = [_told(source, each.line, "this fence is not closed; it was closed here") for each in _open(pieces)]
    drawn = (piece for piece in pieces if not isinstance(piece, TextLine) and piece.info.strip(" {.}") == "mermaid")
    message = "a drawing of Mermaid is shown as its text; draw it in diagrams/"
    problems += [_told(source, each.line, message) for each in drawn]
    dialect = Dialect(text_of, is_page)
    plain = dialect.plain(pieces)
    if any("<img" in piece.text.lower() for piece in plain if isinstance(piece, TextLine)):
        plain = [_without_html(piece, dialect) for piece in plain]
    before = "\n".join(lines_of(plain))
    text, wrong = shown_text(before)
    dialect.dropped += Counter(counted_words(before)) - Counter(counted_words(text))
    problems += (_told(source, 0, f"in this page {each.message}") for each in wrong)
    shown = text.split("\n")
    headings = scan_headings(shown, scan_fences(shown, source.path).hidden)
    starts = next((number for number, line in enumerate(shown, start=1) if line.strip()), 1)
    title, at = _title(source, headings, starts)
    result = arranged(list(_passages(shown, headings, at)), title)
    anchors = dict(result.anchors)
    for heading in headings:
        where = anchors.setdefault(heading.anchor, "")
        anchors.setdefault(github_anchor(heading.text), where)
    return ConvertedPage(
        source=source,
        title=title,
        body=result.text,
        alerts=_alerts(source, title),
        anchors=anchors,
        dropped=dialect.dropped + result.dropped + _said_twice(source, headings, at),
        sections=result.found,
        problems=tuple(problems),
    )


def _said_twice(source: ForeignText, headings: Sequence[Heading], at: int | None) -> Counter[str]:
    """Return the words of the heading that is the title, where the front matter says it too."""
    said = source.front.first("title")
    return Counter(counted_words(headings[at].text)) if at is not None and said and said.values else Counter()


def github_anchor(heading: str) -> str:
    """Return the anchor that code hosts give `heading`.

    >>> github_anchor("What's `etcd` doing?")
    'whats-etcd-doing'
    """
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _open(pieces: Sequence[PageBlock]) -> Iterator[PageBlock]:
    return (piece for piece in pieces if not isinstance(piece, TextLine) and not piece.is_closed)


def _told(source: ForeignText, line: int, message: str) -> Problem:
    return Problem(source.path, line, 1 if line else 0, message, Severity.WARNING)


def _joined(pieces: Sequence[PageBlock]) -> list[PageBlock]:
    """Return `pieces` with each tag of a picture or a link on one line."""
    found: list[PageBlock] = []
    for is_text, group in groupby(pieces, lambda piece: isinstance(piece, TextLine)):
        several = list(group)
        texts = [piece.text for piece in several if isinstance(piece, TextLine)]
        if is_text and any(text.rstrip().lower().endswith(("<img", "<a")) or "<" in text for text in texts):
            found += (TextLine(text, several[0].line) for text in whole_tags(texts))
        else:
            found += several
    return found


def _without_html(piece: PageBlock, dialect: Dialect) -> PageBlock:
    """Return a line with the pictures of HTML as those of Markdown, which lead on from any page."""
    if not isinstance(piece, TextLine) or "<" not in piece.text or "`" in piece.text:
        return piece
    text = as_markdown(piece.text)
    dialect.drop(piece.text, keep=text)
    return replace(piece, text=text)


def _title(source: ForeignText, headings: Sequence[Heading], starts: int) -> tuple[str, int | None]:
    """Return the title, and which of `headings` it is; None where the front matter or the file's name gives it."""
    said = source.front.first("title")
    tops = [at for at, heading in enumerate(headings) if heading.level == 1 and not section_for(heading.text)]
    lowest = min((heading.level for heading in headings), default=0)
    alone = [at for at, heading in enumerate(headings) if heading.level == lowest]
    is_first = alone == [0] and len(headings) > 1 and headings[0].line == starts
    at = tops[0] if tops else (0 if is_first and not section_for(headings[0].text) else None)
    heading = _bare(headings[at].text) if at is not None else ""
    if said and said.values:
        is_same = _letters(heading) == _letters(said.values[0])
        is_said = heading in (said.values[0], *_alerts(source, ""))
        return said.values[0][:LONGEST_TITLE], at if is_same and is_said else None
    if heading:
        is_whole = heading == headings[at or 0].text and len(heading) < LONGEST_TITLE
        return heading[:LONGEST_TITLE], at if is_whole else None
    return _name(source.path), None


def _bare(heading: str) -> str:
    """Return the words of a heading, of a link in it those that are shown."""
    return " ".join(_LINK.sub(r"\1", heading).replace("`", "").strip(" *_#").split())


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.lower())


def _name(path: str) -> str:
    """Return the title of a page that has none: the name of its file, or of the folder that it is about."""
    parts = path.split("/")
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    if stem.lower() in ("readme", "index", "_index") and len(parts) > 1:
        stem = parts[-2]
    return stem.replace("_", " ").replace("-", " ").strip() or "Runbook"


def _passages(lines: Sequence[str], headings: Sequence[Heading], title_at: int | None) -> Iterator[Passage]:
    """Yield what stands before the first heading, then each heading with what stands below it."""
    own = [heading for heading in headings if heading.column == 1]
    starts = [heading.line for heading in own]
    yield Passage(None, tuple(pieces_of(lines[: starts[0] - 1 if starts else len(lines)], 1)))
    for heading, end in zip(own, (*starts[1:], len(lines) + 1), strict=False):
        first = heading.line + _height(lines, heading)
        pieces = tuple(pieces_of(lines[first - 1 : end - 1], first))
        is_title = title_at is not None and headings[title_at] is heading
        yield Passage(None if is_title else heading, pieces)


def _height(lines: Sequence[str], heading: Heading) -> int:
    """Return how many lines a heading takes: one, or more where it is underlined."""
    if lines[heading.line - 1].lstrip().startswith("#"):
        return 1
    below = (number for number in range(heading.line, len(lines)) if _UNDERLINE.match(lines[number]))
    return next(below, heading.line) - heading.line + 2


def _alerts(source: ForeignText, title: str) -> tuple[str, ...]:
    """Return the alerts that the page names: in its front matter, its file's name or its headings."""
    said = source.front.first("alertname", "alert", "alerts", "alert_name", "alertnames")
    if said and said.values:
        return said.values
    found = tuple(each.name for each in parse_foreign_runbook(source.text, source.path, source.path).alerts)
    return found or ((title,) if re.fullmatch(r"(?:[A-Z][a-z0-9]+){2,}|[A-Z]+(?:[A-Z][a-z0-9]+)+", title) else ())
