"""A small runbook of the folder in `small_site.py`, without a mistake and without a link."""

from __future__ import annotations

PLAIN_RUNBOOK = """\
---
id: cart-down
title: Cart is down
summary: Nobody can pay.
alerts: [CartDown]
severity: critical
owner: team
reviewed: 2026-11-01
items: [first]
---

## Meaning

The cart answers no more.

## Impact

None.

## Diagnosis

### 1. Look {#look}

```bash {.read}
kubectl get pods
```

```output
cart   Running
```

## Mitigation

### 2. Act {#act}

Nothing to do.

## Verify

### 3. Look again {#verify}

Nothing.

## Escalation

Tell the team.
"""
