"""Check Helm templates: their actions, and the manifest that is left without them.

Nothing is rendered. Actions are read as in https://pkg.go.dev/text/template#hdr-Actions; a line that holds only
actions counts as blank, and an action inside a value as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from opsbook.nouns.alert.helm import mask_actions
from opsbook.problems import Problem
from opsbook.snippets.manifests import check_shapes, is_manifest
from opsbook.snippets.model import Snippet
from opsbook.snippets.tools import check_safely
from opsbook.snippets.yaml_tree import SnippetDocument, parse_documents

_ACTION = re.compile(
    r"\{\{-?\s*/\*[\s\S]*?\*/\s*-?\}\}"
    r"|\{\{(?P<code>(?:`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|(?!\}\}|\{\{)[^`\"'])*)\}\}"
)
_STRING = re.compile(r"`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'")
_OPENS = frozenset({"block", "define", "if", "range", "with"})


def check_helm(snippets: Sequence[Snippet]) -> Iterator[Problem]:
    """Yield what is wrong with templates. A file of definitions (`_labels.tpl`) has actions, and no manifest."""
    documents: list[SnippetDocument] = []
    for snippet in snippets:
        problems = list(_action_problems(snippet))
        yield from problems
        if problems or not (snippet.name or ".yaml").endswith((".yaml", ".yml")):
            continue
        found, problems = parse_documents(snippet, mask_actions(snippet.code).text)
        # Two branches of an `if` may write the same key.
        yield from (problem for problem in problems if not problem.message.startswith("duplicate key"))
        documents += [document for document in found if is_manifest(document)]
    yield from check_safely(check_shapes, documents)


def _action_problems(snippet: Snippet) -> Iterator[Problem]:
    open_blocks: list[tuple[str, int]] = []
    at = snippet.code.find("{{")
    while at >= 0:
        action = _ACTION.match(snippet.code, at)
        if action is None:
            yield _problem(snippet, at, "this action is not closed; end it with `}}`")
            return
        code = (action["code"] or "").removeprefix("-").removesuffix("-").strip()
        if message := _pipeline_problem(code) if action["code"] is not None else None:
            yield _problem(snippet, at, message)
        if message := _nest(open_blocks, code, at):
            yield _problem(snippet, at, message)
        at = snippet.code.find("{{", action.end())
    for word, start in open_blocks:
        yield _problem(snippet, start, f"this `{word}` has no `{{{{ end }}}}`")


def _nest(open_blocks: list[tuple[str, int]], code: str, at: int) -> str | None:
    """Return what is wrong with how this action opens or closes a block, or None; keep `open_blocks` up to date."""
    word = re.match(r"\w*", code)
    name = word.group() if word else ""
    if name in _OPENS:
        open_blocks.append((name, at))
    elif name == "else" and (not open_blocks or open_blocks[-1][0] in ("define", "block")):
        return "this `else` belongs to no `if`, `with` or `range`"
    elif name == "end":
        if not open_blocks:
            return "this `end` closes nothing"
        open_blocks.pop()
    return None


def _pipeline_problem(code: str) -> str | None:
    bare = _STRING.sub('""', code)
    if not bare:
        return "this action is empty"
    if bare.count("(") != bare.count(")"):
        return "the parentheses of this action do not match"
    if re.search(r"\|\s*(?:\||\)|$)|^\s*\||\(\s*\|", bare):
        return "a function is missing beside this action's `|`"
    return None


def _problem(snippet: Snippet, offset: int, message: str) -> Problem:
    before = snippet.code[:offset]
    return snippet.problem(before.count("\n") + 1, offset - before.rfind("\n"), message)
