"""Small drawing scripts that tests share, and what puts them into a folder."""

from __future__ import annotations

from pathlib import Path

HEAD = "from diagrams import Cluster, Diagram, Edge\nfrom diagrams.aws.compute import EC2, Lambda\n"
PAIR = HEAD + 'with Diagram("Pair"):\n    EC2("one") >> EC2("two")\n'


def write_scripts(root: Path, **scripts: str) -> Path:
    """Write scripts into `root/diagrams`, by the stem of their files."""
    folder = root / "diagrams"
    folder.mkdir(exist_ok=True)
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder
