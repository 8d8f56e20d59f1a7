"""A small whole project on disk, loaded and made into pages again and again with one of its files damaged."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from opsbook.assembly.load import draft_handbook
from opsbook.assembly.site import make_site
from opsbook.nouns.guide.check import section_warnings
from opsbook.nouns.guide.model import Guide
from opsbook.site.document import document_text
from small_site import CHECKLIST, CONFIG
from trial_runbook import FILES as TRIAL_FILES

POST_MORTEM = """\
---
title: Shop away
severity: sev2
times:
  started: 2026-11-01T10:00Z
  detected: 2026-11-01T10:05Z
  mitigated: 2026-11-01T11:00Z
  resolved: 2026-11-02T09:00Z
services: [cart]
runbooks: [trial]
actions:
  - {title: Add a limit, owner: team, due: 2026-12-01, item: first}
sources:
  - {title: Report, url: 'https://e.example/report'}
aliases: [old-one]
---
"""
SECTIONS = (
    "Summary Impact Timeline Contributing-factors Trigger Detection Resolution What-went-well What-went-badly"
    " Where-we-were-lucky Actions"
)
TRACK = """\
---
title: Developer
summary: Writes code.
day-one:
  - {page: about.md, do: Read it.}
week-one:
  - {item: first, do: Try it., access: ['GitHub: write']}
month-one:
  - {url: 'https://e.example/', title: Elsewhere, do: Look.}
---

Welcome, [see](../about.md).
"""
RULES = """\
groups:
  - name: shop
    rules:
      - alert: TrialLooping
        expr: rate(restarts_total[5m]) > 0
        for: 5m
        labels: {severity: critical}
        annotations:
          runbook_url: https://e.example/alerts/TrialLooping/?namespace={{ $labels.namespace }}
"""
UPSTREAM = "source: https://e.example/r\nversion: v1\nalerts: [TrialWaiting, OtherDown]\n"
PAGE = """\
---
title: About
tags: [a]
search: {boost: 2, words: [b]}
---

# About

Text with *marks*, `code`, [a link](index.md), ![p](p.png) and a table.

| a | b |
| - | - |
| 1 | 2 |

!!! note
    - one
    - two

```bash
echo "$HOME"
```
"""
GLOSSARY = """\
terms:
  - {term: Service level objective, abbreviation: SLO, meaning: What is promised., item: first}
  - {term: Budget, aliases: [error budget], meaning: What is left., url: 'https://e.example/'}
"""
API = """\
openapi: 3.1.0
info: {title: Cart, version: '1', description: "*Text* and a list:\\n\\n- one"}
servers: [{url: 'https://e.example/{v}', variables: {v: {default: '1', enum: ['1', '2']}}}]
tags: [{name: Carts, description: All}]
paths:
  /carts/{cart}:
    parameters: [{$ref: '#/components/parameters/Cart'}]
    get:
      operationId: read
      tags: [Carts]
      security: [{key: []}]
      responses:
        '200':
          description: The cart.
          headers: {ETag: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Cart'}, example: {id: 1}}}
components:
  parameters: {Cart: {name: cart, in: path, required: true, schema: {type: string}}}
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Cart:
      type: object
      required: [id]
      properties:
        id: {type: [integer, 'null'], minimum: 1}
        parts: {type: array, items: {$ref: '#/components/schemas/Cart'}}
        one: {oneOf: [{type: string}, {type: number}]}
"""
MACROS = '''\
def define_env(env):
    @env.macro
    def hello(name: str = "you") -> str:
        """Say hello.

        Args:
            name: Who.

        Example:
            {{ hello("me") }}
        """
        return f"Hello {name}"
'''


def base_files() -> Mapping[str, str]:
    """Return the files of the project, by path."""
    sections = "".join(f"\n## {name.replace('-', ' ')}\n\nText 1.\n" for name in SECTIONS.split())
    timeline = "- 2026-11-01 10:00 It began.\n- ~2026-11-01 10:05 An alert.\n"
    post_mortem = POST_MORTEM + sections.replace("## Timeline\n\nText 1.\n", f"## Timeline\n\n{timeline}")
    guide = "## Why it matters\n\nText.\n\n## How to do it\n\n1. A step.\n\n## How to verify\n\nLook.\n"
    return {
        "checklist.yml": CHECKLIST,
        "mkdocs.yml": CONFIG,
        **TRIAL_FILES,
        "runbooks/rules/shop.yml": RULES,
        "runbooks/rules/upstream/kube.yml": UPSTREAM,
        "docs/about.md": PAGE,
        "docs/practices/one/first.md": guide,
        "docs/glossary.yml": GLOSSARY,
        "docs/onboarding/developer.md": TRACK,
        "docs/api/cart.yaml": API,
        "docs/templates/update.md": "# Update\n\n{title}\n",
        "post-mortems/2026-11-01-shop-away.md": post_mortem,
        "macros/main.py": MACROS,
    }


class Project:
    """The project in a folder of its own. It is whole between two calls of `load_with`."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="opsbook-fuzz-"))
        self.files = base_files()
        for path, text in self.files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text, "utf-8")

    def load_with(self, path: str, content: bytes) -> None:
        """Load the project with `content` in place of the file `path`, and make its pages. Raises what that raises."""
        file = self.root / path
        file.write_bytes(content)
        try:
            graph = draft_handbook(self.root, self.root / "docs").finish().graph
            list(section_warnings(graph.all(Guide)))
            for page in make_site(graph).pages:
                document_text(page)
        finally:
            file.write_text(self.files[path], "utf-8")

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.root, ignore_errors=True)


def damaged_paths() -> Iterator[str]:
    """Yield the files that are worth to be damaged: all but what MkDocs reads itself."""
    yield from (path for path in base_files() if path != "mkdocs.yml")
