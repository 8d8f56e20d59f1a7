"""The glossary: its page, and what abbreviations say on other pages, through real builds and in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from search_entries import search_entries
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
    index = search_entries(site)
    words = next(entry["words"] for entry in index if entry["location"] == "glossary/")
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
