"""Load the interface of each service from `docs/api/<service>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from opsbook.nouns.api.model import Api
from opsbook.nouns.api.values import Json, json_value
from opsbook.nouns.kind import Loaded, Project, Record
from opsbook.problems import Problem, ProblemsError, first_problems
from opsbook.source.guard import reading
from opsbook.source.text import read_text
from opsbook.source.tree import YamlDocument, short
from opsbook.source.yaml import parse_yaml
from opsbook.store import Store, key_of
from opsbook.versions import versions

FOLDER = "api"
KINDS = (".json", ".yaml", ".yml")
_VERSION = re.compile(r"3\.[0-2]\.[0-9]+")


def load(project: Project) -> Loaded:
    """Return the interfaces described below the hand-written pages, each under the id of its service.

    Which files fit the official schema is remembered from one run to the next, since that check takes most of the time.
    """
    problems: list[Problem] = []
    found: dict[str, Api] = {}
    with Store(project.kept("apis")) as fitting:
        for path in project.docs_files(FOLDER, *KINDS, deep=False):
            file, name = project.docs / path, project.below_docs(path)
            if file.stem in found:
                message = f"`{found[file.stem].file}` describes the service `{file.stem}` too; keep one"
                problems.append(Problem(name, 0, 0, message))
            with reading(name, problems):
                found[file.stem] = _remembered(read_text(file, name), name, file.stem, fitting)
        fitting.prune()
    records = (Record(api, kind="api", id=id, file=project.below_docs(api.file)) for id, api in found.items())
    return Loaded(tuple(records), tuple(problems))


def _remembered(text: str, path: str, service: str, fitting: Store) -> Api:
    """Return what `parse_api` does, without checking the official schema again where `text` is known to fit it."""
    key = key_of(versions("jsonschema", "openapi-spec-validator"), text)
    api = parse_api(text, path, service, fits=fitting.read(path, key) is not None)
    fitting.write(path, key, b"")
    return api


def parse_api(text: str, path: str, service: str, *, fits: bool = False) -> Api:
    """Return the interface that `text` describes, which messages call `path`. Raises ProblemsError with every mistake.

    Where `fits` says that the text fits the official schema, that is not checked again.
    """
    from opsbook.nouns.api.demands import demand_problems
    from opsbook.nouns.api.read import read_api
    from opsbook.nouns.api.rules import operation_problems, pointer_problems

    # JSON is YAML except for tabs between tokens; a space for each keeps every column.
    document = parse_yaml(text.replace("\t", " ") if path.endswith(".json") else text, path)
    root = json_value(document)
    for problems in (
        _version_problems(root, document),
        chain(() if fits else _official_problems(root, document), pointer_problems(root, document)),
        chain(operation_problems(root, document), demand_problems(root, document)),
    ):
        if found := list(first_problems(problems)):
            raise ProblemsError(found)
    return read_api(root, service, f"{FOLDER}/{Path(path).name}")


def _official_problems(root: Json, document: YamlDocument) -> Iterator[Problem]:
    # The validator takes a quarter of a second to import, so it is imported only where it is needed.
    from opsbook.nouns.api.official import official_problems

    return official_problems(root, document)


def _version_problems(root: Json, document: YamlDocument) -> Iterator[Problem]:
    """Yield the problem that stops everything else from being read: no mapping, or no known version of OpenAPI."""
    allowed = "allowed: 3.0.x, 3.1.x or 3.2.x, such as `openapi: 3.1.1`"
    if not isinstance(root, dict):
        yield document.problem((), f"this is no description of an interface; it starts with `openapi`, {allowed}")
    elif "openapi" not in root:
        yield document.problem((), f"the key `openapi` is missing; {allowed}")
    elif not _VERSION.fullmatch(str(root["openapi"])):
        yield document.problem(("openapi",), f"`{short(str(root['openapi']))}` is no version that is read; {allowed}")
