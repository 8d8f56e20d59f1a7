"""The facts: their page, the macro that shows one, and what is said of mistakes and of reviews that are due."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsbook.problems import ProblemsError
from plain_runbook import PLAIN_RUNBOOK
from small_site import WITH_MACROS, built, check, site_of, write

FACTS = """\
facts:
  - id: region
    title: The *region*
    value: eu-<central>-1
    source: https://example.org/regions
    reviewed: 2026-11-01
    note: Nobody moves it.
    matches: ["AWS_REGION="]
  - id: kibana
    title: Kibana
    value: 9.2.8
    source: https://example.org/kibana
    reviewed: 2026-01-01
    review_every: 90
    images: [elastic/kibana]
"""
PAGE = '---\nrender_macros: true\n---\n\n# Where\n\nIn {{ fact("region") }}.\n'
GUIDE = "# First\n\nIt is `elastic/kibana:9.2.8`.\n"
FILES = {"facts.yml": FACTS, "docs/where.md": PAGE, "docs/practices/one/first.md": GUIDE}


def test_the_page_has_each_fact_with_its_source_its_review_and_the_pages_that_use_it(tmp_path: Path) -> None:
    runbook = PLAIN_RUNBOOK.replace("kubectl get pods", "AWS_REGION=eu-central-1 kubectl get pods")
    write(tmp_path, {**FILES, "runbooks/cart-down.md": runbook})
    write(tmp_path, {"mkdocs.yml": WITH_MACROS, "macros/main.py": "from opsbook.macros import define_env\n"})
    site = built(tmp_path)
    text = (site / "facts/index.html").read_text("utf-8")
    assert text.index('id="kibana"') < text.index('id="region"')
    assert "eu-&lt;central&gt;-1</code>" in text
    assert '<a href="https://example.org/regions">example.org/regions</a>' in text
    assert 'data-ob-due="2026-04-01"' in text
    assert '<a href="../practices/one/first/">First</a>' in text
    assert '<a href="../runbooks/cart-down/">' in text
    assert '<a href="../where/">Where</a>' in text
    where = (site / "where/index.html").read_text("utf-8")
    assert '<a href="../facts/#region" title="The *region*">eu-&lt;central&gt;-1</a>' in where


@pytest.mark.parametrize(
    ("call", "is_use"),
    [
        ('fact("region")', True),
        ("fact ( 'region' )", True),
        ('fact(id="region")', True),
        ('fact("regions")', False),
        ('artifact("region")', False),
    ],
)
def test_a_call_of_the_macro_is_a_use_however_it_is_written(call: str, is_use: bool) -> None:
    files = {"facts.yml": FACTS, "docs/where.md": PAGE.replace('fact("region")', call)}
    (page,) = (page for page in site_of(files).pages if page.path == "facts.md")
    assert any("where" in fragment.html for fragment in page.body.kept.values()) is is_use


def test_a_handbook_without_facts_has_no_page_of_them() -> None:
    assert "facts.md" not in {page.path for page in site_of({}).pages}
    assert "facts.md" in {page.path for page in site_of({"facts.yml": FACTS}).pages}


def test_a_review_that_is_due_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"docs/where.md": "# Where\n"})
    code, said = check(tmp_path)
    message = "the review of `kibana` was due on 2026-04-01; compare the value with its source and set `reviewed`"
    assert f"facts.yml:13:15: warning: {message}" in said
    assert code == 0
    assert check(tmp_path, "--strict")[0] == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("    images: [Elastic/Kibana:9]", "9:14: `Elastic/Kibana:9` does not have the right form"),
        ("    value: ''", "value"),
        ("    matches: ['{value} is it']", "does not begin with the text before the value; write it, {value} once"),
        ("    pypi: a\n    npm: b", "releases are asked for in one place; keep `pypi` or `npm`"),
        ("    line: 9.2", "`line` says nothing without one of pypi, npm, latest"),
        ("    pypi: --upgrade", "9:11: `--upgrade` does not have the right form; allowed: the package of Python"),
        ("    latest: http://example.org/", "9:13: `http://example.org/` does not have the right form"),
        ("    fields: [version]", "9:14: `version` does not have the right form"),
        ("    matchs: [a]", "did you mean `matches`?"),
        ("    reviewed: 2026-13-01", "2026-13-01"),
    ],
)
def test_a_mistake_has_its_place(line: str, problem: str) -> None:
    key = line.split(":")[0].strip()
    kept = [each for each in FACTS.splitlines()[:8] if not each.strip().startswith(f"{key}:")]
    with pytest.raises(ProblemsError) as raised:
        site_of({"facts.yml": "\n".join([*kept, line, ""])})
    (found,) = raised.value.problems
    assert found.path == "facts.yml"
    assert found.line >= len(kept)
    assert problem in str(found)


def test_an_id_stands_for_one_fact() -> None:
    with pytest.raises(ProblemsError, match="region"):
        site_of({"facts.yml": FACTS.replace("id: kibana", "id: region")})
