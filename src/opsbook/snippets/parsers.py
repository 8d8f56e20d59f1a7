"""Check blocks that one parser in Python or in the engine reads: PromQL, JSON, TOML, INI, Python, Markdown."""

from __future__ import annotations

import ast
import configparser
import json
import tomllib
import warnings
from collections.abc import Iterator, Sequence

from opsbook.problems import Problem
from opsbook.snippets.model import Snippet
from opsbook.snippets.yaml_blocks import check_documents
from opsbook.snippets.yaml_tree import SnippetDocument, parse_documents
from opsbook.source.fences import scan_fences
from opsbook.source.promql import promql_error


def check_promql(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield a problem for each block that is not one expression."""
    for snippet in snippets:
        if error := promql_error(snippet.code):
            yield snippet.problem(1, 1, f"not valid PromQL: {error}")


def check_json(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield a problem for each block that is not JSON or repeats a key, then what the tools find, as for YAML."""
    documents: list[SnippetDocument] = []
    for snippet in snippets:
        try:
            json.loads(snippet.code, object_pairs_hook=_unique)
        except json.JSONDecodeError as error:
            yield snippet.problem(error.lineno, error.colno, f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}")
        except _DuplicateKeyError as error:
            yield snippet.problem(1, 1, f"duplicate key `{error}`")
        else:
            documents += parse_documents(snippet)[0]
    yield from check_documents(documents)


def check_toml(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield a problem for each block that is not TOML."""
    for snippet in snippets:
        try:
            tomllib.loads(snippet.code)
        except tomllib.TOMLDecodeError as error:
            message, line, column = _toml_place(str(error), snippet.code)
            yield snippet.problem(line, column, f"not valid TOML: {message}")


def check_ini(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield a problem for each block that is not made of sections and `key = value`. Keys need no section."""
    for snippet in snippets:
        parser = configparser.RawConfigParser(strict=False, allow_no_value=False, comment_prefixes=("#", ";"))
        try:
            parser.read_string(f"[ ]\n{snippet.code}")
        except configparser.ParsingError as error:
            line = error.errors[0][0] - 1 if error.errors else 1
            yield snippet.problem(line, 1, "this is neither `[section]` nor `key = value`")


def check_python(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield a problem for each block that does not compile."""
    for snippet in snippets:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", SyntaxWarning)
                compile(snippet.code, snippet.path, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            yield snippet.problem(error.lineno or 1, error.offset or 1, f"not valid Python: {error.msg}")
        except MemoryError:  # What the compiler says of thousands of signs in a row.
            raise RecursionError from None


def check_markdown(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield a problem for each fence that is not closed. The blocks inside are checked as those of a page are."""
    for snippet in snippets:
        for problem in scan_fences(snippet.code.split("\n"), snippet.path).problems:
            yield snippet.problem(problem.line, problem.column, problem.message)


class _DuplicateKeyError(ValueError):
    pass


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found


def _toml_place(message: str, code: str) -> tuple[str, int, int]:
    """Return the sentence and the place in `Expected '=' after a key (at line 1, column 3)`."""
    said, _, place = message.rpartition(" (at ")
    numbers = [int(word.strip("),")) for word in place.split() if word.strip("),").isdigit()]
    if len(numbers) == 2:
        return f"{said[:1].lower()}{said[1:]}", numbers[0], numbers[1]
    return f"{said[:1].lower()}{said[1:]}", code.count("\n") + 1, 1
