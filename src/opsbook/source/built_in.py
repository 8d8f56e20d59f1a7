"""Read the tables that the engine itself brings along as YAML."""

from __future__ import annotations

import functools
from importlib.resources import files

from opsbook.source.tree import YamlDocument
from opsbook.source.yaml import parse_yaml


@functools.cache
def package_yaml(package: str, name: str) -> YamlDocument:
    """Return the document in the file `name` of the package `package`."""
    return parse_yaml(files(package).joinpath(name).read_text("utf-8"), name)
