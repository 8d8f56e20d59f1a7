"""A small site of somebody else's with at least one page of every kind, of which each row of the matrix is a change."""

from __future__ import annotations

from collections.abc import Mapping

import trial_runbook

CHECKLIST = """\
title: Elsewhere
owners:
  - {id: team, title: The team}
areas:
  - id: one
    title: One
    owner: team
    items:
      - {id: first, title: First}
      - {id: second, title: Second, status: done, aliases: [former]}
  - id: two
    title: Two
    owner: team
    items:
      - {id: third, title: Third}
phases:
  - id: start
    title: Start
    weeks: 1-2
    goals:
      - {title: Basics, items: [first, third]}
"""
GUIDE = """\
Why it matters, and where: [the page](../../page.md), [the runbook](../../runbooks/trial.md).

## Steps

```bash
date
```
"""
PAGE = """\
# A page

Read [the guide](practices/one/first.md) and [the runbook](runbooks/trial.md#look).

```bash
echo once
```
"""
POST_MORTEM = """\
---
title: The cart was down
severity: sev1
times:
  started: 2026-03-04T10:00Z
  detected: 2026-03-04T10:05Z
  mitigated: 2026-03-04T10:40Z
  resolved: 2026-03-04T11:00Z
services: [cart]
runbooks: [trial]
actions:
  - {title: Alert earlier, owner: team, due: 2099-01-01, item: first}
---

## Summary

The cart was down.

## Impact

- Nobody could buy for 40 minutes.

## Timeline

- 2026-03-04 10:00 The cart stops.
- 2026-03-04 10:05 The alert comes.

## Contributing factors

Too little memory.

## Trigger

A sale.

## Detection

By the alert.

## Resolution

A restart.

## What went well

The alert came.

## What went badly

It came late.

## Where we were lucky

It was night.

## Actions

One.
"""
TRACK = """\
---
title: Developer
summary: From a laptop to a change in production.
day-one:
  - {page: page.md, do: Read it.}
  - {item: first, do: Do it.}
week-one:
  - {runbook: trial, do: Walk through it.}
month-one:
  - {url: 'https://example.org/', title: Elsewhere, do: Read on.}
---

Welcome.
"""
GLOSSARY = """\
terms:
  - {term: Service level objective, abbreviation: SLO, meaning: What a team aims at., item: first}
"""
API = """\
openapi: 3.1.0
info: {title: Cart, version: 1.0.0}
paths:
  /carts/{id}:
    get:
      summary: Read a cart
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200': {description: The cart.}
"""
DRAWING = """\
from diagrams import Diagram
from diagrams.onprem.network import Nginx
from diagrams.onprem.database import PostgreSQL

with Diagram("The shop", show=False):
    Nginx("edge", item="first") >> PostgreSQL("data", runbook="trial")
"""
CONFIG = """\
site_name: Elsewhere
site_url: https://handbook.example.org/
strict: true
theme:
  name: material
plugins:
  - search
  - opsbook
"""

FILES: Mapping[str, str] = {
    **trial_runbook.FILES,
    "mkdocs.yml": CONFIG,
    "checklist.yml": CHECKLIST,
    "docs/page.md": PAGE,
    "docs/practices/one/first.md": GUIDE,
    "docs/onboarding/developer.md": TRACK,
    "docs/glossary.yml": GLOSSARY,
    "docs/api/cart.yaml": API,
    "diagrams/shop.py": DRAWING,
    "post-mortems/2026-03-04-cart-down.md": POST_MORTEM,
}
