"""Make Markdown from elsewhere fit for a page of the site, or plain text where it is short and no more than words."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from opsbook.convert.fences import fenced_blocks
from opsbook.convert.inline import read_inline
from opsbook.convert.tags import plain_line
from opsbook.convert.titles import PICTURE, is_address, is_web, links_of

SHORT = 600
"""The most characters of a text that stands in the checklist itself; a longer one becomes a guide."""

_STRUCTURE = re.compile(r"^[ \t]*(?:[-*+>]\s|\d{1,9}[.)]\s|#{1,6}\s|`{3}|~{3}|\|[ \t:]*-)", re.MULTILINE)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*+\](?:\([^()]*+\))?+)*+)\]"
    r"\(\s*+<?(?P<url>[^()\s<>]*+(?:\([^()\s]*+\)[^()\s<>]*+)*+)>?(?:\s*+[\"'][^()]*+)?+\s*+\)"
)
_PARTS = re.compile(
    r"(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^`]*(?P=ticks)(?!`))|(?P<auto><https?://[^\s<>]+>)|(?P<sign><(?=[A-Za-z/!?]))"
)
_BARE = re.compile(r"(?<![\w/(<\[\"'=`])https?://[^\s<>()\[\]`\"']+[^\s<>()\[\]`\"'.,;:!?*_]")
_HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+\S")


def plain_text(markdown: str) -> str | None:
    """Return `markdown` as text without markup where it is short and nothing would be lost; None where not."""
    bare = _ESCAPED.sub("", markdown) if "\\" in markdown else markdown
    if len(markdown) > SHORT or PICTURE.search(bare) or "```" in bare or _STRUCTURE.search(markdown):
        return None
    if _LINK.search(bare) or links_of(bare):
        return None
    lines = plain_line(markdown).replace("<br>", "\n").split("\n")
    return "\n".join(read_inline(line).text for line in lines).strip()


def as_page(markdown: str, *, base: str = "", least: int = 3) -> str:
    """Return `markdown` as it may stand in a page: its headings at `least` of that level, no picture of another host.

    A link that leads beside the file becomes text and path, or, with `base`, an address below that.
    """
    lines = markdown.expandtabs(4).split("\n")
    blocks = list(fenced_blocks(lines))
    fenced = {at for block in blocks for at in range(block.first, block.end)}
    made: list[str] = []
    for at, line in enumerate(lines):
        if at in fenced:
            made.append(line)
            continue
        is_row = line.lstrip().startswith("|") or " | " in line
        broken = _broken(plain_line(line), " " if is_row else "  \n")
        line = "\n".join(_line(part, base) for part in broken.split("\n"))
        if heading := _HEADING.match(line):
            level = len(heading["level"])
            line = "#" * min(6, max(level, least)) + line[level:]
        is_list = _LIST.match(line) is not None
        if is_list and made and made[-1].strip() and not _LIST.match(made[-1]) and not made[-1].startswith(" "):
            made.append("")
        made.append(line.rstrip() if not line.endswith("  ") else line)
    if blocks and not blocks[-1].is_closed:
        made.append(blocks[-1].fence)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(made)).strip("\n")


def _broken(line: str, end: str) -> str:
    """Return `line` with `end` for each `<br>`, and a blank where that stands in the text of a link."""
    if "<br>" not in line:
        return line
    first, *rest = line.split("<br>")
    made, depth = [first], first.count("[") - first.count("]")
    for part in rest:
        made += [" " if depth > 0 else end, part]
        depth += part.count("[") - part.count("]")
    return "".join(made)


def _line(line: str, base: str) -> str:
    if "![" in line:
        line = _LINK.sub(_linked_picture, line)
        line = PICTURE.sub(lambda found: _picture(found["alt"], found["url"], base), line)
    if "](" in line:
        line = _LINK.sub(lambda found: _link(found, base), line)
    if "://" in line:
        line = _addressed(line)
    return _PARTS.sub(lambda found: "&lt;" if found["sign"] else found.group(), line) if "<" in line else line


def _linked_picture(found: re.Match[str]) -> str:
    """Return a link whose text is a picture as a link with words, and the picture behind it."""
    picture = PICTURE.search(found["text"])
    if not picture:
        return found.group()
    words = PICTURE.sub(" ", found["text"]).strip() or picture["alt"] or "link"
    return f"[{' '.join(words.split())}]({found['url']}) {picture.group()}"


def _picture(alt: str, url: str, base: str) -> str:
    label = " ".join(alt.split()) or "picture"
    if base and not is_web(url):
        url = urljoin(base, url)
    return f"[{label}]({url})" if is_web(url) else f"{label} (`{url}`)"


def _link(found: re.Match[str], base: str) -> str:
    text, url = found["text"], found["url"]
    if url.startswith("#") or not url:
        return text
    if url.startswith(("mailto:", "tel:")):
        return found.group()
    if base and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
        url = urljoin(base, url)
    if is_address(url):
        return f"[{text}](<{url}>)" if "(" in url else f"[{text}]({url})"
    return f"{text} (`{url}`)"


def _addressed(line: str) -> str:
    """Return `line` with the addresses that stand bare in it as links."""
    blank = _LINK.sub(lambda found: " " * len(found.group()), line)
    blank = re.sub(r"(?<!`)(`{1,3})(?!`)[^`]*\1(?!`)", lambda found: " " * len(found.group()), blank)
    parts, at = [], 0
    for found in _BARE.finditer(blank):
        parts += [line[at : found.start()], f"<{found.group()}>"]
        at = found.end()
    return "".join([*parts, line[at:]])
