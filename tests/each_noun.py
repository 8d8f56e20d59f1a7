"""A folder with something of each noun, named in every way that the engine links to it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from drawing_scripts import HEAD
from opsbook.nouns.post_mortem.model import fill, load_template
from small_site import CHECKLIST, WITH_MACROS
from trial_runbook import FILES

ROOT = Path(__file__).parent.parent
TRACK = """\
---
title: Developer
summary: From nothing to something.
day-one: [{page: page.md, do: Read it.}, {page: guides/README.md, do: Read them.}]
week-one: [{item: first, title: The first thing, do: Do it.}, {drawing: pair, do: Look at it.}]
month-one: [{runbook: other, do: Walk through it.}, {page: guides/my größe.md, do: Measure it.}]
---
"""
API = """\
openapi: 3.0.3
info: {title: Cart, version: '1'}
paths:
  /carts: {get: {responses: {'200': {description: All.}}}}
"""
PAGE = """\
---
render_macros: true
---

# Page

An SLO. {{ progress() }} {{ badge("phase-one") }} {{ alert("TrialLooping") }}

{{ diagram("pair") }}

{{ items(area="one") }}

See [the runbook](runbooks/trial.md#look), [the item][item], ![a picture](assets/dot.svg)
and `[code](runbooks/trial.md)`.

```markdown
[more code](runbooks/trial.md)
```

[item]: practices/one/first.md "The first"
"""
GUIDES = """\
---
render_macros: true
---

# Guides

{{ runbooks() }}

[Deep](deep/aims.md), [page](../page.md), [home](../index.md), [größe](my%20größe.md).
"""
AIMS = "# Aims\n\n## Far {#far}\n\n[Up](../README.md), [far](#far), [size](../my%20größe.md).\n"
GLOSSARY = """\
terms:
  - {term: Service level objective, abbreviation: SLO, meaning: What is promised., page: guides/deep/aims.md}
  - {term: Guide, meaning: A page., page: guides/README.md}
  - {term: First, meaning: What comes first., item: first}
"""
POST_MORTEM = fill(
    load_template(Path("none"), "none"),
    {
        "title": "Orders",
        "severity": "sev2",
        "started": "2026-03-04T10:00Z",
        "services": "cart",
        "runbooks": "trial",
    },
).replace(
    "actions: []",
    "aliases: [orders-down]\nactions: [{title: Act, owner: team, due: 2026-12-31, item: second}]",
)
DRAWING = HEAD + (
    'with Diagram("Pair"):\n'
    '    with Cluster("All", graph_attr={"service": "cart"}):\n'
    '        EC2("one", item="first") >> EC2("two", runbook="trial") >> EC2("three")\n'
)
OF_EACH_NOUN: Mapping[str, str] = {
    **FILES,
    "checklist.yml": CHECKLIST.replace("title: First\n", "title: First\n        aliases: [former-first]\n")
    .replace("title: One\n", "title: One\n    aliases: [former-one]\n")
    .replace("title: Phase one\n", "title: Phase one\n    aliases: [former-phase]\n"),
    "mkdocs.yml": WITH_MACROS,
    "macros/main.py": (ROOT / "macros" / "main.py").read_text("utf-8"),
    "docs/page.md": PAGE,
    "docs/assets/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n',
    "docs/guides/README.md": GUIDES,
    "docs/guides/my größe.md": "# Größe\n\nA size: [aims](deep/aims.md).\n",
    "docs/guides/deep/aims.md": AIMS,
    "docs/glossary.yml": GLOSSARY,
    "docs/onboarding/developer.md": TRACK,
    "docs/api/cart.yaml": API,
    "diagrams/pair.py": DRAWING,
    "post-mortems/2026-03-04-orders.md": POST_MORTEM,
}
