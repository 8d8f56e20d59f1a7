"""A site on which all that a user wrote is in Cyrillic letters: a word in Latin letters is the engine's, or code."""

from __future__ import annotations

from collections.abc import Mapping

from small_site import CHECKLIST, WITH_MACROS

FACTS = """\
facts:
  - id: place
    title: Место
    value: за углом
    source: https://192.0.2.1/
    reviewed: 2020-11-01
    note: Никуда не уходит.
    matches: ["Всё стоит"]
"""

RUNBOOK = """\
---
id: cart-down
title: Корзина не отвечает
summary: Никто не может платить.
alerts: [CartDown]
symptoms: [пустая страница]
severity: critical
owner: team
reviewed: 2020-11-01
items: [first]
services: [cart]
variables:
  - name: NAMESPACE
    description: Пространство имён.
    pattern: '[a-z-]+'
    example: shop
    from: namespace
---

## Meaning

Корзина не отвечает.

## Impact

Всё стоит.

## Diagnosis

### 1. Посмотри {#look}

```bash {.read}
kubectl --namespace "$NAMESPACE" get pods
```

```output
cart   Running
```

- всё работает → [дальше](#verify)

## Mitigation

### 2. Перезапусти {#act}

```bash {.change}
kubectl --namespace "$NAMESPACE" rollout restart deployment/cart
```

**Verify:** работает.

**Undo:** не нужно.

## Verify

### 3. Проверь {#verify}

Проверь ещё раз.

## Escalation

Позови команду.
"""
SERVICES = """\
escalations:
  - id: all
    title: Все
    levels:
      - {notify: team}
      - {notify: team, after: 15, note: Звони.}
services:
  - id: cart
    aliases: [basket]
    title: Корзина
    summary: Что покупают.
    owner: team
    tier: 1
    escalation: all
    rto: 1h
    rpo: 5m
    slos:
      - {id: answers, title: Ответы, objective: 99.9, window: 30d, sli: Доля ответов.}
"""
POST_MORTEM = """\
---
title: Корзина стояла
severity: sev1
draft: true
times:
  started: 2026-01-31T23:27Z
  detected: 2026-01-31T23:57Z
services: [cart]
runbooks: [cart-down]
actions:
  - {title: Починить, owner: team, due: 2026-12-18, item: first}
---

"""
SECTIONS = (
    *("Summary", "Impact", "Timeline", "Contributing factors", "Trigger", "Detection", "Resolution"),
    *("What went well", "What went badly", "Where we were lucky", "Actions"),
)
POST_MORTEM += "\n".join(f"## {name}\n\n{'' if name == 'Timeline' else 'Стояла.'}\n" for name in SECTIONS)
TRACK = """\
---
title: Новичок
summary: С чего начать.
day-one:
  - {page: own.md, do: Прочитай.}
  - {runbook: cart-down, do: Прочитай., access: [Доступ]}
week-one:
  - {drawing: cart, do: Посмотри.}
month-one:
  - {url: "https://example.org/", title: Сайт, do: Прочитай.}
---
"""
DRAWING = """\
from diagrams import Diagram
from diagrams.aws.compute import EC2

with Diagram("Корзина"):
    EC2("Узел", item="second") >> EC2("Другой узел")
"""
TITLES = ("Elsewhere", "The team", "One", "First", "Second", "Two", "Things", "Whole", "Part", "Phase one", "Goal")
RUSSIAN = CHECKLIST
for number, title in enumerate(TITLES):
    RUSSIAN = RUSSIAN.replace(f"title: {title}\n", f"title: Слово {number}\n")
RUSSIAN = RUSSIAN.replace("  - id: phase-one\n", "  - id: phase-one\n    weeks: 1-2\n")
API = """\
openapi: 3.1.0
info: {title: Корзина, version: '1', summary: Что покупают.}
servers: [{url: 'https://example.org/{ver}', variables: {ver: {default: '1', enum: ['1', '2']}}}]
security: [{key: [], token: []}, {}]
paths:
  /cart/{id}:
    get:
      deprecated: true
      summary: Прочитать
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, minLength: 3, maxLength: 9, pattern: '^a+$'}}
        - {name: max, in: query, schema: {type: integer, minimum: 1, maximum: 9, default: 3, examples: [4]}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Cart'}, example: {a: 1}}}
      responses:
        '200':
          description: Корзина.
          headers: {x-left: {schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Cart'}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key}
    token: {type: http, scheme: bearer, bearerFormat: JWT}
    flow: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.org/t', scopes: {a: Читать}}}}
    open: {type: openIdConnect, openIdConnectUrl: 'https://example.org/o'}
    tls: {type: mutualTLS}
  schemas:
    Cart:
      type: object
      additionalProperties: false
      required: [a]
      properties:
        a: {type: array, items: {type: string}, uniqueItems: true, minItems: 1, maxItems: 4, readOnly: true}
        b: {type: object, additionalProperties: {type: [string, 'null']}, writeOnly: true, deprecated: true}
        c: {oneOf: [{type: integer, multipleOf: 2}, {const: x}]}
        d: {anyOf: [{}, {enum: [y]}]}
"""
RULES = """\
groups:
  - name: cart
    rules:
      - alert: CartDown
        expr: up == 0
        labels: {severity: critical}
        annotations:
          runbook_url: https://example.org/alerts/CartDown/?namespace={{ $labels.namespace }}
"""
CALLS = """\
---
title: Вызовы
render_macros: true
---

{{ progress() }}

{{ badge() }}

{{ items(status="done") }}

{{ items(status="waived") }}

{{ runbooks() }}

{{ runbooks(severity="info") }}

{{ objectives() }}

{{ recovery() }}

{{ alert("CartDown") }}

{{ diagram("cart") }}
"""
MODULE = 'from opsbook.macros import define_env\n\n__all__ = ["define_env"]\n'
RUSSIAN = RUSSIAN.replace(
    "      - id: first\n",
    "      - id: first\n        text: Зачем.\n        priority: '1'\n        effort: мало\n        level: '2'\n"
    "        tags: [метка]\n        maps: [A-1]\n        links: [{url: 'https://example.org/', title: Ссылка}]\n",
)
RUSSIAN += """\
standards:
  - id: std
    title: Стандарт
    version: '1'
    url: https://example.org/
    controls:
      - {id: A-1, title: Один}
      - {id: A-2, title: Два}
"""
FILES = {
    "checklist.yml": RUSSIAN,
    "services.yml": SERVICES,
    "runbooks/cart-down.md": RUNBOOK,
    "post-mortems/2026-01-31-cart.md": POST_MORTEM,
    "docs/onboarding/new.md": TRACK,
    "docs/glossary.yml": "terms:\n  - {term: Корзина, meaning: Что покупают.}\n",
    "facts.yml": FACTS,
    "diagrams/cart.py": DRAWING,
    "docs/own.md": "---\ntitle: Своё\nrelated:\n  - title: Ещё\n    links: [{title: Дом, url: /}]\n---\n\nСвой.\n",
    "docs/api/cart.yaml": API,
    "docs/calls.md": CALLS,
    "docs/list.md": "---\ntitle: Список\n---\n\n- [x] Готово\n",
    "runbooks/rules/cart.yml": RULES,
    "macros/main.py": MODULE,
}


def files(language: str) -> Mapping[str, str]:
    """The files of the site with its theme in `language`."""
    theme = f"theme: {{name: material, language: {language}, features: [navigation.path]}}"
    return {**FILES, "mkdocs.yml": WITH_MACROS.replace("theme: material", theme).replace("Elsewhere", "Где-то")}
