"""The generated source: a handbook with something of each noun, and the engines that build it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from drawing_scripts import PAIR
from opsbook.nouns.post_mortem.model import fill, load_template
from small_site import WITH_MACROS
from trial_runbook import FILES

BUILDERS = {
    "properdocs": [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
    "mkdocs": [sys.executable, "-m", "mkdocs", "build", "--strict"],
    "zensical": [str(Path(sys.executable).with_name("zensical")), "build"],
}

TRACK = """\
---
title: Developer
summary: From nothing to something.
day-one: [{page: page.md, do: Read it.}]
week-one: [{item: first, title: The first thing, do: Do it.}]
month-one: [{runbook: other, do: Walk through it.}]
---
"""
API = """\
openapi: 3.0.3
info: {title: Cart, version: '1'}
paths:
  /carts: {get: {responses: {'200': {description: All.}}}}
"""
PAGE = "---\nrender_macros: true\n---\n\n# Page\n\nAn SLO. {{ progress() }}\n"
OF_EACH_NOUN = {
    **FILES,
    "mkdocs.yml": WITH_MACROS,
    "macros/main.py": (ROOT / "macros" / "main.py").read_text("utf-8"),
    "docs/page.md": PAGE,
    "docs/glossary.yml": "terms:\n  - {term: Service level objective, abbreviation: SLO, meaning: What is promised.}\n",
    "docs/onboarding/developer.md": TRACK,
    "docs/api/cart.yaml": API,
    "diagrams/pair.py": PAIR,
    "post-mortems/2026-03-04-orders.md": fill(
        load_template(Path("none"), "none"), {"title": "Orders", "severity": "sev2", "started": "2026-03-04T10:00Z"}
    ),
}


def built_by(builder: str, source: Path) -> Path:
    """The site of `source` by one of the engines, which has to build it."""
    shutil.rmtree(source / "site", ignore_errors=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(BUILDERS[builder], cwd=source, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return source / "site"
