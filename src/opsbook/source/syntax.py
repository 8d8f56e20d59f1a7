"""Turn an error of PyYAML into the place of the mistake and a sentence that helps its author."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

_HINTS: tuple[tuple[str, str], ...] = (
    (r"found character '\\t' that cannot start", "a tab stands here; indent with spaces"),
    (r"found character '(?P<found>.+)' that cannot start", "a value cannot start with {found} here; put it in quotes"),
    (r"expected <block end>, but found '<block \w+ start>'", "this line is indented unlike its neighbours; {align}"),
    (r"expected <block end>, but found '-'", "a list entry stands among keys; indent it below the key it belongs to"),
    (r"expected <block end>, but found '\?'", "a key stands among list entries; start its line with `- ` or indent it"),
    (r"expected <block end>, but found '<", "this does not belong here; put the whole text in quotes"),
    (r"found unknown escape character '(?P<found>.)'", "`\\{found}` means nothing in double quotes; use single quotes"),
    (r"expected escape sequence of (?P<found>\d+)", "this escape needs {found} hexadecimal digits; use single quotes"),
    (r"sequence entries are not allowed here", "a list cannot start here; start it on a line of its own below its key"),
    (r"found undefined tag handle", "tags are not allowed; write the value without it, or in quotes"),
    (r"expected '<document start>'", "this does not belong to what stands above; allowed: one mapping of `key: value`"),
    (r"<block end>, but found '(?P<found>[\]\[{},])'", "a `{found}` stands alone here; put the text in quotes"),
    (r"mapping keys are not allowed here", "a key cannot start here; put the text in quotes"),
    (r"expected <block end>, but found ':'", "a key is missing before this `:`"),
    (
        r"expected (chomping or indentation|indentation|a comment or a line break)",
        "text stands after `|` or `>`; start it on the next line, or use quotes",
    ),
    (r"expected the node content, but found '(?P<found>.+)'", "a value is missing before this `{found}`"),
    (r"(directive|YAML document \(version)", "this directive is not allowed; remove the line"),
)
_ALIGN = "give all entries of one list or mapping the same indentation"


def locate_syntax_error(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, int, str]:
    """Return the line and column of the mistake, from 0, and what it is. `lines` are those of the text."""
    at = error.problem_mark or error.context_mark
    start = error.context_mark or at
    if at is None or start is None:
        return 0, 0, f"not valid YAML: {error.problem}"
    problem, context = error.problem or "", error.context or ""
    if "directive" in context:
        return start.line, start.column, "this directive is not allowed; remove the line"
    if "quoted scalar" in context and ("end of stream" in problem or "document separator" in problem):
        return start.line, start.column, "this quote is never closed; a quote inside single quotes is written twice"
    if "scanning an alias" in context or "scanning an anchor" in context:
        sign = "*" if "alias" in context else "&"
        return start.line, start.column, f"a value cannot start with {sign} here; put it in quotes"
    if "could not find expected ':'" in problem:
        return start.line, start.column, "this line is neither `key: value` nor `- entry`"
    if found := re.match(r"expected ',' or '(?P<close>.)'", problem):
        return _open_bracket(at, start, found["close"])
    above = lines[at.line - 1] if 0 < at.line <= len(lines) else ""
    if found := re.match(r"(\s*)-[^\s-]", above):
        return at.line - 1, len(found[1]), "a space is missing after this `-`"
    line = lines[at.line] if at.line < len(lines) else ""
    return _place(problem, at, line[: at.column])


def _open_bracket(at: yaml.Mark, start: yaml.Mark, close: str) -> tuple[int, int, str]:
    if at.line > start.line:
        return start.line, start.column, f"this bracket is never closed; write `{close}` after its last entry"
    return at.line, at.column, f"a `,` or a `{close}` is missing before this"


def _place(problem: str, at: yaml.Mark, before: str) -> tuple[int, int, str]:
    """Return the same as `locate_syntax_error`, by PyYAML's words and the text `before` the mistake on its line."""
    if problem == "mapping values are not allowed here":
        if re.search(r"\S:\s", before):
            return at.line, at.column, "a `: ` stands inside a value; put the value in quotes"
        indent = len(before) - len(before.lstrip())
        return at.line, indent, "this does not fit the line above: one is indented wrongly, or the other lacks its `:`"
    if problem == "expected <block end>, but found '<scalar>'":
        if before.rstrip().endswith(("'", '"')):
            message = "text stands after the closing quote; put all of it in the quotes, and write a `'` inside as `''`"
            return at.line, at.column, message
        if re.fullmatch(r"\s*- \[[ xX]\]\s*", before):
            return at.line, at.column, "this is a Markdown task list; `opsbook import` turns one into YAML"
        if before.rstrip().endswith(("]", "}")):
            return at.line, at.column, "text stands after the closing bracket; put the whole value in quotes"
        return at.line, at.column, "text stands here where a key is expected; allowed: `key: value`"
    for pattern, hint in _HINTS:
        if found := re.search(pattern, problem):
            return at.line, at.column, hint.format(align=_ALIGN, **found.groupdict())
    return at.line, at.column, f"not valid YAML: {problem}"
