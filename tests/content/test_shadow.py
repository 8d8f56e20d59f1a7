"""Nothing of ours hides the installed package `diagrams`."""

from __future__ import annotations

from pathlib import Path


def test_no_module_is_named_like_the_package(root: Path) -> None:
    ours = [path for folder in ("src", "tests", "bench", "macros", "scripts") for path in (root / folder).rglob("*.py")]
    assert [path for path in [*ours, *root.glob("*.py")] if "diagrams" in (path.stem, path.parent.name)] == []


def test_the_folder_of_the_scripts_is_no_package(root: Path) -> None:
    assert not (root / "diagrams" / "__init__.py").exists()
