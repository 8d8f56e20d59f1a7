"""Turn the markup inside one line of Markdown into plain text, and back.

Backticks stay, since a title may hold code. Emphasis, links and escapes are replaced by the text that they show.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from opsbook.source.characters import forbidden_characters

MAX_LENGTH = 2000

_CODE = r"(?P<ticks>(?<!`)`+(?!`)).+?(?<!`)(?P=ticks)(?!`)"
_TARGET = (
    r"\(\s*+<?(?P<target>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:(?:\s++|(?<=\s))(?:\"[^\"]*\"|'[^']*'))?\s*+\)"
)
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    rf"|(?P<code>{_CODE})"
    rf"|!?\[(?P<label>(?:[^\[\]`]|`[^`]*`|\[[ xX]\])*)\](?:{_TARGET}|\[[^\[\]]*\])"
    r"|<(?P<address>https?://[^\s<>]+)>"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|~~(?=\S)(?P<struck>[^~]+?)(?<=\S)~~"
    r"|\*\*(?=[^\s*])(?P<strong>.+?)(?<=[^\s])\*\*"
    r"|(?<!\w)__(?=[^\s_])(?P<strong2>.+?)(?<=[^\s])__(?!\w)"
    r"|\*(?=[^\s*])(?P<emphasis>[^*]+?)(?<=[^\s])\*(?!\*)"
    r"|(?<!\w)_(?=[^\s_])(?P<emphasis2>[^_]+?)(?<=[^\s])_(?!\w)"
)
_NESTING = ("label", "struck", "strong", "strong2", "emphasis", "emphasis2")
_STARTS_TAG = re.compile(r"<[A-Za-z/!]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~!#({]")


@dataclass(frozen=True)
class Inline:
    """The text that a line shows, the addresses of its links, and whether some of it is struck out."""

    text: str
    targets: tuple[str, ...] = ()
    has_struck: bool = False


def read_inline(source: str) -> Inline:
    """Return what the Markdown in `source`, one line, shows. A line over MAX_LENGTH counts as plain text."""
    if len(source) > MAX_LENGTH:
        return Inline(source.strip())
    targets: list[str] = []
    struck: list[str] = []

    def shown(match: re.Match[str]) -> str:
        if match["entity"] is not None:
            return _entity(match["entity"])
        if match["target"]:
            targets.append(match["target"])
        if match["struck"] is not None:
            struck.append(match["struck"])
        for name in ("code", "escaped", "address"):
            if match[name] is not None:
                return match[name]
        return _TOKEN.sub(shown, next(match[name] for name in _NESTING if match[name] is not None))

    text = _TOKEN.sub(shown, source)
    return Inline(text.strip(), tuple(targets), bool(struck))


def _entity(source: str) -> str:
    character = html.unescape(source)
    is_safe = character.isprintable() and not any(forbidden_characters(character, most=1))
    return character if is_safe or character == "\u00a0" else source


def write_inline(text: str, *, escape: bool = False) -> str:
    """Return Markdown that shows `text`, with escapes only where it would be read as markup, or with `escape`."""
    if not escape and read_inline(text) == Inline(text) and not _STARTS_TAG.search(text):
        return text
    parts, end = [], 0
    for code in re.finditer(_CODE, text):
        parts += [_SPECIAL.sub(r"\\\g<0>", text[end : code.start()]), code.group()]
        end = code.end()
    return "".join([*parts, _SPECIAL.sub(r"\\\g<0>", text[end:])])
