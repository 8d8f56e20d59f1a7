"""The glossary: its page, and what abbreviations say on other pages, through real builds and in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Pages
from opsbook.nouns.kind import Project
from opsbook.nouns.term.load import load
from opsbook.nouns.term.model import Term
from small_site import built, problems, write

GLOSSARY = """\
terms:
  - term: Zebra
    aliases: [Striped horse]
    meaning: An animal with `stripes` & <b>hooves</b>.
    url: https://example.org/zebra
  - term: Mutual *TLS*
    abbreviation: mTLS
    meaning: Both sides "show" a certificate.
    item: first
  - term: Service level objective
    abbreviation: SLO
    meaning: An aim.
    page: guides/aims.md
"""
PAGE = """\
# About the SLO

An SLO, a [link to mTLS](x.md) and `SLO` in code. No SLOW word.

## mTLS here

- With mTLS and SLOs, once more mTLS.

| SLO | *SLO* |
| --- | --- |
| mTLS | x |

<div markdown>
```yaml
kind: SLO
```
</div>
"""


def article(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8").split("<article", 1)[1].split("</article>", 1)[0]


@pytest.fixture
def files() -> dict[str, str]:
    return {
        "docs/glossary.yml": GLOSSARY,
        "docs/guides/aims.md": "# Aims & more\n\nText.\n",
        "docs/guides/x.md": PAGE,
    }


def test_the_glossary_is_a_page_in_alphabetical_order(files: dict[str, str], tmp_path: Path) -> None:
    site = built(write(tmp_path, files))
    text = article(site, "glossary")
    assert re.findall(r'<dt id="([^"]+)">', text) == ["mtls", "slo", "zebra"]
    assert re.findall(r'<h2 id="([^"]+)">', text) == ["letter-m", "letter-s", "letter-z"]
    assert '<dt id="mtls">mTLS <span class="ob-glossary__long">Mutual *TLS*</span>' in text
    assert "An animal with <code>stripes</code> &amp; &lt;b&gt;hooves&lt;/b&gt;." in text
    assert '<a href="https://example.org/zebra">example.org/zebra</a>' in text
    assert 'certificate. <a href="../practices/one/first/">First</a>' in text
    assert '<a href="../guides/aims/">Aims &amp; more</a>' in text
    assert "also Striped horse" in text


def test_the_glossary_is_found_by_each_of_its_names_and_under_reference(files: dict[str, str], tmp_path: Path) -> None:
    site = built(write(tmp_path, files))
    index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    words = next(entry["words"] for entry in index if entry["location"] == "glossary/").split()
    assert {"mtls", "slo", "striped", "zebra"} <= set(words)
    page = (site / "glossary" / "index.html").read_text("utf-8")
    assert re.search(r'md-tabs__item--active">\s*<a [^>]*>\s*Reference', page)


def test_an_abbreviation_says_its_meaning_where_it_first_stands_in_prose(files: dict[str, str], tmp_path: Path) -> None:
    text = article(built(write(tmp_path, files)), "guides/x")
    slo = '<abbr tabindex="0" title="Service level objective: An aim.">SLO</abbr>'
    mtls = '<abbr tabindex="0" title="Mutual *TLS*: Both sides &quot;show&quot; a certificate.">mTLS</abbr>'
    assert f"<p>An {slo}, a " in text
    assert f"<li>With {mtls} and SLOs, once more mTLS.</li>" in text
    assert text.count("<abbr") == 2
    assert "<th>SLO</th>" in text
    assert "<th><em>SLO</em></th>" in text
    assert "link to mTLS</a>" in text
    assert "About the SLO<a" in text


def test_a_definition_on_the_page_and_one_of_the_configuration_go_first(files: dict[str, str], tmp_path: Path) -> None:
    config = (
        "site_name: Elsewhere\ntheme: material\nplugins: [search, opsbook]\n"
        "markdown_extensions: [abbr: {glossary: {SLO: Ours, ACME: A company}}]\n"
    )
    page = "# P\n\nACME has an SLO with mTLS.\n\n*[mTLS]: Here\n"
    text = article(built(write(tmp_path, {**files, "mkdocs.yml": config, "docs/page.md": page})), "page")
    assert re.findall(r'title="([^"]+)">(\w+)</abbr>', text) == [
        ("A company", "ACME"),
        ("Ours", "SLO"),
        ("Here", "mTLS"),
    ]


def test_without_a_glossary_there_is_none(tmp_path: Path) -> None:
    site = built(write(tmp_path, {"docs/page.md": "# P\n\nAn SLO.\n"}))
    assert not (site / "glossary").exists()
    assert "<abbr" not in article(site, "page")


BROKEN = """\
terms:
  - term: One
    abbreviation: slo
    meaning: x
  - term: Two
    abbreviation: TWO
    meaning: x
    item: frist
  - term: two
    meaning: x
    page: nowhere.md
  - term: Three
    meening: x
  - term: Four
    meaning: x
    item: first
    url: https://example.org/
