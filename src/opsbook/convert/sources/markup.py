"""Make plain Markdown of what checklists hold beside it: comments, HTML, link definitions and collapsed parts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_FENCE = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:[ \t]*<?(?P<url>[^\s<>]+)>?(?:[ \t]+[\"'(].*)?$")
_REFERENCE = re.compile(
    r"(?<!\\)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\](?:\([^()\s]*\))?)*+)\](?:\[(?P<label>[^\[\]]*)\]|(?![\[(:]))"
)
_TAG = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^`]*(?P=ticks)(?!`))"
    r"|(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<more>(?:\s[^<>]*)?)/?>"
)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>[A-Za-z-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_DROPPED = frozenset(
    [
        "p",
        "div",
        "span",
        "center",
        "em",
        "i",
        "b",
        "strong",
        "u",
        "s",
        "small",
        "big",
        "font",
        "sub",
        "sup",
        "abbr",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "figure",
        "figcaption",
        "picture",
        "source",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "mark",
        "kbd",
        "ins",
        "del",
        "q",
        "cite",
        "var",
        "samp",
        "time",
        "hr",
        "colgroup",
        "col",
        "blockquote",
        "label",
        "form",
        "button",
        "html",
        "body",
        "head",
        "meta",
        "link",
        "title",
        "script",
        "style",
        "video",
        "audio",
        "iframe",
        "object",
        "embed",
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "img",
        "input",
        "code",
        "pre",
        "br",
        "details",
        "summary",
        "address",
        "caption",
        "bdi",
        "bdo",
        "dfn",
        "wbr",
        "tt",
    ]
)
_HEADING = re.compile(r"h(?P<level>[1-6])$")


@dataclass(frozen=True)
class Collapsed:
    """A part that opens on a click, from `line` to `last`, with its `summary` and the Markdown in it."""

    line: int
    last: int
    summary: str
    text: str


@dataclass
class MarkdownText:
    """The lines of a file as plain Markdown. `fenced` are the indexes of the lines inside of fences."""

    lines: list[str]
    fenced: frozenset[int] = frozenset()
    collapsed: tuple[Collapsed, ...] = ()
    unused: tuple[tuple[int, str, str], ...] = ()
    """The definitions of links that nothing refers to: their lines, their labels and their addresses."""


def fenced_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines of fenced blocks, those of the fences included."""
    found: set[int] = set()
    fence = ""
    for at, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            found.add(at)
            if match and match["fence"].startswith(fence) and not match["info"].strip():
                fence = ""
        elif match:
            found.add(at)
            fence = match["fence"]
    return frozenset(found)


def plain_markdown(text: str) -> MarkdownText:
    """Return `text` without comments and tags, with its links written out and its collapsed parts set apart."""
    made = MarkdownText(text.split("\n"))
    made.fenced = fenced_lines(made.lines)
    _drop_comments(made)
    made.fenced = fenced_lines(made.lines)
    found = list(_definitions(made))
    definitions = {label.casefold(): url for _, label, url in reversed(found)}  # The first one counts.
    used: set[str] = set()
    state = _Tags()
    for at, line in enumerate(made.lines):
        if at in made.fenced:
            continue
        line = state.replaced(line) if "<" in line else line
        made.lines[at] = _resolved(line, definitions, used) if definitions and "[" in line else line
    told = {(label, definitions[label]) for label in used}
    made.unused = tuple(each for each in found if (each[1].casefold(), each[2]) not in told)
    made.collapsed = tuple(_collapsed(made))
    return made


def plain_line(text: str) -> str:
    """Return `text` from elsewhere, which may hold HTML, as Markdown."""
    return _Tags().replaced(_without_comments(text)) if "<" in text else text


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start + 4)
        at = len(text) if end < 0 else end + 3
    return "".join([*parts, text[at:]])


def _drop_comments(made: MarkdownText) -> None:
    """Remove comments outside of fences; the lines stay where they are."""
    open_at = -1
    for at, line in enumerate(made.lines):
        if open_at < 0 and at in made.fenced:
            continue
        kept, rest = "", line
        while rest:
            if open_at >= 0:
                end = rest.find("-->")
                if end < 0:
                    rest = ""
                    break
                rest, open_at = rest[end + 3 :], -1
            start = rest.find("<!--")
            if start < 0 or rest[:start].count("`") % 2:
                break
            kept, rest, open_at = kept + rest[:start], rest[start + 4 :], at
        made.lines[at] = (kept + rest).rstrip() if kept or rest != line else line
        if made.lines[at] != line and not made.lines[at].strip():
            made.lines[at] = ""


