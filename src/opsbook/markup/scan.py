"""Find in the source of a page what cleaning would take out of it, so that its author learns the place.

This reads the source, and cleaning reads the page. Where it depends on Markdown whether a construct takes effect, the
construct counts here: a link need not be whole for its address to be judged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown.util import BLOCK_LEVEL_ELEMENTS

from opsbook.markup.addresses import link_fault, picture_fault
from opsbook.markup.allowed import TAGS, frame_classes, is_allowed_attribute, missing_attribute_fault, value_fault
from opsbook.markup.attribute_lists import attribute_list, fence_faults, list_faults, named_faults
from opsbook.markup.tags import OpenTags, Tag, TagReader, comment_end
from opsbook.markup.targets import References, target_after
from opsbook.markup.visible import Visible, visible
from opsbook.problems import Problem, Severity
from opsbook.source.fences import Fence

_NEXT = re.compile(r"\\|`+|<(?:/?[A-Za-z]|!|\?)|\[|\]|\{|\n[ \t]*\n")
_IN_RAW = re.compile(r"<(?:/?[A-Za-z]|!|\?)")
_ADDRESS = re.compile(r"<(?P<target>[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*)>")
_MAIL = re.compile(r"<[^<> !@\n]{1,200}@[^@<> \n]{1,200}>")
_SCRIPTED = re.compile(r"<(?:javascript|vbscript|data):", re.IGNORECASE)
_ANGLE = re.compile(">")
_ANGLED = re.compile(r"\(<[^<>\n]*+>")
_COMMENT_START = re.compile(r"--!?>|<!--?>")
_NOTE = re.compile(r"[ \t>]*(?:!!!|\?\?\?\+?)[ \t]?(?P<classes>[\w -]+)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{0,18}")
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS) - {"hr"}
# What these hold is no markup.
_TEXT_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


class MarkupFault(NamedTuple):
    """A message about what is wrong at an offset of the text."""

    offset: int
    message: str


def scan_markup(
    lines: Sequence[str], fences: Sequence[Fence], path: str, *, first: int = 1, hint: str = ""
) -> Iterator[Problem]:
    """Yield a warning for each construct in `lines` that a page may not have, in order.

    `fences` are the fenced blocks of `lines`, `first` is the number of the first line after the front matter, and
    messages call the file `path`. `hint` is added to messages about a tag or an attribute and names a way out.
    """
    text = visible(lines, fences, first=first)
    found: dict[tuple[int, int], dict[str, None]] = defaultdict(dict)
    for offset, message in (*_Scanner(text, hint).run(), *_notes(text)):
        found[text.place(offset)][message] = None
    for fence in fences:
        for message in fence_faults(fence):
            found[fence.line, fence.column][message] = None
    for (line, column), messages in sorted(found.items()):
        yield Problem(path, line, column, "; and ".join(messages), Severity.WARNING)


def _notes(text: Visible) -> Iterator[MarkupFault]:
    """Yield a fault for each class of the theme's frame that the type of an admonition gives it."""
    for start, line in zip(text.starts, text.text.split("\n"), strict=True):
        note = _NOTE.match(line)
        if note and (wrong := frame_classes(note["classes"])):
            message = f"the class {wrong[0]} belongs to the frame of the page; choose another"
            yield MarkupFault(start + note.start("classes"), message)


