"""The YAML of this repository, by both readers."""

from __future__ import annotations

from pathlib import Path

from opsbook.source.yaml import parse_yaml


def test_both_readers_of_yaml_find_the_same_values_in_the_same_places(root: Path) -> None:
    """A tab, even in a comment, hands a text to the slower one."""
    files = [root / "checklist.yml", root / "services.yml", *sorted(root.glob("docs/**/*.y*ml"))]
    texts = [file.read_text("utf-8") for file in files]
    texts += [file.read_text("utf-8").split("\n---\n")[0] for file in sorted(root.glob("runbooks/*.md"))]
    assert len(texts) > 80
    for text in texts:
        assert parse_yaml(text, "f") == parse_yaml(f"{text}\n#\t", "f")
