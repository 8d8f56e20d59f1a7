"""Write the texts of the files that a new site begins with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from opsbook import __version__
from opsbook.assembly.kinds import SCHEMAS
from opsbook.cli.git import branch_of
from opsbook.cli.new_site import TEAM, NewSite
from opsbook.cli.site_around import CONFIG, MACROS
from opsbook.convert.scalars import write_scalar
from opsbook.nouns.checklist.model import FILE, Checklist
from opsbook.source.files import is_there
from opsbook.source.schema import schema_text
from opsbook.source.slugs import slug

STARTER = Path(__file__).with_name("starter")
WORKFLOW = ".github/workflows/playbook.yml"
UNKNOWN = "https://playbook.example.com/"


class _Filled(Template):
    """A text with places such as `%%{title}`: neither YAML, nor a shell, nor a workflow means anything by that."""

    delimiter = "%%"


def starting_files(start: NewSite) -> Iterator[tuple[Path, str]]:
    """Yield each file of the new site with its text."""
    folder, values = start.folder, _values(start)

    def filled(name: str) -> str:
        return _Filled((STARTER / f"{name}.txt").read_text(encoding="utf-8")).substitute(values)

    yield folder / FILE, filled("checklist.yml")
    yield folder / "checklist.schema.json", schema_text(Checklist, FILE)
    yield folder / "mkdocs.yml", _configuration(start)
    yield folder / "macros/main.py", MACROS
    yield folder / "docs/.gitkeep", ""
    if start.imported:
        yield from ((folder / "docs" / path, text) for path, text in start.imported.pages.items())
    if start.owner:
        for name in ("services.yml", "runbooks/target-down.md", "runbooks/rules/targets.yml"):
            yield folder / name, filled(name)
        yield folder / "services.schema.json", schema_text(SCHEMAS["services"].model, SCHEMAS["services"].place)
    yield folder / "diagrams/overview.py", filled("diagrams/overview.py")
    yield folder / "requirements.txt", filled("requirements.txt")
    yield folder / ".gitignore", filled("gitignore")
    if start.is_for_github:
        yield start.top / WORKFLOW, filled("workflow.yml")


def _values(start: NewSite) -> Mapping[str, str]:
    """Return what the places in the texts of the start stand for."""
    owner, is_whole = start.owner or TEAM, not start.inside
    title = _words(start.name)
    address = start.remote.pages if start.remote and start.remote.pages else UNKNOWN
    evidence = (
        f"\n        status: done\n        evidence:\n          - file: {WORKFLOW}\n            contains: opsbook check"
    )
    has_own = start.checklist is None
    id = slug(start.name) or "service"
    return {
        "title": write_scalar(title),
        "title_python": json.dumps(title, ensure_ascii=False),
        "name": write_scalar(title),
        "id": id,
        "team": write_scalar(TEAM.title),
        "team_inline": "the team" if owner == TEAM else owner.title,
        "owner": owner.id,
        "evidence": evidence if is_whole and start.is_for_github else "",
        "repository": f"\n    repository: {start.remote.address}" if start.remote else "",
        "items": "\nitems: [alerts-lead-to-runbooks]" if has_own else "",
        "site_url": address,
        "service": f', service="{id}"' if start.owner and not is_there(start.folder / "services.yml") else "",
        "item": ', item="backups-restored"' if has_own else "",
        "version": __version__,
        "branch": branch_of(start.top) if start.top.is_dir() else "main",
        "defaults": "" if is_whole else f"\n    defaults:\n      run:\n        working-directory: {start.inside}",
        "site": "site" if is_whole else f"{start.inside}/site",
    }


def _configuration(start: NewSite) -> str:
    """Return the text of `mkdocs.yml`."""
    title = start.checklist.title if start.checklist else _words(start.name)
    lines = [f"site_name: {write_scalar(title)}"]
    if start.remote and start.remote.pages:
        lines.append(f"site_url: {start.remote.pages}")
    else:
        lines.append(f"site_url: {UNKNOWN} # the address at which you publish it")
    if start.remote:
        lines.append(f"repo_url: {start.remote.address}")
    lines.append("strict: true")
    theme = (
        f"theme:\n  name: material\n  language: {start.language}\n"
        if start.language != "en"
        else "theme:\n  name: material\n"
    )
    return "\n".join(lines) + "\n" + CONFIG.replace("theme:\n  name: material\n", theme)


def _words(name: str) -> str:
    """Return the name of a folder or a repository as a title."""
    words = " ".join(re.split(r"[-_\s]+", name)).strip() or "Playbook"
    return words[:1].upper() + words[1:]
