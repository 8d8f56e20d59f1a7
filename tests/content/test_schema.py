"""The schemas of this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from opsbook.assembly.kinds import SCHEMAS
from opsbook.source.schema import schema_text

FILES = [name for name, file in SCHEMAS.items() if file.place == f"{name}.yml" and (ROOT / file.place).exists()]
"""The files beside mkdocs.yml, whose editors find the schema next to them."""


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_current(root: Path, name: str) -> None:
    assert (root / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(SCHEMAS[name].model, f"{name}.yml")


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_its_schema(root: Path, name: str) -> None:
    first = (root / f"{name}.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={name}.schema.json"
