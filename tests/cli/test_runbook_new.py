"""`opsbook runbook new`: a draft from the rule of an alert."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import run_command
from small_site import build, check, write

RULES = """\
groups:
  - name: shop
    rules:
      - alert: CartQueueLong
        expr: |
          # An hour's work.
          sum by (namespace, queue) (rate(messages_total{job="cart"}[5m]))
            / sum by (namespace, queue) (queue_size) > 3
        labels: {severity: warning, team: team}
        annotations:
          summary: Orders pile up
          description: 'The queue {{ $labels.queue }} in {{ $labels.namespace }} holds {{ $value | humanize }} orders.'
      - alert: CartQueueLong
        expr: queue_size > 9000
        labels: {severity: critical}
      - alert: PathGone
        expr: 'probe_success{job="blackbox"} == 0'
        annotations: {description: '{{ $labels.path }} is gone.'}
"""
HELM = """\
groups:
  - name: shop
    rules:
      {{- if .Values.enabled }}
      - alert: CartDown
        expr: up{job="{{ .Values.job }}"} == 0
        labels:
          severity: {{ .Values.severity }}
        annotations:
          summary: {{ `The pod {{ $labels.pod }} is down` }}
      {{- end }}
"""
STARTED = """\
---
id: cart-queue-long
title: Orders pile up
status: draft
summary: 'The queue `queue` in `namespace` holds `value` orders.'
alerts:
  - CartQueueLong
severity: critical
owner: team
variables:
  - name: NAMESPACE
    description: The label namespace of the alert.
    pattern: '[a-z0-9]([a-z0-9.-]*[a-z0-9])?'
    example: shop
    from: namespace
  - name: QUEUE
    description: The label queue of the alert.
    pattern: '[A-Za-z0-9_./:@%+,=-]+'
    example: orders
    from: queue
---

## Meaning

The queue `queue` in `namespace` holds `value` orders.

## Impact

TODO

## Diagnosis

### 1. Ask what the alert CartQueueLong asks {#query}

```promql
# An hour's work.
sum by (namespace, queue) (rate(messages_total{job="cart", namespace="$NAMESPACE", queue="$QUEUE"}[5m]))
  / sum by (namespace, queue) (queue_size{namespace="$NAMESPACE", queue="$QUEUE"}) > 3
```

```promql
queue_size{namespace="$NAMESPACE", queue="$QUEUE"} > 9000
```

- a series is listed → [step 2](#mitigate)
- nothing is listed → [step 3](#over)
"""


def new(root: Path, *options: str) -> tuple[int, str]:
    """What `opsbook runbook new` ends with and says."""
    done = run_command("opsbook", "runbook", "new", *options, folder=root)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_runbook_starts_with_what_the_rule_says(tmp_path: Path) -> None:
    root = write(tmp_path, {"rules/shop.yml": RULES})
    code, said = new(root, "CartQueueLong", "--rules", "rules")
    assert (code, said.splitlines()[0]) == (0, "runbooks/cart-queue-long.md: written")
    assert (root / "runbooks" / "cart-queue-long.md").read_text("utf-8").startswith(STARTED)
    assert new(root, "PathGone", "--rules", "rules/shop.yml")[0] == 0
    path_gone = (root / "runbooks" / "path-gone.md").read_text("utf-8")
    assert 'probe_success{job="blackbox", path="$PATH_LABEL"}' in path_gone
    assert check(root, "--strict") == (0, [])
    assert build(root).returncode == 0
    lacking = check(root, "--drafts")[1]
    assert "runbooks/cart-queue-long.md:1:1: note: the key `reviewed` is missing" in lacking
    assert not any("promql" in line or "unused-variable" in line for line in lacking)


def test_of_a_template_what_is_literal_is_taken(tmp_path: Path) -> None:
    root = write(tmp_path, {"chart/rules.yaml": HELM})
    assert new(root, "CartDown", "--rules", "chart")[0] == 0
    text = (root / "runbooks" / "cart-down.md").read_text("utf-8")
    assert "The pod `pod` is down" in text
    assert ".Values" not in text
    assert check(root, "--strict") == (0, [])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("CartQueueLon",), 1, "runbooks/rules: no rule has the alert `CartQueueLon`; did you mean `CartQueueLong`?"),
        (("PathGone", "--owner", "nobody"), 2, "no owner of checklist.yml has the id `nobody`; allowed: team"),
        (("PathGone", "--rules", "nowhere"), 2, "does not exist"),
    ],
)
def test_what_cannot_be_started_is_told(arguments: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    found = new(write(tmp_path, {"runbooks/rules/shop.yml": RULES}), *arguments)
    assert (found[0], said in found[1]) == (code, True)


def test_an_alert_that_has_a_runbook_gets_no_other(tmp_path: Path) -> None:
    root = write(tmp_path, {"runbooks/rules/shop.yml": RULES})
    assert new(root, "PathGone")[0] == 0
    code, said = new(root, "PathGone")
    assert (code, "runbooks/path-gone.md: the alert `PathGone` leads to this runbook already" in said) == (1, True)
