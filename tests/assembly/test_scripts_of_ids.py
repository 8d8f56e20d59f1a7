"""Ids in letters of any script: in files, addresses, redirects, badges and anchors."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from opsbook.convert.ids import TakenNames
from opsbook.source.fields import slug_fault
from small_site import built, check, write

CHECKLIST = """\
title: Чек-лист
owners:
  - {id: команда, title: Команда}
areas:
  - id: резервное-копирование
    title: Резервное копирование
    owner: команда
    items:
      - {id: größe, title: Größe, aliases: [ältere-größe]}
      - {id: 备份, title: 备份, status: done}
phases:
  - {id: первая, title: Первая, goals: [{title: Цель, items: [备份]}]}
"""
RUNBOOK = """\
---
id: корзина
title: Корзина не отвечает
summary: Ответа нет.
alerts: [CartDown]
severity: critical
owner: команда
reviewed: 2026-11-01
items: [größe]
---

## Meaning

![снимок](картинки/снимок.png) See [the guide](../docs/practices/резервное-копирование/größe.md).

## Impact

None.

## Diagnosis

### 1. Look {#смотреть}

Go to [step 2](#чинить).

## Mitigation

### 2. Mend {#чинить}

Mend it.

## Verify

### 3. See {#готово}

It is over.

## Escalation

Call.
"""


def test_ids_of_any_script_have_addresses_without_dead_links(tmp_path: Path) -> None:
    files = {
        "checklist.yml": CHECKLIST,
        "docs/practices/резервное-копирование/größe.md": "## Why it matters\n\n[x](../../runbooks/корзина.md)\n",
        "runbooks/корзина.md": RUNBOOK,
    }
    root = write(tmp_path, files)
    (root / "runbooks/картинки").mkdir()
    (root / "runbooks/картинки/снимок.png").write_bytes(b"\x89PNG")
    assert check(root)[0] == 0
    site = built(root)
    dead = []
    for page in site.rglob("*.html"):
        html = page.read_text("utf-8")
        for target in re.findall(r'(?:href|src)="([^"#?]+)(?:[#?][^"]*)?"', html):
            if re.match(r"[a-z]+:|/", target):
                continue
            file = page.parent / unquote(target)
            if not (file / "index.html" if target.endswith(("/", ".", "..")) else file).exists():
                dead.append((page.relative_to(site).as_posix(), target))
    assert dead == []
    redirect = site / "practices/резервное-копирование/ältere-größe/index.html"
    assert "größe/" in unquote(redirect.read_text("utf-8"))
    assert (site / "practices/резервное-копирование/备份/index.html").is_file()
    assert 'id="чинить"' in (site / "runbooks/корзина/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "id", ["Größe", "größe!", "a--b", "-a", "a_b", "a b", "e\u0301", "\u0301a", "a\u202eb", "備" * 81, ""]
)
def test_what_is_no_id_is_told(id: str) -> None:
    assert slug_fault(id)


def test_an_id_depends_on_its_title_alone() -> None:
    titles = ["Резервное копирование", "Мониторинг", "备份数据库", "👍"]
    first, second = TakenNames(), TakenNames()
    ids = {title: first.claim(title, kind="item") for title in titles}
    assert ids == {title: second.claim(title, kind="item") for title in reversed(titles)}
    assert ids["Мониторинг"] == "мониторинг"
    assert all(slug_fault(id) is None for id in ids.values())
