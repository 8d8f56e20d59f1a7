"""Makes a site source with several times the checklist.

In: the root of a repository, a folder and a number. Out: in that folder, all that the site is made of, with every
area, phase and guide so many times under ids of their own. Runbooks, drawings and post-mortems stay as they are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

PARTS = (
    *("checklist.yml", "services.yml", ".secrets.yml", "mkdocs.yml"),
    *("docs", "runbooks", "diagrams", "macros", "post-mortems"),
)
NODES = ("areas", "groups", "items", "phases")


class PlainDumper(yaml.SafeDumper):
    """Writes what several copies share once for each, since a checklist may hold no aliases."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


def make_scaled(root: Path, folder: Path, times: int) -> None:
    """Copy what the site of `root` is made of into `folder`, with the checklist `times` times."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (root / name).exists():
            shutil.copyfile(root / name, folder / name)
    checklist = yaml.safe_load((root / "checklist.yml").read_text(encoding="utf-8"))
    copy_evidence(root, folder, checklist)
    ids = {node["id"] for node in walk(checklist)}
    guides = sorted((root / "docs" / "practices").glob("*/*.md"))
    whole = {**checklist, "areas": [], "phases": []}
    for number in range(1, times + 1):
        suffix = f"-{number}" if number > 1 else ""
        whole["areas"] += [renamed(area, suffix) for area in checklist["areas"]]
        whole["phases"] += [renamed(phase, suffix) for phase in checklist.get("phases", [])]
        for guide in guides if suffix else []:
            copy_guide(guide, folder / "docs" / "practices", suffix, ids)
    text = yaml.dump(whole, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "checklist.yml").write_text(text, encoding="utf-8")
    copy_exceptions(root, folder, times)


def copy_exceptions(root: Path, folder: Path, times: int) -> None:
    """Let each copy of a guide hold the examples that the guide itself may hold."""
    allowed = yaml.safe_load((root / ".secrets.yml").read_text(encoding="utf-8"))
    own = [each for each in allowed["exceptions"] if each["file"].startswith("docs/practices/")]
    for number in range(2, times + 1):
        for each in own:
            docs, practices, area, guide = each["file"].removesuffix(".md").split("/")
            file = f"{docs}/{practices}/{area}-{number}/{guide}-{number}.md"
            allowed["exceptions"].append({**each, "file": file})
    text = yaml.dump(allowed, Dumper=PlainDumper, allow_unicode=True, sort_keys=False)
    (folder / ".secrets.yml").write_text(text, encoding="utf-8")


def walk(node: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every area, group, item and phase below `node`; the names in a goal's `items` are not nodes."""
    below = [child for key in NODES for child in node.get(key, []) if isinstance(child, dict)]
    return [*below, *(deeper for child in below for deeper in walk(child))]


def renamed(node: Mapping[str, Any], suffix: str) -> dict[str, Any]:
    """A copy of `node` in which every id ends in `suffix`, and every title too, so that they stay distinct."""
    if not suffix:
        return dict(node)
    copy = dict(node)
    if "id" in copy:
        copy["id"] += suffix
        copy["title"] += suffix.replace("-", " ")
    for key in ("aliases", *NODES, "goals"):
        if key in copy:
            copy[key] = [each + suffix if isinstance(each, str) else renamed(each, suffix) for each in copy[key]]
    return copy


def copy_guide(guide: Path, practices: Path, suffix: str, ids: set[str]) -> None:
    """Write the copy of one guide, whose links lead to the copies of the guides that the first one links to."""

    def lead(match: re.Match[str]) -> str:
        if not (guide.parent / match["path"]).resolve().is_relative_to(guide.parent.parent.resolve()):
            return match.group()
        known = [part + suffix if part in ids else part for part in match["path"].split("/")]
        name = known.pop()
        return f"]({'/'.join([*known, name + (suffix if name in ids else '')])}.md"

    text = re.sub(r"\]\((?P<path>[\w./-]+)\.md", lead, guide.read_text(encoding="utf-8"))
    target = practices / (guide.parent.name + suffix) / (guide.stem + suffix + ".md")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def copy_evidence(root: Path, folder: Path, checklist: Mapping[str, Any]) -> None:
    """Bring the files that prove an item, since the engine looks whether they are there."""
    for node in walk(checklist):
        for proof in node.get("evidence", []):
            if (file := proof.get("file")) and (root / file).is_file() and not (folder / file).exists():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(root / file, folder / file)
