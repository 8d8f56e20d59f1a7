"""The files `docs/api/<service>.yaml` in, the interface of each service out, or every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import nullcontext
from itertools import chain
from pathlib import Path

from opsbook.apis.model import Api
from opsbook.apis.values import Json, json_value
from opsbook.guard import reading
from opsbook.problems import Problem, ProblemsError, did_you_mean, first_problems
from opsbook.rendercache.versions import versions
from opsbook.source.files import regular_files
from opsbook.source.text import read_text
from opsbook.source.tree import Document, short
from opsbook.source.yaml import parse_yaml
from opsbook.store import Store, key_of

FOLDER = "api"
KINDS = (".json", ".yaml", ".yml")
_VERSION = re.compile(r"3\.[01]\.[0-9]+")


def load_apis(docs: Path, services: Collection[str] | None, cache: Path | None = None) -> Mapping[str, Api]:
    """The interfaces below `docs`, by the id of their service, in the order of `services`.

    Where it is None, the services could not be read, and any may be named. `cache` is a folder that remembers which
    files fit the official schema, since that takes most of the time. Raises ProblemsError with every mistake.
    """
    problems: list[Problem] = []
    found: dict[str, Api] = {}
    with Store(cache) if cache else nullcontext() as fitting:
        for file in regular_files(docs / FOLDER, *KINDS):
            name = f"{docs.name}/{FOLDER}/{file.name}"
            problems += _misnamed(file.stem, name, services, found)
            with reading(name, problems):
                found[file.stem] = _remembered(read_text(file, name), name, file.stem, fitting)
    if problems:
        raise ProblemsError(problems)
    return {id: found[id] for id in services or found if id in found}


def _remembered(text: str, path: str, service: str, fitting: Store | None) -> Api:
    """`parse_api`, without the official schema for a text that is known to fit it."""
    if fitting is None:
        return parse_api(text, path, service)
    key = key_of(versions(), text)
    api = parse_api(text, path, service, fits=fitting.read(path, key) is not None)
    fitting.write(path, key, b"")
    return api


def parse_api(text: str, path: str, service: str, *, fits: bool = False) -> Api:
    """The interface that `text` describes, which messages call `path`. Raises ProblemsError with every mistake.

    A text that is said to fit the official schema is not held against it again.
    """
    from opsbook.apis.read import read_api
    from opsbook.apis.rules import operation_problems, reference_problems

    # JSON is YAML but for tabs between its words, which as spaces leave every column where it is.
    document = parse_yaml(text.replace("\t", " ") if path.endswith(".json") else text, path)
    root = json_value(document)
    for problems in (
        _version_problems(root, document),
        chain(() if fits else _official_problems(root, document), reference_problems(root, document)),
        operation_problems(root, document),
    ):
        if found := list(first_problems(problems)):
            raise ProblemsError(found)
    return read_api(root, service, f"{FOLDER}/{Path(path).name}")


def _official_problems(root: Json, document: Document) -> Iterator[Problem]:
    # The validator takes a quarter of a second to import, which only those should wait for who need it.
    from opsbook.apis.official import official_problems

    return official_problems(root, document)


def _misnamed(id: str, name: str, services: Collection[str] | None, found: Mapping[str, Api]) -> Iterator[Problem]:
    if services is not None and id not in services:
        message = f"a description has the name of its service, and none has the id `{short(id)}`"
        yield Problem(name, 0, 0, f"{message}; {did_you_mean(id, services)}")
    if id in found:
        yield Problem(name, 0, 0, f"`{found[id].file}` describes the service `{id}` too; keep one")


def _version_problems(root: Json, document: Document) -> Iterator[Problem]:
    """What stops everything else from being read."""
    allowed = "allowed: 3.0.x or 3.1.x, such as `openapi: 3.1.1`"
    if not isinstance(root, dict):
        yield document.problem((), f"this is no description of an interface; it starts with `openapi`, {allowed}")
    elif "openapi" not in root:
        yield document.problem((), f"the key `openapi` is missing; {allowed}")
    elif not _VERSION.fullmatch(str(root["openapi"])):
        yield document.problem(("openapi",), f"`{short(str(root['openapi']))}` is no version that is read; {allowed}")
