"""Write a tree, or a part of one, as Markdown."""

from __future__ import annotations

from opsbook.convert.vocabulary import as_heading
from opsbook.source.tree import Tree


def flat_text(value: Tree, depth: int = 0) -> str:
    """Return a tree as Markdown: lists and the names of keys as lines of lists."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(each, str) and len(each) < 60 and "\n" not in each for each in value):
        return ", ".join(each.strip() for each in value if isinstance(each, str) and each.strip())
    margin = "    " * depth
    lines = []
    pairs = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    for key, each in pairs:
        label = f"**{as_heading(key)}**: " if key else ""
        if isinstance(each, str):
            if each.strip():
                text = each.strip().replace("\n", f"\n{margin}  ")
                lines.append(f"{margin}- {label}{text}")
        elif each:
            below = flat_text(each, depth + 1)
            if label and "\n" not in below and not below.lstrip().startswith("- "):
                lines.append(f"{margin}- {label}{below}")
                continue
            lines += [f"{margin}- {label.rstrip()}" if label else "", below] if label else [flat_text(each, depth)]
    return "\n".join(line for line in lines if line)
