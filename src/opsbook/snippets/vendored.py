"""Check YAML documents against the schemas that come with `check-jsonschema`.

They are those of https://www.schemastore.org and of the compose specification, as they were when it was released.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from opsbook.problems import Problem
from opsbook.snippets.schemas import schema_problems
from opsbook.snippets.tools import package
from opsbook.snippets.yaml_tree import SnippetDocument

BY_NAME: Mapping[str, str] = {
    ".gitlab-ci.yml": "gitlab-ci",
    "action.yml": "github-actions",
    "codecov.yml": "codecov",
    "dependabot.yml": "dependabot",
    "renovate.json": "renovate",
}
"""The schema of a file that is known by its name."""


def is_compose(document: SnippetDocument) -> bool:
    """Return whether the document is a compose file."""
    value = document.value
    return isinstance(value, dict) and isinstance(value.get("services"), dict) and "kind" not in value


def is_workflow(document: SnippetDocument) -> bool:
    """Return whether the document is a GitHub workflow."""
    value = document.value
    return isinstance(value, dict) and "on" in value and isinstance(value.get("jobs"), dict)


def has_known_name(document: SnippetDocument) -> bool:
    """Return whether the title of the block names a file that has a schema."""
    return document.snippet.name in BY_NAME


def check_compose(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with compose files."""
    for document in documents:
        yield from schema_problems(document, _validator("compose-spec"))


def check_workflows(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with GitHub workflows."""
    for document in documents:
        yield from schema_problems(document, _validator("github-workflows"))


def check_named(documents: Sequence[SnippetDocument]) -> Iterator[Problem]:
    """Yield what is wrong with files that are known by their names."""
    for document in documents:
        yield from schema_problems(document, _validator(BY_NAME[document.snippet.name]))


@functools.cache
def _validator(name: str) -> Any:
    file = Path(str(package("check_jsonschema").__file__)).parent / "builtin_schemas" / "vendor" / f"{name}.json"
    schema = json.loads(file.read_text("utf-8"))
    return package("jsonschema.validators").validator_for(schema)(schema)