def _definitions(made: MarkdownText) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the label and the address of each definition of a link, and blank it."""
    for at, line in enumerate(made.lines):
        if at not in made.fenced and (found := _DEFINITION.match(line)):
            made.lines[at] = ""
            yield at + 1, found["label"].strip(), found["url"]


def _resolved(line: str, definitions: Mapping[str, str], used: set[str]) -> str:
    """Return `line` with its references written as links; add their labels to `used`."""

    def link(match: re.Match[str]) -> str:
        label = (match["label"] or match["text"]).strip().casefold()
        text = _REFERENCE.sub(link, match["text"]) if "[" in match["text"] else match["text"]
        if label in definitions:
            used.add(label)
        return f"[{text}]({definitions[label]})" if label in definitions else match.group()

    return _REFERENCE.sub(link, line)


@dataclass
class _Tags:
    """The tags that are open; a link or code may end on a later line."""

    links: list[str] = field(default_factory=list)

    def replaced(self, line: str) -> str:
        """Return `line` with Markdown in place of its tags."""
        return _TAG.sub(self.tag, line)

    def tag(self, match: re.Match[str]) -> str:
        """Return what stands for one tag."""
        if match["code"] is not None:
            return match.group()
        name, is_end = match["name"].lower(), bool(match["end"])
        if name in ("details", "summary"):
            return f"<{match['end']}{name}>"
        if name not in _DROPPED:
            return match.group()
        if name == "a":
            return self.link(match, is_end)
        if name == "img" and not is_end:
            return _picture(_attributes(match["more"]))
        if name == "br":
            return "<br>"
        if name == "code":
            return "`"
        if name == "input" and "checkbox" in match["more"]:
            return "[x] " if "checked" in match["more"] else "[ ] "
        if heading := _HEADING.match(name):
            return "" if is_end or match.string[: match.start()].strip() else "#" * int(heading["level"]) + " "
        return "- " if name == "li" and not is_end else ""

    def link(self, match: re.Match[str], is_end: bool) -> str:
        if is_end:
            url = self.links.pop() if self.links else ""
            return f"]({url})" if url else ""
        self.links.append(_attributes(match["more"]).get("href", "").replace(" ", "%20"))
        return "[" if self.links[-1] else ""


def _attributes(text: str) -> Mapping[str, str]:
    return {
        found["name"].lower(): html.unescape(found["double"] or found["single"] or found["bare"] or "")
        for found in _ATTRIBUTE.finditer(text)
    }


def _picture(attributes: Mapping[str, str]) -> str:
    source = attributes.get("src", "").replace(" ", "%20")
    return f"![{attributes.get('alt', '')}]({source})" if source else ""


def _collapsed(made: MarkdownText) -> Iterator[Collapsed]:
    """Yield the outermost collapsed parts, whose lines become empty; those with boxes in them stay, as a section."""
    depth, start = 0, 0
    for at, line in enumerate(made.lines):
        if at in made.fenced or "<" not in line:
            continue
        opened, closed = line.count("<details>"), line.count("</details>")
        if opened and not depth:
            start = at
        before, depth = depth, max(0, depth + opened - closed)
        if not (before or opened) or depth:
            continue
        yield from _part(made, start, at)


def _part(made: MarkdownText, start: int, end: int) -> Iterator[Collapsed]:
    whole = "\n".join(made.lines[start : end + 1])
    summary = whole.partition("<summary>")[2].partition("</summary>")[0]
    shown, fence, code = summary.partition("```")
    title = " ".join(shown.replace("<br>", " ").split())
    has_boxes = any(
        re.match(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[^\[\]]?\][ \t]", line) for line in made.lines[start : end + 1]
    )
    rest = whole if not summary else whole.replace(f"<summary>{summary}</summary>", "", 1)
    rest = re.sub(r"</?(?:details|summary)>", "", rest)
    if fence:  # Code in the summary stands below it.
        rest = f"{fence}{code.rstrip()}\n\n{rest.strip()}"
    if has_boxes:
        count = end + 1 - start
        lines = re.sub(r"</?details>", "", whole).split("\n")
        bare = title.strip("#* ")
        for number, line in enumerate(lines):
            if "<summary>" in line:
                lines[number] = f"**{bare}**" if bare else ""
            elif "</summary>" in line:
                lines[number] = ""
        made.lines[start : end + 1] = (lines + [""] * count)[:count]
        return
    made.lines[start : end + 1] = [""] * (end + 1 - start)
    yield Collapsed(start + 1, end + 1, title, rest.strip("\n"))
