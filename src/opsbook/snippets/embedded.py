"""Find the files and scripts that a YAML block holds as text, each as a block of its own at its own lines.

They are what stands below a key that is the name of a file (`nginx.conf: |`), the `run` of a workflow's step, and the
argument of `sh -c`. Only text in literal style (`|`) is read, since only that stands in the block as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from opsbook.snippets.model import Snippet
from opsbook.snippets.vendored import is_workflow
from opsbook.snippets.yaml_tree import Path, SnippetDocument, parse_documents

_LANGUAGES: Mapping[str, str] = {
    ".hcl": "hcl",
    ".ini": "ini",
    ".js": "javascript",
    ".json": "json",
    ".py": "python",
    ".sh": "bash",
    ".sql": "sql",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_NAMES: Mapping[str, str] = {"Dockerfile": "dockerfile", "Jenkinsfile": "groovy", "nginx.conf": "nginx"}
_EXPRESSION = re.compile(r"\$\{\{(?:(?!\$\{\{).)*?\}\}")
_SHELLS = frozenset({"ash", "bash", "sh"})


def embedded_snippets(snippet: Snippet) -> Iterator[Snippet]:
    """Yield the blocks inside of `snippet`; none where it is not valid YAML."""
    for document in parse_documents(snippet)[0]:
        for path, value in document.walk():
            for key in value:
                if language := _language(key):
                    yield from _literal(document, (*path, key), language)
            yield from _commands(document, path, value)
            if is_workflow(document) and path[:1] == ("jobs",) and path[2:3] == ("steps",) and _is_bash(value):
                for script in _literal(document, (*path, "run"), "bash"):
                    # An expression of GitHub's is filled in before the shell sees it.
                    yield replace(script, code=_EXPRESSION.sub(lambda found: "x" * len(found[0]), script.code))


def _language(name: str) -> str | None:
    return _NAMES.get(name) or _LANGUAGES.get(PurePosixPath(name).suffix)


def _is_bash(step: Mapping[str, object]) -> bool:
    return step.get("shell", "bash") in _SHELLS


def _commands(document: SnippetDocument, path: Path, container: Mapping[str, object]) -> Iterator[Snippet]:
    """Yield the script of a container that runs `sh -c`: the last word of its command, or its first argument."""
    command, arguments = container.get("command"), container.get("args")
    words = [str(word) for word in command] if isinstance(command, list) else []
    if not words or PurePosixPath(words[0]).name not in _SHELLS:
        return
    for at, word in enumerate(words[:-1]):
        if word.startswith("-") and word.endswith("c"):
            yield from _literal(document, (*path, "command", at + 1), "bash")
    if words[-1].startswith("-") and words[-1].endswith("c") and isinstance(arguments, list) and arguments:
        yield from _literal(document, (*path, "args", 0), "bash")


def _literal(document: SnippetDocument, path: Path, language: str) -> Iterator[Snippet]:
    """Yield the text at `path`, where it is in literal style and each of its lines is found in the block."""
    value = document.at(path) if path in document.places else None
    if not isinstance(value, str) or not value.strip():
        return
    line, column = document.places[path]
    lines = document.snippet.code.split("\n")
    if not re.match(r"\|[-+]?\s*$", lines[line - 1][column - 1 :]):
        return
    texts = value.rstrip("\n").split("\n")
    found = lines[line : line + len(texts)]
    indent = min((len(each) - len(each.lstrip(" ")) for each in found if each.strip()), default=0)
    if [each[indent:] for each in found] != texts:
        return
    yield Snippet(
        path=document.snippet.path,
        language=language,
        title=str(path[-1]),
        code="\n".join(texts),
        line=document.snippet.first + line - 1,
        column=document.snippet.column + indent,
        first=document.snippet.first + line,
    )
