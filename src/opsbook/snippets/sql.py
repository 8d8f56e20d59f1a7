"""Check blocks of SQL by the grammar of PostgreSQL itself, which pglast holds: https://github.com/pganalyze/libpg_query

Bodies in PL/pgSQL are read too. What tables, columns, types and functions there are is not known, and so not judged.
pglast is under the GPL: it is asked where it is installed, and nothing of it is part of this package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from opsbook.problems import Problem, did_you_mean
from opsbook.snippets.model import Snippet
from opsbook.snippets.psql import COMMANDS, PlainSql, plain_sql
from opsbook.snippets.tools import package

# Without a catalogue it takes some types for others, so only what the text alone shows is believed.
_CERTAIN = re.compile(r"syntax error|missing|mismatched|unterminated|\S+ is not a known variable")
_SIGN = re.compile(r"\w+|[^\w\s]")
_LONGEST = 4_000  # Words and signs without a comma or a semicolon between them: 1 + 1 + 1 …
_DEEPEST = 500

_NAMES = sorted(name for name in COMMANDS if name[:1].isalpha())


def check_sql(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield where a block is not made of statements of PostgreSQL, or of commands of psql."""
    package("pglast")
    parser = package("pglast.parser")
    version = ".".join(str(part) for part in parser.get_postgresql_version()[:1])
    for snippet in snippets:
        if _is_too_deep(snippet.code):
            yield snippet.at_fence("this block is nested too deep to be read; make it flatter")
            continue
        script = plain_sql(snippet.code)
        for at, name in script.unknown:
            yield _problem(snippet, at, f"psql has no command `\\{name}`; {did_you_mean(name, _NAMES, most=20)}")
        for at, message in _mistakes(parser, script):
            yield _problem(snippet, at, f"not valid SQL for PostgreSQL {version}: {message}")


def _problem(snippet: Snippet, at: int, message: str) -> Problem:
    before = snippet.code[:at]
    return snippet.problem(before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1, message)


def _is_too_deep(text: str) -> bool:
    """Return whether the parser's stack might not hold `text`, at which the process would end."""
    run = depth = 0
    for sign in _SIGN.finditer(text):
        run = 0 if sign.group() in ",;" else run + 1
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign.group(), 0)
        if run > _LONGEST or depth > _DEEPEST:
            return True
    return False


def _mistakes(parser: Any, script: PlainSql) -> list[tuple[int, str]]:
    """Return the offset and the message of the mistakes: none where one of the readings has none."""
    readings = [list(_in_text(parser, text, script.ends)) for text in script.texts]
    return [] if [] in readings else readings[0]


def _in_text(parser: Any, text: str, ends: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the first mistake of each statement, and those of bodies."""
    try:
        statements = parser.parse_sql(text)
    except parser.ParseError as error:
        # A semicolon can stand inside of a statement, in `BEGIN ATOMIC`; then the whole alone says what is wrong.
        yield from list(_one_by_one(parser, text, ends)) or [_placed(error, text)]
        return
    for statement in statements:
        if _is_plpgsql(statement.stmt):
            start = statement.stmt_location
            yield from _body(parser, text, start, start + statement.stmt_len if statement.stmt_len else len(text))


def _one_by_one(parser: Any, text: str, ends: Sequence[int]) -> Iterator[tuple[int, str]]:
    start = 0
    for end in (*ends, len(text)):
        try:
            parser.parse_sql(text[start:end])
        except parser.ParseError as error:
            at, message = _placed(error, text[start:end])
            yield start + at, message
        start = end


def _placed(error: Any, text: str) -> tuple[int, str]:
    message, at = (*error.args, None)[:2]
    if "memory exhausted" in str(message):  # What the parser says of ten thousand brackets in each other.
        raise RecursionError
    if at is None:
        at = len(text.rstrip())
    return at, " ".join(str(message).split())


def _is_plpgsql(statement: Any) -> bool:
    """Return whether a statement holds a body in PL/pgSQL, which is what `DO` takes unless it says otherwise."""
    kind = type(statement).__name__
    if kind not in ("CreateFunctionStmt", "DoStmt"):
        return False
    options = {
        each.defname: each.arg for each in (statement.options if kind == "CreateFunctionStmt" else statement.args)
    }
    language = options.get("language")
    return kind == "DoStmt" if language is None else str(language.sval).lower() == "plpgsql"


def _body(parser: Any, text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the mistake in the body of a statement, at the word that the message names."""
    statement = text[start:end]
    try:
        parser.parse_plpgsql_json(statement)
    except parser.ParseError as error:
        message = " ".join(str(error.args[0]).split())
        if not _CERTAIN.match(message):
            return
        word = str(error.args[0]).partition('at or near "')[2].removesuffix('"')
        quote = re.search(r"\$\w*\$|'", statement)
        at = statement.find(word, quote.end() if quote else 0) if word else -1
        yield start + (at if at >= 0 else len(statement) - len(statement.lstrip())), message
