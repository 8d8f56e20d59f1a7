"""Load the names of alerts whose rules are kept elsewhere, so that a misspelt one in a runbook is found.

Each file in `runbooks/rules/upstream/` says where its rules come from, at which version, and lists their alerts.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from opsbook.nouns.runbook.model import AlertName
from opsbook.problems import Problem, ProblemsError
from opsbook.source.fields import Model, OneLine, WebAddress
from opsbook.source.files import regular_files
from opsbook.source.guard import reading
from opsbook.source.text import read_text
from opsbook.source.validate import validate
from opsbook.source.yaml import parse_yaml

FOLDER = "upstream"


class Upstream(Model):
    """A rule set that somebody else maintains."""

    source: WebAddress = Field(description="Where the rules are kept.")
    version: OneLine = Field(description="The tag or commit that the list was taken from.")
    alerts: tuple[AlertName, ...] = Field(min_length=1, description="The names of the alerts.")


def load_upstream(rules: Path, name: str) -> frozenset[str]:
    """Return the names in the lists below the folder `rules`, which messages call `name`. Raises ProblemsError."""
    problems: list[Problem] = []
    names: set[str] = set()
    for file in regular_files(rules / FOLDER, ".yaml", ".yml", deep=True):
        path = f"{name}/{file.relative_to(rules).as_posix()}"
        with reading(path, problems):
            names.update(validate(Upstream, parse_yaml(read_text(file, path), path)).alerts)
    if problems:
        raise ProblemsError(problems)
    return frozenset(names)
