"""Load the services from `services.yml`, and what its roles may do from the files that they name."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from opsbook.graph import Graph
from opsbook.nouns.kind import Loaded, Project, Record, load_yaml
from opsbook.nouns.service.model import FILE, AccessRole, Catalog, RoleGrants
from opsbook.problems import Problem
from opsbook.rights.iam import is_policy, policy_statements
from opsbook.rights.manifests import file_and_title, read_trees
from opsbook.rights.rbac import BUILT_IN, built_in_rules, is_rbac, rbac_rules
from opsbook.source.guard import reading
from opsbook.source.references import Places
from opsbook.source.text import read_text
from opsbook.source.tree import Location

ADMINISTRATOR = "AdministratorAccess"
_ALL = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def load(project: Project) -> Loaded:
    """Return the catalog of services, which is empty where there is no `services.yml`, and what its roles may do."""
    loaded = load_yaml(project, FILE, Catalog)
    problems: list[Problem] = []
    grants = [
        Record(_granted(role, project, record.places, ("roles", at), problems), file=FILE)
        for record in loaded.records
        if isinstance(record.value, Catalog) and record.places
        for at, role in enumerate(record.value.roles)
    ]
    records = loaded.records or (Record(Catalog(), file=FILE),)
    return Loaded((*records, *grants), (*loaded.problems, *problems))


def role_files(graph: Graph) -> Iterator[str]:
    """Yield the files that say what the roles may do."""
    for role in graph.all(AccessRole):
        for key, (_, _, names) in _WANTED.items():
            yield from (file_and_title(entry)[0] for entry in getattr(role, key) or () if entry not in names)


def _granted(role: AccessRole, project: Project, places: Places, at: Location, problems: list[Problem]) -> RoleGrants:
    """Return what `role` may do; add to `problems` what is wrong with the files that it names."""
    known = [name for name in role.rbac or () if name in BUILT_IN]
    trees = {key: list(_trees(key, getattr(role, key) or (), project, places, (*at, key), problems)) for key in _WANTED}
    rules = (*rbac_rules(trees["rbac"], role.groups), *itertools.chain.from_iterable(map(built_in_rules, known)))
    policies = [*trees["iam"], *([_ALL] if ADMINISTRATOR in (role.iam or ()) else [])]
    return RoleGrants(
        role.id,
        None if role.rbac is None else rules,
        None if role.iam is None else policy_statements(policies),
    )


_WANTED: dict[str, tuple[Callable[[object], bool], str, tuple[str, ...]]] = {
    "rbac": (is_rbac, "role or binding of Kubernetes", BUILT_IN),
    "iam": (is_policy, "policy of IAM", (ADMINISTRATOR,)),
}


def _trees(
    key: str, entries: tuple[str, ...], project: Project, places: Places, at: Location, problems: list[Problem]
) -> Iterator[dict[str, Any]]:
    """Yield the manifests or policies in the files that `entries` name."""
    is_wanted, called, names = _WANTED[key]
    for number, entry in enumerate(entries):
        if entry in names:
            continue
        path, title = file_and_title(entry)
        if not _is_file_of(project, path):
            known = ", ".join(f"`{name}`" for name in names)
            message = f"there is no file `{path}`; name one of this repository, from its root, or {known}"
            problems.append(places.problem((*at, number), message))
            continue
        found: list[object] = []
        with reading(path, problems):
            found = list(read_trees(read_text(project.root / path, path), path, title))
        wanted = [each for each in found if isinstance(each, dict) and is_wanted(each)]
        if not wanted and not any(problem.path == path for problem in problems):
            problems.append(places.problem((*at, number), f"`{entry}` holds no {called}; name the file that does"))
        yield from wanted


def _is_file_of(project: Project, path: str) -> bool:
    """Return whether `path` is a file of the repository itself: no link leads out of it."""
    file = Path(os.path.realpath(project.root / path))
    return file.is_relative_to(os.path.realpath(project.root)) and file.is_file()
