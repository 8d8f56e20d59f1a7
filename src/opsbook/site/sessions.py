"""Let the copy button of a terminal session copy its commands, without the prompts and without what was printed.

The theme's button copies the nearest `data-copy` around a block, and stands on no block with the class `no-copy`. Both
are set here, on the HTML of a page after it was cleaned, so no author can let a button copy what is not shown.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from opsbook.site.code import is_session
from opsbook.site.text import attribute

# https://github.com/squidfunk/mkdocs-material/blob/9.8.1/src/templates/assets/javascripts/integrations/clipboard/index.ts
_BLOCK = re.compile(r"(?<=<pre)>(?:<span></span\b>)?<code[^<>]*>(?P<code>.*?)</code\b", re.DOTALL)
_TAG = re.compile(r"<(?P<end>/?)[a-z]++(?P<attributes>[^<>]*)>")
_CLASSES = re.compile(r' class="([^"]*)"')
# The classes of Pygments for a prompt, for what was printed and for an error, and that of a line's number.
_PRINTED = frozenset({"go", "gr", "gt"})
_NO_COMMAND = _PRINTED | {"gp", "linenos"}
_LANGUAGE = re.compile(r'(?=<div class="language-)')
_OF_BLOCK = re.compile(r'<div class="language-([^" ]+)')


def with_commands(html: str) -> str:
    """Return the HTML of a page in which each session says what of it is to be copied."""
    if '<div class="language-' not in html:
        return html
    return "".join(map(_with_block, _LANGUAGE.split(html)))


def _with_block(html: str) -> str:
    """Return `html`, which begins with a block in a language, or with what is before the first one."""
    language = _OF_BLOCK.match(html)
    return _BLOCK.sub(_block, html, count=1) if language and is_session(language[1]) else html


def _block(block: re.Match[str]) -> str:
    commands = session_commands(block["code"])
    return f' data-copy="{attribute(commands)}"{block[0]}' if commands else f' class="no-copy"{block[0]}'


def session_commands(code: str) -> str:
    """Return the commands in the HTML of a session.

    >>> session_commands('<span class="gp">$ </span>ls<span class="w"> </span>-l\\n<span class="go">total 0</span>')
    'ls -l'
    """
    lines = [_Line()]
    around: list[frozenset[str]] = []
    at = 0
    for tag in _TAG.finditer(code):
        _add(lines, code[at : tag.start()], around)
        at = tag.end()
        if not tag["end"]:
            around.append(frozenset(" ".join(_CLASSES.findall(tag["attributes"])).split()))
        elif around:
            around.pop()
    _add(lines, code[at:], around)
    return "\n".join(_commands(lines))


@dataclass
class _Line:
    """A line of a session: its prompt, and what of it is neither prompt nor output."""

    prompt: str = ""
    text: str = ""
    is_printed: bool = False


def _add(lines: list[_Line], text: str, around: Iterable[frozenset[str]]) -> None:
    """Add `text`, which stands in elements with the classes `around`, to `lines`."""
    classes = frozenset(itertools.chain.from_iterable(around))
    for index, part in enumerate(unescape(text).split("\n")):
        if index:
            lines.append(_Line())
        line = lines[-1]
        line.prompt += part if "gp" in classes else ""
        line.is_printed |= bool(part) and not _PRINTED.isdisjoint(classes)
        # Where no blank belongs to a prompt, as in psql, the one behind it does not belong to the command either.
        is_joined = line.prompt.endswith(" ") or not line.prompt or line.text
        line.text += (part if is_joined else part.removeprefix(" ")) if _NO_COMMAND.isdisjoint(classes) else ""


def _commands(lines: Iterable[_Line]) -> Iterator[str]:
    """Yield the lines of commands: those with a prompt, and those that go on below one before anything is printed."""
    is_command = False
    for line in lines:
        is_command = bool(line.prompt) or (is_command and not line.is_printed)
        if is_command and line.text.strip():
            yield line.text