"""


def test_every_mistake_is_told_with_its_place(files: dict[str, str], tmp_path: Path) -> None:
    assert problems(write(tmp_path, {**files, "docs/glossary.yml": BROKEN})) == [
        "docs/glossary.yml:3:19: `slo` does not have the right form; "
        "allowed: letters and digits with two capitals at least, such as SLO or mTLS",
        "docs/glossary.yml:12:5: the key `meaning` is missing; it is required here",
        "docs/glossary.yml:13:5: unknown key `meening`; did you mean `meaning`?",
        "docs/glossary.yml:17:10: a term leads to one place; keep `item` or `url`",
    ]
    text = BROKEN.replace("slo", "ONE").replace("meening", "meaning").replace("    url: https://example.org/\n", "")
    assert problems(write(tmp_path, {**files, "docs/glossary.yml": text})) == [
        "docs/glossary.yml:8:11: no item is `frist`; did you mean `first`?",
        "docs/glossary.yml:9:11: `two` is already used on line 5; terms are unique",
        "docs/glossary.yml:11:11: no page is `nowhere.md`; allowed: guides/aims.md, guides/x.md",
    ]


def test_the_glossary_of_this_repository_explains_what_is_used(root: Path) -> None:
    records = load(Project(root, root / "docs")).records
    terms = [record.value for record in records if isinstance(record.value, Term)]
    assert len(terms) >= 60
    assert [term.term for term in terms if len(re.split(r"(?<=[.?]) (?=[A-Z])", term.meaning)) > 2] == []
    assert all(term.meaning.endswith(".") for term in terms)
    leading = [term for term in terms if _leads(term)]
    assert len(leading) > len(terms) * 0.9


def _leads(term: Term) -> bool:
    return bool(term.item or term.runbook or term.page or term.url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_glossary_is_accessible_and_fits_its_screen(width: int, scheme: str, served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/glossary/", width=width, scheme=scheme)  # type: ignore[arg-type]
    found = Axe().run(shown)
    assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]] == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_meaning_shows_for_the_mouse_and_for_the_keyboard(scheme: str, served_site: str, page: Pages) -> None:
    shown = page(f"{served_site}/practices/infrastructure-as-code/terraform-vpc/", scheme=scheme)  # type: ignore[arg-type]
    mark = shown.locator("abbr[tabindex]").first
    said = mark.get_attribute("title")
    assert said
    mark.focus()
    tip = shown.get_by_text(said, exact=True)
    tip.wait_for(state="visible")
    assert mark.evaluate("each => document.getElementById(each.getAttribute('aria-describedby'))?.innerText") == said
    # The theme puts the tip outside of every landmark, where what describes an element may be.
    found = Axe().run(shown, options={"rules": {"region": {"enabled": False}}})
    assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]] == []
    mark.blur()
    tip.wait_for(state="hidden")
    mark.hover()
    shown.get_by_text(said, exact=True).wait_for(state="visible")
