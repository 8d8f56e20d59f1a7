"""Read a tag as a browser does, in time proportional to its length: https://html.spec.whatwg.org/#tokenization."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass

STARTS = re.compile(r"</?[A-Za-z]")
_NAME = re.compile(r"[^\t\n\f\r />]*")
_BETWEEN = re.compile(r"[\t\n\f\r /]*")
_ATTRIBUTE = re.compile(r"=?[^\t\n\f\r />=]*")
_BLANKS = re.compile(r"[\t\n\f\r ]*")
_COMMENT_END = re.compile(r"--!?>")
_BRACKET = re.compile(r"[<>]")
_BARE = re.compile(r"[^\t\n\f\r >]*")


@dataclass(frozen=True)
class Tag:
    """A start or end tag. `start` and `end` are offsets; `name_end` is the one after its name.

    Names are in lower case. Of an attribute that is written twice, the first one counts.
    """

    name: str
    is_end: bool
    attributes: tuple[tuple[str, str], ...]
    start: int
    name_end: int
    end: int
    is_closed: bool


class OpenTags:
    """The names of the tags that are open, the outermost first."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.counts: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self.names)

    def open(self, name: str) -> None:
        """Add the tag `name` as the innermost one."""
        self.names.append(name)
        self.counts[name] += 1

    def close(self, name: str) -> None:
        """Remove the innermost tag called `name` and all tags inside of it; do nothing where there is none."""
        closed = None if self.counts[name] else name
        while closed != name:
            closed = self.names.pop()
            self.counts[closed] -= 1


class TagReader:
    """A reader of the tags of one text.

    Where one tag is not closed, the quotes of those after it can pair in another way, and each could reach to the same
    end again. Up to that end, and inside of another tag, a tag ends at the next angle bracket.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.read_until = 0

    def read(self, start: int, limit: int | None = None) -> Tag:
        """Return the tag that starts at `start`, where STARTS matches, and ends before `limit`."""
        if start >= self.read_until:
            tag = read_tag(self.text, start, limit)
            self.read_until = tag.end
            if tag.is_closed:
                return tag
        bracket = _BRACKET.search(self.text, start + 1, len(self.text) if limit is None else limit)
        return read_tag(self.text, start, bracket.start() + (bracket.group() == ">") if bracket else limit)


def read_tag(text: str, start: int, limit: int | None = None) -> Tag:
    """Return the tag that starts at `start`, where STARTS matches. It is not closed where it reaches `limit`."""
    limit = len(text) if limit is None else limit
    is_end = text.startswith("</", start)
    at = name_end = _end(_NAME, text, start + 1 + is_end, limit)
    name = text[start + 1 + is_end : at].lower()
    found: dict[str, str] = {}
    while True:
        at = _end(_BETWEEN, text, at, limit)
        if at >= limit or text[at] == ">":
            break
        after = _end(_ATTRIBUTE, text, at, limit)
        attribute = text[at:after].lower()
        value, at = _value(text, after, limit)
        found.setdefault(attribute, value)
    return Tag(name, is_end, tuple(found.items()), start, name_end, min(at + 1, limit), at < limit)


def comment_end(text: str, start: int) -> int:
    """Return where the comment at `start` ends, at the latest with `text`; `<!-->` and `<!--->` are complete."""
    if text.startswith((">", "->"), start + 4):
        return text.index(">", start) + 1
    match = _COMMENT_END.search(text, start + 4)
    return match.end() if match else len(text)


def _value(text: str, at: int, limit: int) -> tuple[str, int]:
    """Return the value after an attribute's name, and where it ends. A quote that is not closed reaches to `limit`."""
    equals = _end(_BLANKS, text, at, limit)
    if equals >= limit or text[equals] != "=":
        return "", at
    start = _end(_BLANKS, text, equals + 1, limit)
    if start < limit and text[start] in "\"'":
        end = text.find(text[start], start + 1, limit)
        return html.unescape(text[start + 1 : end if end >= 0 else limit]), end + 1 if end >= 0 else limit
    end = _end(_BARE, text, start, limit)
    return html.unescape(text[start:end]), end


def _end(pattern: re.Pattern[str], text: str, at: int, limit: int) -> int:
    match = pattern.match(text, at, limit)
    return match.end() if match else at
