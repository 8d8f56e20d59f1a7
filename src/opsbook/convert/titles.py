"""Take apart the line that names an item: its title, its links, its pictures, and the priority that a badge shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opsbook.convert.inline import MAX_LENGTH, read_inline
from opsbook.convert.outline import OutlineLink
from opsbook.convert.tags import plain_line

MAX_TITLE = 300
PICTURE = re.compile(r"!\[(?P<alt>[^\[\]]*+)\]\((?P<url>[^()\s]*+)(?:\s++[\"'][^()]*+)?+\)")
_LINK = re.compile(
    r"(?<!!)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*+\])*+)\]"
    r"\(\s*+<?(?P<url>[^()\s<>]*+(?:\([^()\s]*+\)[^()\s<>]*+)*+)>?(?:\s*+[\"'][^()]*+)?+\s*+\)"
)
_AUTOLINK = re.compile(
    r"<(?P<url>https?://[^\s<>]+)>|(?<![\w/(<\[\"'=`])(?P<bare>https?://[^\s<>()\[\]`\"']+[^\s<>()\[\]`\"'.,;:!?*_])"
)
_CODE = re.compile(r"(?<!`)(?P<ticks>`{1,3})(?!`)[^`]*(?P=ticks)(?!`)")
_URGENCY = re.compile(
    r"(?P<word>critical|blocker|essential|highest|high|medium|moderate|normal|lowest|low|optional|recommended|advanced|"
    r"must|should|could|mandatory|required|p[0-4]|kritisch|hoch|mittel|niedrig)(?:[ _-]*(?:priority|prio|img))?$",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,40}:")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]\\]+$")
_WEB = re.compile(r"https?://[^\s<>\"'\[\]]{1,480}$")


@dataclass(frozen=True)
class Titled:
    """What a line says: `text` without markup, and what a title can't hold: links, pictures and a priority.

    `rest` is Markdown for the guide: links that lead to no web address, pictures, or the whole of a line that is too
    long for a title.
    """

    text: str
    links: tuple[OutlineLink, ...] = ()
    priority: str = ""
    rest: str = ""
    has_struck: bool = False


def is_address(url: str) -> bool:
    """Return whether `url` is an address of the web; one with brackets in it is the trace of a broken link."""
    return _ADDRESS.match(url) is not None


def is_web(url: str) -> bool:
    """Return whether `url` may stand in the checklist as the address of a link."""
    return _WEB.match(url) is not None


def read_title(source: str, *, most: int = MAX_TITLE) -> Titled:
    """Return what the Markdown or HTML in `source`, one line, says as a title of at most `most` characters."""
    line = plain_line(source).replace("<br>", " ")
    priority, rest = "", []

    def picture(match: re.Match[str]) -> str:
        nonlocal priority
        urgency = urgency_of(match["alt"], match["url"])
        if urgency and not priority:
            priority = urgency
        elif not urgency:
            rest.append(match.group())
        return " "

    bare = PICTURE.sub(picture, line) if "![" in line else line
    links = [link for link in links_of(bare) if is_web(link.url)]
    rest += [match.group() for match in _LINK.finditer(bare) if not is_web(match["url"]) and match["url"][:1] != "#"]
    markup = read_inline(bare if bare == source else " ".join(bare.split()))
    text = markup.text if bare == source else " ".join(markup.text.split())
    if not text and (found := PICTURE.search(line)):
        text = found["alt"]
    if len(text) > most or len(bare) > MAX_LENGTH:
        text, rest = cut(text), [bare.strip(), *[each for each in rest if each.startswith("!")]]
        links = []  # They stand in the text.
    return Titled(text, tuple(links), priority, "\n\n".join(rest), markup.has_struck)


def urgency_of(alt: str, url: str) -> str:
    """Return the priority that a picture stands for, by its text or its file; empty where it stands for none."""
    name = url.rpartition("/")[2].partition("?")[0].rpartition(".")[0]
    for word in (alt.strip(), name):
        if found := _URGENCY.match(word.strip()):
            return found["word"].capitalize()
    return ""


def links_of(text: str) -> list[OutlineLink]:
    """Return the links in `text`, in order, those to places of the same page left out."""
    blank = _CODE.sub(lambda match: " " * len(match.group()), text)
    found: list[tuple[int, OutlineLink]] = []
    for match in _LINK.finditer(blank):
        if match["url"] and not match["url"].startswith("#"):
            label = read_inline(text[match.start("text") : match.end("text")]).text
            found.append((match.start(), OutlineLink(match["url"], "" if label == match["url"] else label)))
    outside = _LINK.sub(lambda match: " " * len(match.group()), blank)
    outside = PICTURE.sub(lambda match: " " * len(match.group()), outside)
    for match in _AUTOLINK.finditer(outside):
        found.append((match.start(), OutlineLink(match["url"] or match["bare"])))
    return [link for _, link in sorted(found, key=lambda pair: pair[0])]


def cut(text: str, most: int = MAX_TITLE) -> str:
    """Return the beginning of `text`: its first sentence where that fits, else as many words as fit.

    >>> cut("Keep it short. " + "word " * 100), cut("word " * 100, 12)
    ('Keep it short.', 'word word…')
    """
    sentence = re.match(r".{20,}?[.!?](?=\s)|.{8,}?[.!?](?=\s)", text[: most + 1])
    if sentence:
        return sentence.group()
    kept = text[: most - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:") + "…" if len(text) > most else text


def plain_word(text: str) -> str:
    """Return a priority, a level or a tag without signs and markup, short enough for the checklist."""
    bare = _SHORTCODE.sub(" ", read_inline(plain_line(text).replace("<br>", " ")).text)
    bare = "".join(each for each in bare if each.isalnum() or each in " .:/+#&()'_-")
    return " ".join(bare.replace(",", " ").split())[:80].strip(" -:")
