"""Make Markdown of reStructuredText and of plain text, line by line, where a list can be understood."""

from __future__ import annotations

import re

_UNDERLINE = re.compile(r"(?P<sign>[=\-`:.'\"~^_*+#<>])(?P=sign){2,}\s*$")
_ROLE = re.compile(r"(?<![\w:-]):[a-z][a-z-]{0,20}+:`(?P<text>[^`<>]++)(?:<[^`<>]*+>)?+`")
_LINK = re.compile(r"`(?P<text>[^`<>]++)<(?P<url>[^`<>\s]++)>`__?")
_LITERAL = re.compile(r"``(?P<code>[^`]+)``")
_DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\. (?P<name>[\w-]+)::\s*(?P<rest>.*)$")
_COMMENT = re.compile(r"\.\.(?:\s|$)")
_LINE_BOX = re.compile(r"(?P<indent>[ \t]*)(?P<box>\[[ xX*~/-]?\]|[\u2610-\u2612])[ \t]+\S")
_LETTERED = re.compile(r"(?P<indent>[ \t]*)(?:[a-zA-Z]|#)[.)][ \t]+(?P<text>\S.*)$")


def looks_like_rst(lines: list[str]) -> bool:
    """Return whether lines are reStructuredText: headings with lines of signs that Markdown has not, or directives."""
    signs = directives = 0
    for above, line in zip(["", *lines], lines, strict=False):
        directives += bool(_DIRECTIVE.match(line)) or bool(_LINK.search(line)) if ".." in line or "`_" in line else 0
        found = _UNDERLINE.match(line)
        if found and above.strip() and abs(len(line.rstrip()) - len(above.rstrip())) <= 3 and found["sign"] not in "=-":
            signs += 1
    has_markdown = any(line.startswith(("# ", "## ", "```")) for line in lines)
    return (signs > 0 or directives > 0) and not has_markdown


def rst_as_markdown(text: str) -> str:
    """Return reStructuredText as Markdown with the same number of lines."""
    lines = text.split("\n")
    levels: list[str] = []
    at = 0
    while at < len(lines):
        over = _UNDERLINE.match(lines[at])
        if over and at + 2 < len(lines) and lines[at + 1].strip() and lines[at + 2].rstrip() == lines[at].rstrip():
            _heading(lines, at + 1, f"over{over['sign']}", levels)
            lines[at] = lines[at + 2] = ""
            at += 3
            continue
        if (
            at
            and over
            and lines[at - 1].strip()
            and not lines[at - 1].startswith((" ", "#", "- ", "* "))
            and (at < 2 or not lines[at - 2].strip() or len(lines[at].rstrip()) >= len(lines[at - 1].rstrip()))
        ):
            _heading(lines, at - 1, over["sign"], levels)
            lines[at] = ""
        elif found := _DIRECTIVE.match(lines[at]):
            at = _directive(lines, at, found)
            continue
        elif _COMMENT.match(lines[at]):
            lines[at] = ""
        else:
            lines[at] = _inline(lines[at])
        at += 1
    return "\n".join(lines)


def _heading(lines: list[str], at: int, style: str, levels: list[str]) -> None:
    if style not in levels:
        levels.append(style)
    lines[at] = f"{'#' * min(6, levels.index(style) + 1)} {_inline(lines[at].strip())}"


def _directive(lines: list[str], at: int, found: re.Match[str]) -> int:
    """Write a directive as Markdown: code as a block, a note as its text. Return where the next line is."""
    end = at + 1
    margin = len(found["indent"])
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > margin):
        end += 1
    is_code = found["name"] in ("code", "code-block", "sourcecode")
    while end > at + 1 and not lines[end - 1].strip():
        end -= 1
    if is_code and end > at + 2:
        lines[at] = f"{found['indent']}```{found['rest']}"
        body = [line[margin + 3 :] if line.strip() else "" for line in lines[at + 1 : end]]
        lines[at + 1 : end] = [*body[1:], "```"] if not body[0] else [*body[:-1], f"{body[-1]}\n```"]
    else:
        lines[at] = f"{found['indent']}{_inline(found['rest'])}"
        for number in range(at + 1, end):
            lines[number] = _inline(lines[number].strip())
    return end


def _inline(line: str) -> str:
    line = _LINK.sub(lambda found: f"[{found['text'].strip()}]({found['url']})", line)
    line = _ROLE.sub(r"`\g<text>`", line)
    return _LITERAL.sub(r"`\g<code>`", line)


def text_as_markdown(text: str) -> str:
    """Return plain text as Markdown: lines with boxes are lists, and lettered lines above them are headings."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if found := _LINE_BOX.match(line):
            lines[at] = f"{found['indent']}- {line.strip()}"
        elif (found := _LETTERED.match(line)) and not found["indent"]:
            after = next((each for each in lines[at + 1 :] if each.strip()), "")
            if re.match(r"\s*[-*+\u2022\[]|[-=]{3}", after):
                lines[at] = f"## {line.strip()}" if not re.match(r"[-=]{3,}\s*$", lines[at + 1]) else line
            else:
                lines[at] = f"- {line.strip()}"
    return "\n".join(lines)
