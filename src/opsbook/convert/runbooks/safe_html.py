"""Change the HTML of a foreign page as far as this site shows it, and keep all of its words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from opsbook.markup.addresses import link_fault
from opsbook.markup.allowed import TAGS, is_allowed_attribute, value_fault
from opsbook.markup.files import text_markup
from opsbook.problems import Problem

PASSES = 6
MOST_LINES = 12
_PICTURE = re.compile(r"<img\b(?P<inside>[^<>]*)>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b(?P<inside>[^<>]*)>(?P<text>[^<>\n]+)</a>", re.IGNORECASE)
_FENCE = re.compile(r"(?P<mark>[ \t>]*`{3,})(?P<language>[^\s{]*)")
_OPEN_TAG = re.compile(r"<(?:img|a)(?:[ \t][^<>]*)?$", re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:p|div|center|figure)(?:[ \t][^<>]*)?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z_:][\w:.-]*)"
    r"(?:[ \t]*=[ \t]*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+)))?"
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<inside>[^<>]*+)>")


def as_markdown(line: str) -> str:
    """Return a line of text with pictures and links of HTML as those of Markdown, so that they can be followed."""
    whole = _ANCHOR.sub(_link, _PICTURE.sub(_picture, line))
    return _WRAPPER.sub("", whole).lstrip() if whole != line or _WRAPPER.sub("", whole).strip() == "" else whole


def shown_text(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return `text` with what a page may not hold written so that it is shown as text, and what still is wrong.

    Attributes of tags and of blocks of code that a page may not have are left out.
    """
    problems: tuple[Problem, ...] = ()
    for _ in range(PASSES):
        problems = tuple(text_markup(text, ""))
        if not problems:
            break
        lines = text.split("\n")
        for problem in sorted(problems, key=lambda each: each.order, reverse=True):
            line = lines[problem.line - 1]
            lines[problem.line - 1] = _mended(line, problem.column - 1)
        changed = "\n".join(lines)
        if changed == text:
            break
        text = changed
    return text, problems


def _mended(line: str, at: int) -> str:
    if fence := _FENCE.match(line):
        return f"{fence['mark']}{fence['language']}"
    sign = line[at : at + 1]
    if sign == "<":
        return line[:at] + _tag(line[at:])
    if sign == "{":
        return f"{line[:at]}&#123;{line[at + 1 :]}"
    if sign == "!":  # A picture of another host becomes a link to it.
        return line[:at] + line[at + 1 :]
    opened = line.rfind("[", 0, at + 1)
    if opened > 0 and line[opened - 1] == "!":
        return line[: opened - 1] + line[opened:]
    return f"{line[:opened]}\\{line[opened:]}" if opened >= 0 else line


def _tag(rest: str) -> str:
    """Return `rest`, which begins with a tag, with what of that tag a page may hold."""
    found = _TAG.match(rest)
    if found and found["name"].lower() in TAGS and not found["close"]:
        name = found["name"].lower()
        kept = [each for each in _ATTRIBUTE.finditer(found["inside"]) if _is_kept(name, each)]
        whole = "".join(f" {each.group()}" for each in kept)
        end = " /" if found["inside"].rstrip().endswith("/") else ""
        mended = f"<{found['name']}{whole}{end}>"
        if mended != found.group():
            return mended + rest[found.end() :]
    return f"&lt;{rest[1:]}"


def _is_kept(tag: str, found: re.Match[str]) -> bool:
    return is_allowed_attribute(tag, found["name"].lower()) and not value_fault(
        tag, found["name"].lower(), _value(found)
    )


def _value(found: re.Match[str]) -> str:
    return html.unescape(next((each for each in found.group("double", "single", "bare") if each is not None), ""))


def _attributes(inside: str) -> dict[str, str]:
    return {found["name"].lower(): _value(found) for found in _ATTRIBUTE.finditer(inside)}


def whole_tags(lines: Sequence[str]) -> Iterator[str]:
    """Yield `lines` with a tag of a picture or a link that goes on over several of them on one."""
    open_tag: list[str] = []
    for line in lines:
        open_tag.append(line.strip() if open_tag else line)
        whole = " ".join(open_tag)
        if _OPEN_TAG.search(whole) and len(open_tag) < MOST_LINES and line.strip():
            continue
        yield from [whole] if ">" in open_tag[-1] else open_tag
        open_tag = []
    yield from open_tag


def _picture(found: re.Match[str]) -> str:
    said = _attributes(found["inside"])
    source = said.get("src", "")
    title = f' "{said["title"]}"' if '"' not in said.get("title", '"') else ""
    if not source or re.search(r"[\s<>]", source):
        return found.group()
    return f"![{said.get('alt', '').replace('[', '(').replace(']', ')')}](<{source}>{title})"


def _link(found: re.Match[str]) -> str:
    target = _attributes(found["inside"]).get("href", "")
    if not target or re.search(r"[\s<>]", target) or link_fault(target):
        return found.group()
    return f"[{found['text']}](<{target}>)"
