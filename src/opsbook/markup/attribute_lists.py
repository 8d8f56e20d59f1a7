"""Find the attribute lists of attr_list, `{: .class key=value }`, where they take effect, and judge what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs

from opsbook.markup.allowed import ANY_TAG, frame_classes, is_allowed_attribute, value_fault
from opsbook.source.fences import Fence

MOST = 1000
"""As many characters of a list are read; what comes after them is judged on the page."""
_AFTER_INLINE = frozenset(")]>*_`^~=+:")
_HEADING = re.compile(r"[ \t>]*#")
_UNDERLINE = re.compile(r"[ \t>]*[=-]+[ \t]*$")
_BEFORE_BLOCK = re.compile(r"[ \t>]*$")
_DEFINITION = re.compile(r"[ \t]*:[ \t]")
# What pymdownx.superfences and pymdownx.highlight read of the list of a fence.
_OF_FENCES = frozenset({"anchorlinenums", "hl_lines", "linenums", "title", "title_mode"})


def attribute_list(text: str, at: int) -> str | None:
    """Return the inside of the list that begins with the brace at `at`; None where it has no effect there."""
    start = text.rfind("\n", max(at - MOST, 0), at) + 1
    end = text.find("\n", at, at + MOST)
    end = min(len(text), at + MOST) if end < 0 else end
    close = text.find("}", at, end)
    if close < 0 or text.startswith(("{{", "{%"), at):
        return None
    before, after = text[max(start, at - MOST) : at], text[close + 1 : end].strip()
    below = text[end + 1 : end + 1 + MOST].partition("\n")[0]
    is_inline = before[-1:] in _AFTER_INLINE and before != ""
    is_block = not after and start > 1 and text[start - 2] != "\n" and _BEFORE_BLOCK.match(before) is not None
    is_heading = not after and (_HEADING.match(before) is not None or _UNDERLINE.match(below) is not None)
    is_cell = "|" in before and (not after or after.startswith("|"))
    is_term = not after and _DEFINITION.match(below) is not None
    if not (is_inline or is_block or is_heading or is_cell or is_term):
        return None
    return text[at + 1 : end].removeprefix(":")


def _written_name(name: str) -> str:
    """Return the attribute that attr_list writes for the key `name`."""
    # https://github.com/Python-Markdown/markdown/blob/3.10.3/markdown/extensions/attr_list.py#L97
    # `sanitize_name`, a function of its own, came with 3.11.2; mkdocs-techdocs-core asks for less than 3.11.
    return AttrListTreeprocessor.NAME_RE.sub("_", name).lower()


def list_faults(inside: str) -> Iterator[str]:
    """Yield what is wrong with each attribute of a list, whatever element it will belong to."""
    named: list[str] = []
    for key, value in get_attrs(inside):
        name = "class" if key == "." else _written_name(key)
        fault = value_fault("", name, value or "") if is_allowed(name) else None
        if fault:
            yield fault
        elif not is_allowed(name):
            named.append(name)
    yield from named_faults(named)


def named_faults(names: list[str], tag: str | None = None) -> Iterator[str]:
    """Yield one message about all `names` of attributes that are not allowed; none where there are no names."""
    where = f" on <{tag}>" if tag else ""
    if len(names) == 1:
        yield f"the attribute {names[0]} is not allowed{where}; leave it out"
    elif names:
        yield f"the attributes {', '.join(names)} are not allowed{where}; leave them out"


def is_allowed(name: str) -> bool:
    """Return whether some tag may have the attribute `name`."""
    return is_allowed_attribute("", name) or name in ANY_TAG


def fence_faults(fence: Fence) -> Iterator[str]:
    """Yield what is wrong with the attributes of a fence."""
    if wrong := frame_classes(" ".join(fence.classes)):
        yield f"the class {wrong[0]} belongs to the frame of the page; choose another"
    names = [_written_name(name) for name in fence.attributes]
    yield from named_faults([name for name in names if name not in _OF_FENCES and not is_allowed(name)])
    if fault := value_fault("", "id", fence.attributes.get("id", "")):
        yield fault
