"""The navigation of `mkdocs.yml` wins, and a word in it says where the generated pages go."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsbook.mkdocs.own_navigation import completed
from opsbook.site.language import SiteLanguage
from opsbook.site.page import NavEntry
from small_site import CONFIG, build, check, problems, write
from trial_runbook import FILES

PHASE = {"Phase one": "roadmap/phase-one.md"}
ENTRIES = [
    NavEntry("Home", "index.md"),
    NavEntry("Practices", children=(NavEntry("All", "practices/index.md"), NavEntry("One", "practices/one.md"))),
    NavEntry(
        "Roadmap", children=(NavEntry("Roadmap", "roadmap/index.md"), NavEntry("Phase one", "roadmap/phase-one.md"))
    ),
    NavEntry(
        "Runbooks", children=(NavEntry("All runbooks", "runbooks/index.md"), NavEntry("Alerts", "alerts/index.md"))
    ),
    NavEntry("Services", children=(NavEntry("Services", "services/index.md"),)),
    NavEntry("Glossary", "glossary.md"),
]
PRACTICES = {"Practices": [{"All": "practices/index.md"}, {"One": "practices/one.md"}]}
ROADMAP = {"Roadmap": [{"Roadmap": "roadmap/index.md"}, PHASE]}
RUNBOOKS = {"Runbooks": [{"All runbooks": "runbooks/index.md"}, {"Alerts": "alerts/index.md"}]}
SERVICES = {"Architecture": [{"Services": [{"Services": "services/index.md"}]}]}
REFERENCE = {"Reference": [{"Glossary": "glossary.md"}]}
WARN = "validation: {omitted_files: warn}\n"


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        (["opsbook"], [{"Home": "index.md"}, PRACTICES, ROADMAP, RUNBOOKS, SERVICES, REFERENCE]),
        (
            [{"Start": "index.md"}, {"Ours": "ours.md"}, "opsbook"],
            [{"Start": "index.md"}, {"Ours": "ours.md"}, PRACTICES, ROADMAP, RUNBOOKS, SERVICES, REFERENCE],
        ),
        (
            ["opsbook/roadmap", {"Help": "opsbook/runbooks"}, {"More": ["ours.md", "opsbook"]}],
            [
                ROADMAP,
                {"Help": [{"All runbooks": "runbooks/index.md"}]},
                {
                    "More": [
                        "ours.md",
                        {"Home": "index.md"},
                        PRACTICES,
                        {"Runbooks": RUNBOOKS["Runbooks"][1:]},
                        SERVICES,
                        REFERENCE,
                    ]
                },
            ],
        ),
        (
            [{"A": "opsbook/alerts"}, {"T": ["opsbook/glossary", "https://example.org/"]}],
            [
                {"A": [{"Alerts": "alerts/index.md"}]},
                {"T": [{"Reference": [{"Glossary": "glossary.md"}]}, "https://example.org/"]},
            ],
        ),
        ([{"Mine": ["opsbook/index.md", "opsbook/adopt.md"]}], [{"Mine": ["opsbook/index.md", "opsbook/adopt.md"]}]),
        ([{"Empty": ["opsbook/onboarding"]}, "a.md"], ["a.md"]),
        (["roadmap/index.md", "opsbook/roadmap"], ["roadmap/index.md", {"Roadmap": [PHASE]}]),
    ],
)
def test_a_word_stands_for_what_the_other_entries_leave_out(nav: list[object], expected: list[object]) -> None:
    assert completed(nav, ENTRIES, SiteLanguage()) == expected


def tabs(root: Path) -> list[str]:
    home = (root / "site" / "index.html").read_text("utf-8")
    return [title.strip() for title in re.findall(r'class="md-tabs__link">([^<]*)</a>', home)]


def test_generated_pages_that_a_nav_leaves_out_are_not_called_forgotten(tmp_path: Path) -> None:
    nav = WARN + "nav:\n  - Start: index.md\n  - Ours: ours.md\n"
    root = write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + nav, "docs/ours.md": "# Ours\n"})
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    assert tabs(root) == ["Start", "Ours"]
    (line,) = [line for line in done.stderr.splitlines() if "navigation" in line]
    assert "generated pages are in no navigation; in `nav`, `- opsbook` stands for" in line
    (root / "mkdocs.yml").write_text(CONFIG + nav + "  - Do: opsbook/runbooks\n  - opsbook\n", encoding="utf-8")
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    rest = ["Practices", "Roadmap", "Runbooks", "Architecture", "Incidents", "Reference"]
    assert tabs(root) == ["Start", "Ours", "Do", *rest]
    assert "in no navigation" not in done.stderr
    (root / "docs" / "forgotten.md").write_text("# Forgotten\n", encoding="utf-8")
    assert "forgotten.md" in build(root, "--clean").stderr


def test_generated_pages_are_left_out_of_the_navigation_by_not_in_nav(tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "mkdocs.yml": CONFIG + "not_in_nav: |\n  /roadmap/\n  /practices/two/\n"})
    done = build(root, "--clean")
    assert done.returncode == 0, done.stderr
    assert tabs(root) == ["Home", "Practices", "Runbooks", "Architecture", "Incidents", "Reference"]
    assert (root / "site" / "roadmap" / "index.html").is_file()
    practices = (root / "site" / "practices" / "index.html").read_text("utf-8").split("<article")[0]
    assert 'href="one/"' in practices
    assert 'href="two/"' not in practices


def test_a_word_for_a_part_that_is_not_known_is_told_with_its_place(tmp_path: Path) -> None:
    config = CONFIG + "nav:\n  - index.md\n  - X: [opsbook/runbook]\n  - opsbook/tracks\n"
    root = write(tmp_path, {"mkdocs.yml": config})
    said = problems(root)
    assert [line.split(";")[0] for line in said] == [
        "mkdocs.yml:7:9: no part of the site is called `runbook`",
        "mkdocs.yml:8:5: no part of the site is called `tracks`",
    ]
    assert said[0].endswith("did you mean `runbooks`?")
    assert check(root) == (1, said)
