"""Write the meaning of each abbreviation into the Markdown of a page, once, for an engine without our extension.

Markdown's `abbr` marks every place, and `opsbook.mkdocs.hover` keeps the first. Only a rendering tells which place that
is, since headings, links and code have no marks. So each place gets a number, one character that is in no text,
and the numbers that stand behind a mark in the HTML say where the marks belong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from opsbook.mkdocs.compat.config import extension_options
from opsbook.mkdocs.defaults import HOVER
from opsbook.mkdocs.keeping import NAME
from opsbook.source.deadline import deadline
from opsbook.source.fences import scan_fences
from opsbook.source.limits import SECONDS_TO_RENDER

_FIRST, _LAST = 0xF0000, 0xFFFFD
_NUMBER = rf"[{chr(_FIRST)}-{chr(_LAST)}]"
_MARK = re.compile(rf'<abbr(?P<attributes>(?: [a-z]+="[^"<>]*")+)>[^<]*</abbr>(?P<number>{_NUMBER})')
# https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/extensions/abbr.py#L144
_DEFINITION = re.compile(r"^[*]\[(?P<name>[^\\\n]*?)\][ ]?:.*$\n?", re.MULTILINE)
_LABEL = re.compile(r"^[ ]{0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)
_SYNTAX = re.compile(r'(?<==")[^"]*')
_PUNCTUATION = re.compile(r"[^\w\s&;#]")


def explained(markdown: str, path: str, config: MkDocsConfig) -> str:
    """Return `markdown` with the first mark of each abbreviation as HTML, and without definitions of abbreviations.

    Raises TooLongError where rendering takes too long, as a build does.
    """
    if HOVER not in config.markdown_extensions or re.search(_NUMBER, markdown):
        return markdown
    definitions = [match.span() for match in _definitions(markdown, path)]
    names = {markdown[start:end].partition("]")[0][2:].strip() for start, end in definitions}
    names |= set(extension_options(config, "abbr").get("glossary") or {})
    places = [each.end() for each in _places(markdown, names) if not any(a <= each.start() < b for a, b in definitions)]
    marks = _marks(_numbered(markdown, places), path, config) if places else {}
    edits = [(start, end, "") for start, end in definitions]
    for number, attributes in marks.items():
        end = places[number]
        start = end - len(next(name for name in _longest_first(names) if markdown.endswith(name, 0, end)))
        edits.append((start, end, f"<abbr{attributes}>{markdown[start:end]}</abbr>"))
    return _edited(markdown, edits)


def _definitions(markdown: str, path: str) -> Iterator[re.Match[str]]:
    hidden = scan_fences(markdown.split("\n"), path).hidden
    for match in _DEFINITION.finditer(markdown):
        if markdown.count("\n", 0, match.start()) + 1 not in hidden:
            yield match


def _longest_first(names: set[str]) -> list[str]:
    return sorted(names, key=len, reverse=True)


def _places(markdown: str, names: set[str]) -> list[re.Match[str]]:
    """Return where a name stands as a word, other than as the label of a link, which a number would unlink."""
    if not names:
        return []
    words = "|".join(map(re.escape, _longest_first(names)))
    labels = {label.casefold() for label in _LABEL.findall(markdown)}
    found = re.finditer(rf"\b(?:{words})\b", markdown)
    return [each for each in found if not (_is_in_brackets(each) and each[0].casefold() in labels)][: _LAST - _FIRST]


def _is_in_brackets(match: re.Match[str]) -> bool:
    return match.string[match.start() - 1 : match.start()] == "[" and match.string.startswith("]", match.end())


def _numbered(markdown: str, places: list[int]) -> str:
    return _edited(markdown, [(place, place, chr(_FIRST + number)) for number, place in enumerate(places)])


def _marks(numbered: str, path: str, config: MkDocsConfig) -> dict[int, str]:
    """Return the attributes of each mark by the number of its place, written so that no syntax is read in them."""
    extensions = [name for name in config.markdown_extensions if name != NAME]
    with deadline(path, SECONDS_TO_RENDER, "to render"):
        rendered = Markdown(extensions=extensions, extension_configs=config.mdx_configs).convert(numbered)
    return {ord(each["number"]) - _FIRST: _plain(each["attributes"]) for each in _MARK.finditer(rendered)}


def _plain(attributes: str) -> str:
    return _SYNTAX.sub(lambda value: _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", value[0]), attributes)


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
