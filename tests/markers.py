"""A small complete project in which every text of every YAML model holds markers that show if they become markup.

The models themselves say which of their fields are text, so a new field is filled in by itself. What a project cannot
do without, such as ids and references, stands in the skeletons below.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import StringConstraints

from opsbook.nouns.checklist.model import Checklist
from opsbook.nouns.post_mortem.model import PostMortemHeader as PostMortem
from opsbook.nouns.runbook.model import RunbookHeader as Runbook
from opsbook.nouns.service.model import Catalog
from opsbook.nouns.term.model import Glossary
from opsbook.nouns.track.model import TrackHeader as Track
from opsbook.source.fields import Model
from opsbook.source.references import Names, Unique
from small_site import WITH_MACROS, write

MARKERS = (
    "<i data-probe>x</i>",
    "[l](x data-probe=1 y)",
    "{: data-probe=1 }",
    '" data-probe="1',
    "' data-probe='2",
    "</title></script><b data-probe>",
)
"""What would become an element or an attribute, if a place in a page took it for markup."""
MARKER = " ".join(MARKERS)
ROOTS = (Checklist, Catalog, Glossary, Track, Runbook, PostMortem)
NO_TEXT = {
    "AccessRole.anchor",
    "AccessRole.iam",
    "AccessRole.rbac",
    "Evidence.contains",
    "ItemLink.file",
    "Evidence.file",
    "Variable.pattern",
    "LintWaiver.rule",
    "Objective.promql",
}
"""Fields that are lines to their models, and paths, expressions or names of this engine to everybody else."""
_LINE = (None, r"^[^\n]*$")

TIMES = {name: f"2026-03-04T1{hour}:00Z" for hour, name in enumerate(("started", "detected", "mitigated", "resolved"))}
WAIVED = {"id": "waived", "status": "waived", "waiver": {"until": "2099-01-01"}}
SKELETONS: Mapping[type[Model], dict[str, Any]] = {
    Checklist: {
        "start": "2026-01-05",
        "upstream": {},
        "standards": [{"id": "marked", "controls": [{"id": MARKER}]}],
        "owners": [{"id": "team"}],
        "areas": [
            {
                "id": "one",
                "owner": "team",
                "items": [{"id": "first", "links": [{"url": "https://probe.example/"}]}, WAIVED],
            },
            {"id": "two", "groups": [{"id": "things", "items": [{"id": "whole", "items": [{"id": "part"}]}]}]},
            {"id": "three", "items": [{"id": "proved", "status": "done", "evidence": [{"file": "checklist.yml"}]}]},
        ],
        "phases": [{"id": "phase-one", "weeks": "1-2", "goals": [{"items": ["one"]}]}],
    },
    Catalog: {
        "roles": [
            {"id": "reader", "page": "start.md", "rbac": ["view"], "iam": []},
            {"id": "writer", "rbac": ["edit"]},
        ],
        "default_role": "reader",
        "escalations": [{"id": "call", "levels": [{"notify": "team"}]}],
        "services": [
            {
                **{"id": "cart", "owner": "team", "tier": 1, "escalation": "call", "rto": "1h", "rpo": "0"},
                "depends_on": ["redis"],
                "slos": [{"id": "answered", "objective": 99.9, "window": "30d", "promql": "sum(up)"}],
            },
            {"id": "redis", "owner": "team", "tier": 2},
        ],
    },
    Glossary: {"terms": [{"abbreviation": "SLO", "item": "first"}]},
    Track: {
        "day-one": [{"page": "start.md"}],
        "week-one": [{"item": "first"}],
        "month-one": [{"url": "https://probe.example/"}],
    },
    Runbook: {
        **{"id": "slow", "alerts": ["SlowAlert"], "severity": "critical", "owner": "team", "reviewed": "2026-11-01"},
        **{"services": ["cart"], "items": ["first"], "featured": True, "aliases": ["was-slow"]},
        "variables": [{"name": "NAMESPACE", "pattern": ".*"}],
        "waivers": [{"rule": "tab", "until": "2099-01-01"}],
    },
    PostMortem: {
        **{"severity": "sev1", "times": TIMES, "services": ["cart"], "runbooks": ["slow"]},
        "actions": [{"owner": "team", "due": "2099-01-01", "item": "first"}],
        "sources": [{"url": "https://probe.example/"}],
    },
}

BODY = """
## Meaning

It is slow.

## Impact

None.

## Diagnosis

### 1. Look {#look}

```bash {.read}
kubectl delete pod slow --namespace "$NAMESPACE"
	true
```