@dataclass
class _Scanner:
    """A walk through a text, with the raw HTML and the brackets that are open at its place."""

    source: Visible
    hint: str = ""
    at: int = 0
    raw: OpenTags = field(default_factory=OpenTags)
    brackets: list[tuple[int, bool]] = field(default_factory=list)
    escaped: int = -1
    missing: set[re.Pattern[str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.text = self.source.text
        self.reader = TagReader(self.text)
        self.references = References()

    def run(self) -> Iterator[MarkupFault]:
        while match := (_IN_RAW if self.raw else _NEXT).search(self.text, self.at):
            start, mark = match.start(), match.group()
            self.at = match.end()
            if mark[0] == "<":
                yield from self.angle(start, mark)
            elif self.source.place(start)[0] in self.source.indented:
                continue
            elif mark[0] == "\\":
                # Python-Markdown has no escape for `<`; a backslash before it changes nothing.
                self.escaped = self.at
                self.at += self.text[self.at : self.at + 1] in tuple("\\`*_{}[]()>#+-.!")
            elif mark[0] == "`":
                self.at = self.source.code_end(start) or self.at
            elif mark[0] == "{":
                inside = attribute_list(self.text, start)
                yield from (MarkupFault(start, fault) for fault in list_faults(inside or ""))
                self.at = self.text.index("}", start) + 1 if inside is not None else self.at
            elif mark[0] == "\n":
                self.brackets.clear()
                self.at -= 1
            else:
                yield from self.bracket(start, mark)
        yield from (MarkupFault(start, message) for start, message in self.references.faults())

    def bracket(self, start: int, mark: str) -> Iterator[MarkupFault]:
        """Read a bracket; yield what is wrong with the link, picture or definition that a closing one completes."""
        if mark == "[":
            is_image = self.text[start - 1 : start] == "!" and self.escaped != start - 1
            self.brackets.append((start - is_image, is_image))
            return
        if not self.brackets:
            return
        opened, is_image = self.brackets.pop()
        label = (opened + 1 + is_image, start)
        if self.text.startswith("(", self.at):
            target = target_after(self.text, self.at + 1)
            if fault := picture_fault(target) if is_image else link_fault(target):
                yield MarkupFault(opened, fault)
            if angled := _ANGLED.match(self.text, self.at):  # No tag, whatever it begins with.
                self.at = angled.end()
        elif is_image:
            self.references.use(self.text, opened, label)
        elif self.text.startswith(":", self.at):
            defined = self.references.define(self.text, self.source.line_start(opened), opened, label)
            if defined and (fault := link_fault(defined)):
                yield MarkupFault(opened, fault)

    def angle(self, start: int, mark: str) -> Iterator[MarkupFault]:
        """Read what begins with an angle bracket, a comment, an address or a tag; yield what is wrong with it."""
        if mark in ("<!", "<?"):
            yield from self.comment(start)
            return
        is_code = not self.raw and self.source.place(start)[0] in self.source.indented
        address = None if self.raw else _ADDRESS.match(self.text, start)
        if is_code or (not self.raw and _MAIL.match(self.text, start)):
            return
        if address or (not self.raw and _SCRIPTED.match(self.text, start)):
            target = address["target"] if address else self.text[start + 1 : self.text.find(":", start) + 1]
            if fault := link_fault(target):
                yield MarkupFault(start, fault)
            self.at = address.end() if address else self.at
            return
        is_whole = bool(self.raw) or self.begins_block(start, self.text[start + 1 : start + 20])
        tag = self.reader.read(start, None if is_whole else self.source.blank_line(start))
        yield from (MarkupFault(start, fault) for fault in _tag_faults(tag, self.hint, is_raw=bool(self.raw)))
        self.enter(tag)

    def enter(self, tag: Tag) -> None:
        """Continue after a tag that was read. Inside of raw HTML, Markdown has no meaning."""
        if not tag.is_closed:
            return
        if tag.name in _TEXT_ENDS and not tag.is_end:
            end = self.find(_TEXT_ENDS[tag.name], tag.end)
            self.at = end.start() if end else tag.end
        is_raw = bool(self.raw)
        if tag.is_end:
            self.raw.close(tag.name)
        elif not self.text.startswith("/>", tag.end - 2) and (is_raw or self.begins_raw(tag)):
            self.raw.open(tag.name)
        if is_raw or self.raw:
            self.at = max(self.at, tag.end)

    def begins_raw(self, tag: Tag) -> bool:
        """Return whether `tag` begins a block of raw HTML, in which Markdown has no meaning."""
        return self.begins_block(tag.start, tag.name) and "markdown" not in dict(tag.attributes)

    def begins_block(self, start: int, name: str) -> bool:
        """Return whether the tag at `start` begins a line and is that of a block, so that it may span many lines."""
        word = _WORD.match(name)
        return word is not None and word.group().lower() in _BLOCKS and self.begins_line(start)

    def begins_line(self, start: int) -> bool:
        """Return whether at most three blanks and nothing else precede `start` in its line."""
        before = start - self.source.line_start(start)
        return before <= 3 and not self.text[start - before : start].strip(" ")

    def comment(self, start: int) -> Iterator[MarkupFault]:
        """Continue after a comment; yield a fault where one that is not closed would hide the rest of the page.

        Outside of raw HTML, Markdown shows such a comment as text.
        """
        is_comment = self.text.startswith("<!--", start)
        match = self.find(_COMMENT_START if is_comment else _ANGLE, start)
        if match:
            end = comment_end(self.text, start) if is_comment else match.end()
            # Within a line, Python-Markdown ends a comment with its paragraph, and what follows is text again.
            is_split = not self.raw and self.source.blank_line(start) < end and not self.begins_line(start)
            self.at = self.at if is_split else end
        elif self.raw and is_comment:
            yield MarkupFault(start, "this comment is not closed; end it with `-->`")

    def find(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """Return the first match after `at`; once there is none, return None for that pattern without a search."""
        match = None if pattern in self.missing else pattern.search(self.text, at)
        if match is None:
            self.missing.add(pattern)
        return match


def _tag_faults(tag: Tag, hint: str, *, is_raw: bool) -> Iterator[str]:
    """Yield what is wrong with a start tag, with all its attributes that are not allowed in one message."""
    if tag.is_end or (not tag.is_closed and not (is_raw or _is_meant(tag))):
        return
    if tag.name not in TAGS:
        yield f"the tag <{tag.name}> is not allowed in a page; write it in backquotes to show it{hint}"
        return
    names = [name for name, _ in tag.attributes if not is_allowed_attribute(tag.name, name)]
    yield from (f"{fault}{hint}" for fault in named_faults(names, tag.name))
    for name, value in tag.attributes:
        if name not in names and (fault := value_fault(tag.name, name, value)):
            yield fault
    if fault := missing_attribute_fault(tag.name, frozenset(name for name, _ in tag.attributes)):
        yield fault


def _is_meant(tag: Tag) -> bool:
    """Return whether a tag without an end is meant as a tag; in `a <b and c`, `<b` is not."""
    return any(name.startswith("on") and value for name, value in tag.attributes) or tag.name in _TEXT_ENDS
