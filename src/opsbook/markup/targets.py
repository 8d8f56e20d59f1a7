"""Read the addresses in Markdown: those of inline links and pictures, and those that a label stands for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from opsbook.markup.addresses import picture_fault

# An address is read as far as the next bracket: one that can stand there begins a host, which is an IPv6 address.
_INLINE = re.compile(r"[ \t\n]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<>\[\]]*(?:[ \t]+[^\s()<>\[\]\"']+)*))")
_BRACKETED = re.compile(r"\[[^\s()<>]*")
_DEFINED = re.compile(r":[ \t]*(?:\n[ \t]*)?<?(?P<bare>[^\s<>]+)")
_BEFORE_DEFINITION = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?$")
_MOST_BEFORE = 200
_NEXT_LABEL = re.compile(r"\s?\[(?P<label>[^\[\]]*)\]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!:/])")


def target_after(text: str, at: int) -> str:
    """Return the address at `at`, after the parenthesis of a link, as a browser would get it.

    Of an address with brackets, return only the part before them, as far as it can be judged.
    """
    match = _INLINE.match(text, at)
    if match is None:
        return ""
    if match["angle"] is not None:
        return written(match["angle"])
    target = written(match["bare"])
    if target.endswith("//") and (host := _BRACKETED.match(text, match.end())):
        return target + host[0]
    is_cut = text[match.end() : match.end() + 1] in tuple("<[(")
    return f"{target}x" if is_cut and target.endswith("//") else target


def written(target: str) -> str:
    """Return the address that `target` stands for, with its escapes and character references resolved."""
    return html.unescape(_ESCAPE.sub(r"\1", target.strip()))


@dataclass
class References:
    """The labels of a text: the address of each, and where pictures are shown by their label."""

    targets: dict[str, str] = field(default_factory=dict)
    pictures: list[tuple[int, str]] = field(default_factory=list)

    def define(self, text: str, line: int, opened: int, label: tuple[int, int]) -> str | None:
        """Record the definition whose name is `label` and return its address; return None where that is no definition.

        `line` is where the line begins, `opened` where its bracket is.
        """
        name = text[slice(*label)]
        if opened - line > _MOST_BEFORE or name.startswith("^") or not _BEFORE_DEFINITION.match(text[line:opened]):
            return None
        match = _DEFINED.match(text, label[1] + 1)
        if match is None:
            return None
        target = written(match["bare"])
        self.targets[_key(name)] = target
        return target

    def use(self, text: str, opened: int, label: tuple[int, int]) -> None:
        """Record that a picture is shown at `opened`, by the label after its text or by its text."""
        following = _NEXT_LABEL.match(text, label[1] + 1)
        own = text[slice(*label)]
        self.pictures.append((opened, _key((following["label"] if following else "") or own)))

    def faults(self) -> Iterator[tuple[int, str]]:
        """Yield the offset of each picture whose label has a forbidden address, and what is wrong with that."""
        for offset, name in self.pictures:
            if name in self.targets and (fault := picture_fault(self.targets[name])):
                yield offset, fault


def _key(label: str) -> str:
    return " ".join(label.lower().split())
