"""The schemas of this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.service.model import Catalog
from opsbook.source.fields import Model
from opsbook.source.schema import schema_text

FILES: dict[str, type[Model]] = {"checklist": Checklist, "services": Catalog}


@pytest.mark.parametrize("name", FILES)
def test_the_committed_schema_is_current(root: Path, name: str) -> None:
    assert (root / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(FILES[name], f"{name}.yml")


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_its_schema(root: Path, name: str) -> None:
    first = (root / f"{name}.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={name}.schema.json"
