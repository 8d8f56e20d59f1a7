"""Write the runbooks for programs: all of them as JSON, and each one as Markdown beside its page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from opsbook.graph import Graph
from opsbook.nouns.checklist.model import Owner
from opsbook.nouns.kind import Plan, one
from opsbook.nouns.page.model import source_links
from opsbook.nouns.runbook.handout import handout_texts
from opsbook.nouns.runbook.load import FOLDER
from opsbook.nouns.runbook.model import Command, Part, Runbook, RunbookHeader, Step, alert_address
from opsbook.site.links import link_to
from opsbook.site.page import Asset

ALL = "runbooks.json"
_ONLY_FOR_THE_SITE = frozenset({"status", "role", "review_every", "aliases", "featured", "waivers"})
"""Keys of the front matter by which the site treats a runbook; a program needs none of them to follow its steps."""
_BRANCH = re.compile(r"^ *+[-*+] ++(?P<when>[^\n→]*+)→(?P<then>[^\n]*+)$", re.MULTILINE)
_TARGET = re.compile(r"\]\((?P<target>[^()\s]+)\)")


def assets(graph: Graph) -> Iterator[Plan[Asset]]:
    """Yield the file of all runbooks, then that of each."""
    yield one(FOLDER, runbooks_json, graph)
    for runbook in graph.all(Runbook):
        yield one(runbook.path, runbook_markdown, runbook, graph)


def markdown_path(runbook: Runbook) -> str:
    """Return the address of the Markdown of `runbook`, relative to the site."""
    return f"{FOLDER}/{runbook.id}/index.md"


def runbook_markdown(runbook: Runbook, graph: Graph) -> Asset:
    """Return the whole text of `runbook` as Markdown, with its commands as they are written."""
    pieces = handout_texts(runbook, graph.path(runbook), graph, source_links(runbook.path, graph))
    text = "".join(piece.code if isinstance(piece, Command) else piece for piece in pieces)
    return Asset(markdown_path(runbook), text, for_machines=True)


def runbooks_json(graph: Graph) -> Asset:
    """Return every runbook with its steps, as JSON. Addresses are relative to the site."""
    records = [_record(runbook, graph) for runbook in graph.all(Runbook)]
    text = json.dumps({"runbooks": records}, ensure_ascii=False, indent=1)
    return Asset(ALL, f"{text}\n", for_machines=True)


def _record(runbook: Runbook, graph: Graph) -> dict[str, Any]:
    """Return what programs get of `runbook`. A key of its front matter that is not converted here stands as written."""
    owner = _owner(runbook, graph)
    record = {
        "id": runbook.id,
        "title": runbook.title,
        "summary": runbook.summary,
        "page": link_to(graph.path(runbook)),
        "markdown": markdown_path(runbook),
        "draft": runbook.is_draft,
        "severity": runbook.severity.value if runbook.severity else None,
        "owner": {"id": owner.id, "title": owner.title} if owner else None,
        "reviewed": _day(runbook.reviewed),
        "review_due": _day(runbook.review_due),
        "exercised": _day(runbook.exercised),
        "alerts": [{"name": name, "page": alert_address(name)} for name in runbook.alerts],
        "symptoms": list(runbook.symptoms),
        "services": list(runbook.services),
        "items": list(runbook.items),
        "variables": [variable.model_dump(mode="json", by_alias=True) for variable in runbook.variables],
    }
    others = RunbookHeader.model_fields.keys() - record.keys() - _ONLY_FOR_THE_SITE
    return {
        **record,
        **runbook.model_dump(mode="json", by_alias=True, include=others),
        "sections": [
            {
                "name": each.name.value,
                "intro": each.intro.strip(),
                "steps": [_step(step, runbook, graph) for step in each.steps],
            }
            for each in runbook.sections
        ],
        **({"text": runbook.free_text.strip()} if runbook.free_text else {}),
    }


def _owner(runbook: Runbook, graph: Graph) -> Owner | None:
    return graph.by_id(Owner)[runbook.owner] if runbook.owner else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _step(step: Step, runbook: Runbook, graph: Graph) -> dict[str, Any]:
    prose = "\n".join(part.markdown for part in step.parts if not isinstance(part, Command))
    return {
        "number": step.number,
        "title": step.title,
        "anchor": step.anchor,
        "risk": step.risk.value,
        "parts": [_part(part) for part in step.parts],
        "branches": [_branch(match, runbook, graph) for match in _BRANCH.finditer(prose)],
    }


def _part(part: Part) -> dict[str, Any]:
    if not isinstance(part, Command):
        return {"kind": "prose", "role": part.role.value, "markdown": part.markdown.strip()}
    return {
        "kind": "command",
        "role": part.role.value,
        "language": part.language.value,
        "risk": part.risk.value,
        "code": part.code,
        "variables": list(part.variables),
        "output": part.output.text if part.output else None,
    }


def _branch(match: re.Match[str], runbook: Runbook, graph: Graph) -> dict[str, Any]:
    """Return what one sees, what to do then, and the places that the links of that lead to."""
    targets = [_target(found["target"], runbook, graph) for found in _TARGET.finditer(match["then"])]
    return {"when": match["when"].strip(), "then": match["then"].strip(), "to": targets}


def _target(target: str, runbook: Runbook, graph: Graph) -> dict[str, str]:
    """Return the runbook, and the anchor in it, that a link leads to; the link itself where it leads elsewhere."""
    path, _, anchor = target.partition("#")
    id = path.removesuffix(".md") if path else runbook.id
    if id not in graph.by_id(Runbook):
        return {"link": target}
    return {"runbook": id, **({"anchor": anchor} if anchor else {})}
