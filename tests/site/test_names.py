"""The names of a site's own: sections, severities, statuses and tiers are written and shown as the site calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cyrillic import FILES
from small_site import CONFIG, built, check, problems, write

NAMES = """\
site_name: Elsewhere
theme: {name: material, language: de}
plugins:
  - search
  - opsbook:
      names:
        severities: {P1: critical, P2: critical, P3: warning}
        incident_severities: {S1: sev1}
        statuses: {fertig: done}
        tiers: {gold: 1}
        sections: {Erste Blicke: Diagnosis}
"""
RUNBOOK = FILES["runbooks/cart-down.md"].replace("severity: critical", "severity: P2")
RUNBOOK = RUNBOOK.replace("## Meaning", "## Bedeutung").replace("## Diagnosis", "## Erste Blicke")
OWN = {
    **{name: text for name, text in FILES.items() if name not in ("docs/calls.md", "macros/main.py")},
    "mkdocs.yml": NAMES,
    "runbooks/cart-down.md": RUNBOOK,
    "checklist.yml": FILES["checklist.yml"].replace("status: done", "status: fertig"),
    "services.yml": FILES["services.yml"].replace("tier: 1", "tier: gold"),
    "post-mortems/2026-01-31-cart.md": FILES["post-mortems/2026-01-31-cart.md"]
    .replace("severity: sev1", "severity: S1")
    .replace("## Actions", "## Maßnahmen"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A German site with names of its own."""
    return built(write(tmp_path_factory.mktemp("names"), OWN))


def test_what_a_site_names_is_shown_as_it_is_written(site: Path) -> None:
    def page(address: str) -> str:
        return (site / address / "index.html").read_text("utf-8")

    runbook = page("runbooks/cart-down")
    assert '<span class="ob-severity ob-severity--critical">P2</span>' in runbook
    assert '<h2 id="meaning">Bedeutung' in runbook
    assert '<h2 id="diagnosis">Erste Blicke' in runbook
    assert '<h2 id="mitigation">Abhilfe' in runbook
    assert '<option value="P1">P1</option><option value="P2">P2</option><option value="P3">P3</option>' in page(
        "runbooks"
    )
    assert 'data-severity="P2"' in page("runbooks")
    assert '<span class="ob-status__word">fertig</span>' in page("practices")
    assert '<span class="ob-tier">gold</span>' in page("services/cart")
    assert '<span class="ob-severity ob-severity--sev1">S1</span>' in page("post-mortems")
    assert '<h2 id="actions">Maßnahmen' in page("post-mortems/2026-01-31-cart")


def test_a_wrong_word_is_refused_with_the_words_that_are_allowed(tmp_path: Path) -> None:
    wrong = {
        "runbooks/cart-down.md": RUNBOOK.replace("severity: P2", "severity: P9").replace("## Bedeutung", "## Sinn")
    }
    root = write(tmp_path, {**OWN, **wrong})
    said = [line for line in check(root)[1] if "cart-down" in line]
    assert [line for line in said if "P9" in line and "P1, P2, P3" in line and "critical" in line]
    assert [
        line for line in said if "no section is called `Sinn`" in line and "Bedeutung" in line and "Meaning" in line
    ]


def test_wrong_names_are_refused_with_all_that_is_wrong_with_them(tmp_path: Path) -> None:
    names = "{severity: {}, severities: {P1: urgent, critical: info}, tiers: gold}"
    config = CONFIG.replace("opsbook]", f"{{opsbook: {{names: {names}}}}}]")
    root = write(tmp_path, {"mkdocs.yml": config})
    code, said = check(root)
    assert code == 1
    assert len(said) == 4
    assert "`names`: nothing is called `severity`; did you mean `severities`?" in said[0] + said[1] + said[2] + said[3]
    assert problems(root)
