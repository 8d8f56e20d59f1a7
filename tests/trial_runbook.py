"""A runbook with all that is hard to carry to a page and back, and the folder of somebody else around it."""

from __future__ import annotations

from collections.abc import Mapping

TRIAL = """\
---
id: trial
title: 'Trial <b>loop</b> & *stars*'
summary: A container of `cart` keeps exiting.
alerts: [TrialLooping, TrialWaiting]
symptoms: ['`CrashLoopBackOff` <i>everywhere</i>', exit code 137]
services: [cart]
severity: critical
owner: team
reviewed: 2020-01-31
exercised: 2020-02-01
items: [first]
aliases: [old-trial]
variables:
  - {name: NAMESPACE, description: Namespace of the pod., pattern: '[a-z-]+', example: shop, from: namespace}
  - {name: POD, description: The pod., pattern: '[a-z0-9-]+', example: cart-7f, from: [pod, exported_pod]}
  - {name: NOTE, description: Any text., pattern: '.*', example: it's a "test"}
waivers:
  - {rule: tab, reason: A here-document with tabs., until: 2030-01-01}
  - {rule: trailing-space, reason: A line of blanks., until: 2030-01-01}
---

## Meaning

It loops. `{{ $labels.pod }}` stays as it is.

## Impact

None. See [the guide](../docs/practices/one/first.md) and [the other](other.md#look).

## Diagnosis

### 1. Look at it, `closely` {#look}

```bash {.read}
kubectl --namespace "$NAMESPACE" describe pod "${POD}"
```

```output
\tLast State:  Terminated

  Reason:   *OOMKilled* <none>
```

- `OOMKilled` → [step 2](#act)

```promql
rate(up{namespace="$NAMESPACE", note='$NOTE'}[5m]) # {{ x }}
  / 2
```

```yaml
limits:
\tcpu: "1" # `not` *Markdown*
```

## Mitigation

### 2. Act {#act}

```bash {.destroy}
cat <<-EOF
\tnote: $NOTE
\x20\x20\x20
\tpod: $POD
\t$NOTE
EOF
printf '%s\\n' "<$NOTE>" "&amp; **$NAMESPACE**"
```

**Verify:** it is gone.

```bash {.read}
printf '%s' "$NOTE"
```

```output
nothing
```

**Undo:** none. What is gone is gone.

### 3. Change it {#change}

```bash {.change}
true
```

**Verify:** it is there: [step 4](#recovered).

**Undo:** take it back.

```bash {.change}
false || true
```

## Verify

### 4. See {#recovered}

```bash {.read}
kubectl get pods
```

- all is well → [Escalation](#escalation)

## Escalation

Call the team.
"""

OTHER = """\
---
id: other
title: Other
summary: Something else.
alerts: [OtherDown]
severity: info
owner: team
reviewed: 2026-11-01
services: [cart]
---

## Meaning

Something.

## Impact

None.

## Diagnosis

### 1. Look {#look}

```bash {.read}
date
```

- a date → [step 2](#act)

## Mitigation

### 2. Wait {#act}

Wait, then → [step 3](#see).

## Verify

### 3. See {#see}

```bash {.read}
date
```

- a date → [Trial](trial.md)

## Escalation

Call the team.
"""

SERVICES = """\
escalations:
  - id: call
    title: Customers are affected
    levels:
      - notify: team
      - {notify: team, after: 15, note: Again.}
services:
  - id: cart
    title: Cart & <basket>
    summary: What a customer is about to buy.
    owner: team
    tier: 1
    namespace: shop
    depends_on: [redis]
    escalation: call
    rto: 1h
    rpo: '0'
    aliases: [basket]
    slos:
      - id: availability
        title: Requests are answered
        objective: 99.9
        window: 30d
        sli: Every request; good is any answer below 500.
        promql: 1 - sum(rate(http_requests_total{code=~"5.."}[5m]))
  - {id: redis, title: Redis, summary: A cache., owner: team, tier: 2}
"""

RULES = """\
groups:
  - name: trial
    rules:
      - alert: TrialLooping
        expr: up == 0
        labels: {severity: warning}
        annotations: {runbook_url: https://x/alerts/TrialLooping/}
      - alert: TrialWaiting
        expr: up == 0
        annotations: {runbook_url: https://x/alerts/TrialWaiting/}
"""

FILES: Mapping[str, str] = {
    "runbooks/trial.md": TRIAL,
    "runbooks/other.md": OTHER,
    "runbooks/rules/trial.yml": RULES,
    "services.yml": SERVICES,
    "docs/practices/one/first.md": "Why it matters.\n",
}
"""What stands beside a checklist. Its owner is `team`, and it has the item `first` in the area `one`."""