- a pod → [step 2](#act)

## Mitigation

### 2. Wait {#act}

Wait, then → [step 3](#see).

## Verify

### 3. See {#see}

```bash {.read}
date
```

- a date → [Escalation](#escalation)

## Escalation

Call the team.
"""
SECTIONS = {
    **{"Summary": "It was slow.", "Impact": "7 customers.", "Timeline": "- 2026-03-04 10:00 It began."},
    **{"Contributing factors": "- One.", "Trigger": "Load.", "Detection": "An alert.", "Resolution": "We waited."},
    **{"What went well": "- One.", "What went badly": "- One.", "Where we were lucky": "- One.", "Actions": ""},
}


CALLS = """
{{ progress() }}
{{ badge() }}
{{ badge("one") }}
{{ items() }}
{{ diagram("picture") }}
{{ runbooks() }}
{{ objectives() }}
{{ recovery() }}

An alert: {{ alert("SlowAlert") }}.
"""
"""Every macro that shows what the models hold, as a page of its own calls them."""


def is_text(hint: object) -> bool:
    """Whether a field with the type `hint` holds text of any kind, or a list of such."""
    if get_origin(hint) is Annotated:
        base, *said = get_args(hint)
        if any(isinstance(each, Unique | Names) for each in said):
            return False  # An id, or the name of something else.
        patterns = [each.pattern for each in said if isinstance(each, StringConstraints)]
        return base is str and all(pattern in _LINE for pattern in patterns) if base is str else is_text(base)
    return hint is str or (get_origin(hint) in (tuple, Union, UnionType) and any(map(is_text, get_args(hint))))


def models_in(hint: Any) -> Iterator[type[Model]]:
    """Yield the models that the type `hint` names."""
    if isinstance(hint, type) and issubclass(hint, Model):
        yield hint
    for each in get_args(hint):
        yield from models_in(each)


def fields(model: type[Model]) -> Iterator[tuple[str, str, object]]:
    """Yield the fields of `model`: how it is called here, how an author writes it, and its type."""
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield (
                f"{model.__name__}.{name}",
                model.model_fields[name].alias or name,
                hint,
            )


def text_fields() -> set[str]:
    """Every text field of every model that a project is read by."""
    seen: set[type[Model]] = set()
    ahead: list[type[Model]] = list(ROOTS)
    found: set[str] = set()
    while ahead:
        model = ahead.pop()
        if model not in seen:
            seen.add(model)
            for name, _, hint in fields(model):
                ahead.extend(models_in(hint))
                found |= {name} if is_text(hint) else set()
    return found


class Filling:
    """Puts markers into skeletons, and remembers which fields it has filled in."""

    def __init__(self) -> None:
        self.filled: set[str] = set()

    def fill(self, model: type[Model], skeleton: Mapping[str, Any]) -> dict[str, Any]:
        """Return `skeleton` as a document of `model`, with the markers in each text field that it leaves open."""
        done = dict(skeleton)
        for name, key, hint in fields(model):
            if is_text(hint) and name not in NO_TEXT:
                if key not in done:
                    done[key] = [MARKER] if get_origin(hint) is tuple else MARKER
                self.filled.add(name)
            elif key in done and (inner := next(models_in(hint), None)):
                given = done[key]
                done[key] = (
                    [self.fill(inner, each) for each in given] if isinstance(given, list) else self.fill(inner, given)
                )
        return done

    def document(self, model: type[Model]) -> str:
        """Return the filled skeleton of `model` as YAML."""
        return yaml.safe_dump(self.fill(model, SKELETONS[model]), sort_keys=False, width=10_000)


def marked_project(root: Path, filling: Filling) -> Path:
    """Write the project into the folder `root`, and return it."""
    post_mortem = "".join(f"## {name}\n\n{text}\n\n" for name, text in SECTIONS.items())
    return write(
        root,
        {
            "checklist.yml": filling.document(Checklist),
            "services.yml": filling.document(Catalog),
            "docs/glossary.yml": filling.document(Glossary),
            "docs/onboarding/tester.md": f"---\n{filling.document(Track)}---\n\nHello.\n",
            "docs/start.md": "# Start\n\nAn SLO, and a `[link]`.\n\n| a | b |\n| --: | :-: |\n| SLO | 2 |\n",
            "docs/practices/one/first.md": "## Why it matters\n\nAn SLO.\n",
            "docs/api/cart.yaml": json.dumps(API),
            "runbooks/slow.md": f"---\n{filling.document(Runbook)}---\n{BODY}",
            "runbooks/rules/slow.yml": json.dumps(RULES),
            "post-mortems/2026-03-04-slow.md": f"---\n{filling.document(PostMortem)}---\n\n{post_mortem}",
            "diagrams/picture.py": PICTURE,
            "mkdocs.yml": WITH_MACROS,
            "macros/main.py": (Path(__file__).parent.parent / "macros" / "main.py").read_text("utf-8"),
            "docs/calls.md": f"---\nrender_macros: true\n---\n# Calls\n\n{CALLS}",
        },
    )


RULES = {
    "groups": [
        {
            "name": f"group {MARKER}",
            "rules": [
                {
                    **{"alert": "SlowAlert", "expr": "up == 0", "labels": {"severity": "critical", "team": MARKER}},
                    "annotations": {"summary": MARKER, "runbook_url": "https://x.example/alerts/SlowAlert/"},
                }
            ],
        }
    ]
}
ANSWERS = {"200": {"description": MARKER, "content": {"application/json": {"example": {"text": MARKER}}}}}
PARAMETER = {"name": "find", "in": "query", "description": MARKER, "schema": {"type": "string", "example": MARKER}}
API = {
    "openapi": "3.0.3",
    "info": {"title": MARKER, "version": "1.0.0", "description": MARKER},
    "tags": [{"name": "carts", "description": MARKER}],
    "paths": {
        "/carts": {
            "get": {
                **{"operationId": "carts", "tags": ["carts"], "summary": MARKER, "description": MARKER},
                **{"parameters": [PARAMETER], "responses": ANSWERS},
            }
        }
    },
}
PICTURE = f"""from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2

with Diagram("Picture"):
    with Cluster({MARKER!r}):
        EC2({MARKER!r}, item="first") >> Edge(label={MARKER!r}) >> EC2("two")
"""
