"""Refuse Markdown of a form for which its renderer takes time that grows with the square of the text.

| limit | of what | why |
| --- | --- | --- |
| LARGEST_PAGE | bytes of a page | 1 MiB of dense marks takes more than ten seconds |
| LONGEST_PARAGRAPH | characters of a paragraph | each mark in it is put in place by a walk through all of it |
| LONGEST_TICKS | backticks in a row | code is looked for between any number of them, from each one on |
| LONGEST_HEADING | characters of a heading | its hashes and blanks are tried at each place |
| MOST_HEADINGS | headings of a page | those of the same words are counted from 1 each time |
| MOST_OPEN_BRACKETS | `[` that nothing closes, in one paragraph | each is looked for up to the paragraph's end |
| MOST_OPEN_BRACKETS | `](` that no `)` closes, in one paragraph | the same |
| MOST_OPEN_TAGS | `<` before a letter that no `>` closes, in one page | each is looked for up to the page's end |
| MOST_OPEN_TAGS | `<!--` that no `-->` follows | the same |
| DEEPEST_ELEMENT | HTML elements inside each other | the search index looks at all of them for each tag |
| DEEPEST_QUOTE | `>` at the beginning of a line | each is rendered inside the others |
| DEEPEST_INDENT | columns that a line is indented | each list is rendered inside the others |

No honest page comes near: the longest of this repository has 16 KB. What stands in a fence or a comment counts for
nothing.

What a form does not tell is ended by `source.deadline`, after this many seconds of the processor:

| limit | of what |
| --- | --- |
| SECONDS_TO_READ | one file, read and judged, and the pages that are made of it |
| SECONDS_TO_RENDER | one page, by Markdown and the cleaning behind it |
| SECONDS_TO_CHECK | one block of code, by the parser of its language |
| SECONDS_TO_CHECK_ALL | the blocks of a language together, before they are checked one by one |
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from opsbook.problems import Problem, ProblemsError, counted
from opsbook.source.containers import width_of
from opsbook.source.elements import elements_too_deep
from opsbook.source.headings import heading_lines
from opsbook.source.markdown import Markdown, parse_markdown
from opsbook.source.paragraphs import paragraph_too_long

LARGEST_PAGE = 131_072
LONGEST_PARAGRAPH = 20_000
LONGEST_TICKS = 100
LONGEST_HEADING = 1_000
MOST_HEADINGS = 1_000
MOST_OPEN_BRACKETS = 100
MOST_OPEN_TAGS = 100
DEEPEST_ELEMENT = 100
DEEPEST_QUOTE = 20
DEEPEST_INDENT = 100
SECONDS_TO_READ = 30
SECONDS_TO_RENDER = 10
SECONDS_TO_CHECK = 10
SECONDS_TO_CHECK_ALL = 60

_Places = list[tuple[int, int]]
_HEADING = re.compile(r"[ \t>]*#")
_QUOTES = re.compile(r"[ \t]*+(?:>[ \t]*+)*")
_BRACKET = re.compile(r"\\[^\n]|\[|\]\(?|[()]")
_TAG = re.compile(r"[<>]")
_COMMENT = re.compile("<!--")
_STARTS_TAG = re.compile(r"[A-Za-z/!?]")


def parse_page(text: str, path: str) -> Markdown:
    """Return the page in `text`, which will be rendered. Raise ProblemsError as `parse_markdown`, or over a limit."""
    refuse_large(text, path)
    page = parse_markdown(text, path)
    if problems := list(limit_problems(page.lines, page.hidden, path, first=page.body_line)):
        raise ProblemsError(problems)
    return page


def refuse_large(text: str, path: str) -> None:
    """Raise ProblemsError where `text` has more than LARGEST_PAGE bytes."""
    if len(text.encode()) > LARGEST_PAGE:
        message = f"a page of Markdown larger than {LARGEST_PAGE // 1024} KiB; split it or make it smaller"
        raise ProblemsError([Problem(path, 0, 0, message)])


def limit_problems(lines: Sequence[str], hidden: frozenset[int], path: str, *, first: int = 1) -> Iterator[Problem]:
    """Yield a problem where `lines`, from `first` on, go over a limit; `hidden` lines are code or a comment."""
    opened: _Places = []
    targets: _Places = []
    tags: list[tuple[int, int]] = []
    for number in range(first, len(lines) + 1):
        line = lines[number - 1]
        if number in hidden:
            continue
        yield from _line_problems(line, number, path)
        if not line.strip():
            opened.clear()
            targets.clear()
        if len(opened) <= MOST_OPEN_BRACKETS and len(targets) <= MOST_OPEN_BRACKETS:
            _pair(line, number, opened, targets)
            if len(opened) > MOST_OPEN_BRACKETS:
                message = f"more than {MOST_OPEN_BRACKETS} brackets are open here; close them, or write `\\[`"
                yield Problem(path, *opened[MOST_OPEN_BRACKETS], message)
            elif len(targets) > MOST_OPEN_BRACKETS:
                message = f"more than {MOST_OPEN_BRACKETS} links are not closed here; end each with `)`"
                yield Problem(path, *targets[MOST_OPEN_BRACKETS], message)
        if len(tags) <= MOST_OPEN_TAGS:
            tags += _open_tags(line, number)
            if len(tags) > MOST_OPEN_TAGS:
                message = f"more than {MOST_OPEN_TAGS} tags are not closed in this page; close them, or write `&lt;`"
                yield Problem(path, *tags[MOST_OPEN_TAGS], message)
    headings = heading_lines(lines, hidden, first)
    if line_over := next(itertools.islice(headings, MOST_HEADINGS, None), None):
        yield Problem(path, line_over, 1, f"more than {MOST_HEADINGS} headings; split the page")
    if place := paragraph_too_long(lines, hidden, first, LONGEST_PARAGRAPH):
        message = f"a paragraph of more than {LONGEST_PARAGRAPH} characters; divide it by empty lines"
        yield Problem(path, *place, message)
    if place := elements_too_deep(lines, hidden, first, DEEPEST_ELEMENT):
        message = f"more than {DEEPEST_ELEMENT} elements of HTML are open here; close them, or write `&lt;`"
        yield Problem(path, *place, message)
    comments = list(itertools.islice(_open_comments(lines, first), MOST_OPEN_TAGS + 1))
    if len(comments) > MOST_OPEN_TAGS:
        message = f"more than {MOST_OPEN_TAGS} comments are not closed in this page; close them with `-->`"
        yield Problem(path, *comments[MOST_OPEN_TAGS], message)


def _open_comments(lines: Sequence[str], first: int) -> Iterator[tuple[int, int]]:
    """Yield the place of each `<!--` after the last `-->`, even where the one before hides it."""
    last = next((number for number in range(len(lines), first - 1, -1) if "-->" in lines[number - 1]), first)
    for number in range(last, len(lines) + 1):
        line = lines[number - 1]
        for found in _COMMENT.finditer(line, line.rfind("-->") + 1):
            yield number, found.start() + 1


def _line_problems(line: str, number: int, path: str) -> Iterator[Problem]:
    if len(line) > LONGEST_HEADING and _HEADING.match(line):
        message = f"a heading of {counted(len(line), 'character')}; at most {LONGEST_HEADING} are allowed"
        yield Problem(path, number, LONGEST_HEADING + 1, message)
    if (at := line.find("`" * (LONGEST_TICKS + 1))) >= 0:
        message = f"more than {LONGEST_TICKS} backticks in a row; use fewer"
        yield Problem(path, number, at + 1, message)
    quotes = _QUOTES.match(line)
    if quotes and quotes.group().count(">") > DEEPEST_QUOTE:
        yield Problem(path, number, 1, f"more than {DEEPEST_QUOTE} quotations inside each other; use fewer")
    if line.strip() and (width := width_of(line)) > DEEPEST_INDENT:
        message = f"indented by {width} columns; at most {DEEPEST_INDENT} are allowed outside of a code block"
        yield Problem(path, number, 1, message)


def _pair(line: str, number: int, opened: _Places, targets: _Places) -> None:
    """Add to `opened` the brackets that `line` opens, and remove from it those that it closes.

    Do the same with `targets`, the parentheses after a closing bracket and those inside of them.
    """
    for found in _BRACKET.finditer(line):
        sign, place = found.group(), (number, found.start() + 1)
        if sign == "[":
            opened.append(place)
        elif sign[0] == "]" and opened:
            opened.pop()
        if sign == "](" or (sign == "(" and targets):
            targets.append(place)
        elif sign == ")" and targets:
            targets.pop()


def _open_tags(line: str, number: int) -> Iterator[tuple[int, int]]:
    """Yield each `<` before a letter or a slash that `line` does not close before its end or the next `<`."""
    signs = list(_TAG.finditer(line))
    for sign, after in itertools.zip_longest(signs, signs[1:]):
        is_open = after is None or after.group() == "<"
        if is_open and sign.group() == "<" and _STARTS_TAG.match(line, sign.end()):
            yield number, sign.start() + 1
