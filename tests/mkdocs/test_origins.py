"""What a page says of the file that it is made of: to readers, to MkDocs and to other plugins."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from fuzz.project import base_files
from git_folder import commit
from small_site import CHECKLIST, build, built, write

REPOSITORY = "https://github.com/example-org/handbook"
EDITED = f"""\
site_name: Elsewhere
site_url: https://ops.example.org/
strict: true
theme: {{name: material, features: [content.action.edit]}}
repo_url: {REPOSITORY}
edit_uri: edit/main/docs/
plugins: [search, opsbook]
"""
WITH_PLUGINS = "site_name: Elsewhere\nsite_url: https://ops.example.org/\nstrict: true\ntheme: material\nplugins:\n"
DRAWING = """\
\"\"\"The shop.\"\"\"
from diagrams import Diagram
from diagrams.aws.compute import EC2

with Diagram("Shop"):
    EC2("cart", item="first") >> EC2("orders")
"""
FILES = {**base_files(), "diagrams/shop.py": DRAWING, "docs/about.md": "# About\n\nText.\n"}
del FILES["runbooks/rules/shop.yml"]  # Repeats an alert, which is a warning.
SOURCES = {
    "": "checklist.yml",
    "practices/": "checklist.yml",
    "practices/one/": "checklist.yml#id: one",
    "practices/one/first/": "docs/practices/one/first.md",
    "practices/one/second/": "checklist.yml#id: second",
    "practices/two/whole/": "checklist.yml#id: whole",
    "roadmap/": "checklist.yml",
    "roadmap/phase-one/": "checklist.yml#id: phase-one",
    "runbooks/": None,
    "runbooks/trial/": "runbooks/trial.md",
    "runbooks/other/": "runbooks/other.md",
    "alerts/": None,
    "services/": "services.yml",
    "services/cart/": "services.yml#id: cart",
    "api/": None,
    "api/cart/": "docs/api/cart.yaml",
    "architecture/": None,
    "architecture/shop/": "diagrams/shop.py",
    "post-mortems/": None,
    "post-mortems/actions/": None,
    "post-mortems/2026-11-01-shop-away/": "post-mortems/2026-11-01-shop-away.md",
    "onboarding/": None,
    "onboarding/developer/": "docs/onboarding/developer.md",
    "glossary/": "docs/glossary.yml",
    "about/": "docs/about.md",
    "health/": "checklist.yml",
}
"""The file that each page is edited in and, after a `#`, what stands on the line that the link leads to."""


def place(said: str) -> str:
    """Return the path of the file that `said` names, with the number of the line that it names."""
    name, _, text = said.partition("#")
    lines = FILES.get(name, CHECKLIST).split("\n")
    return name + (f"#L{next(at for at, line in enumerate(lines, start=1) if text in line)}" if text else "")


WATCHING = """\
import json
from pathlib import Path

def on_env(env, config, files):
    seen = {
        file.src_uri: [file.abs_src_path, Path(file.abs_src_path).is_file(), file.generated_by, file.src_dir]
        for file in files.documentation_pages()
    }
    Path(config.config_file_path).with_name("seen.json").write_text(json.dumps(seen), "utf-8")
    return env
"""


def edit_links(site: Path) -> dict[str, str | None]:
    """Return the edit link of each page of `site` by its address."""
    found = {}
    for file in site.rglob("index.html"):
        link = re.search(r'<a href="([^"]*)"[^>]* rel="edit"', file.read_text("utf-8"))
        found[file.parent.relative_to(site).as_posix().replace(".", "", 1) + "/"] = link and link[1]
    return {address.lstrip("/"): link for address, link in found.items()}


def test_every_page_is_edited_in_the_file_that_it_is_made_of(tmp_path: Path) -> None:
    found = edit_links(built(write(tmp_path, {**FILES, "mkdocs.yml": EDITED})))
    wanted = {address: name and f"{REPOSITORY}/edit/main/{place(name)}" for address, name in SOURCES.items()}
    assert {address: found[address] for address in wanted} == wanted


def test_a_term_and_a_fact_are_edited_on_their_own_lines(tmp_path: Path) -> None:
    facts = "facts:\n" + "".join(
        f"  - {{id: {id}, title: '{id} <b>', value: x, source: 'https://example.org/', reviewed: 2026-01-01}}\n"
        for id in ("region", "zone")
    )
    terms = "terms:\n  - {term: One, meaning: A.}\n  - {term: Two, meaning: B.}\n"
    files = {**FILES, "facts.yml": facts, "docs/glossary.yml": terms}
    site = built(write(tmp_path, {**files, "mkdocs.yml": EDITED}))
    link = re.compile(r'<a class="ob-edit" href="([^"]*)" title="([^"]*)"')
    assert link.findall((site / "glossary/index.html").read_text("utf-8")) == [
        (f"{REPOSITORY}/edit/main/docs/glossary.yml#L2", "Edit One"),
        (f"{REPOSITORY}/edit/main/docs/glossary.yml#L3", "Edit Two"),
    ]
    assert link.findall((site / "facts/index.html").read_text("utf-8")) == [
        (f"{REPOSITORY}/edit/main/facts.yml#L2", "Edit region &lt;b&gt;"),
        (f"{REPOSITORY}/edit/main/facts.yml#L3", "Edit zone &lt;b&gt;"),
    ]
    write(tmp_path, {**files})
    assert "ob-edit" not in (built(tmp_path) / "glossary/index.html").read_text("utf-8")


def test_sources_are_found_where_the_pages_lie_in_another_folder(tmp_path: Path) -> None:
    files = {path.replace("docs/", "content/pages/", 1): text for path, text in FILES.items()}
    said = EDITED.replace("edit/main/docs/", "edit/main/platform/content/pages/") + "docs_dir: content/pages\n"
    # A folder of the usual name that has nothing to do with the site.
    more = {"docs/api/cart.yaml": "x", "docs/practices/one/first.md": "x", "mkdocs.yml": said}
    found = edit_links(built(write(tmp_path, {**files, **more})))
    for address in ("practices/one/first/", "api/cart/", "onboarding/developer/", "glossary/", "runbooks/trial/"):
        name = (SOURCES[address] or "").replace("docs/", "content/pages/")
        assert found[address] == f"{REPOSITORY}/edit/main/platform/{name}"


def test_a_site_whose_edit_address_leads_elsewhere_is_told_so_and_has_no_wrong_link(tmp_path: Path) -> None:
    done = build(write(tmp_path, {**FILES, "mkdocs.yml": EDITED.replace("main/docs/", "main/")}), "--strict")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("made of files outside of docs: `edit/main/` does not end in that folder") == 1
    found = edit_links(tmp_path / "site")
    assert found["practices/one/first/"] == f"{REPOSITORY}/edit/main/practices/one/first.md"
    assert {found[address] for address in ("", "runbooks/trial/", "services/cart/", "architecture/shop/")} == {None}


def test_other_plugins_find_a_file_behind_each_page_and_its_own_text_in_it(tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "watching.py": WATCHING, "mkdocs.yml": f"{EDITED}hooks: [watching.py]\n"})
    site = built(root)
    seen = json.loads((root / "seen.json").read_text("utf-8"))
    assert {
        path for path, (_, is_file, generator, folder) in seen.items() if not is_file or generator or not folder
    } == set()
    for path, name in (
        ("runbooks/trial.md", "runbooks/trial.md"),
        ("practices/one/first.md", "docs/practices/one/first.md"),
        ("practices/one/index.md", "checklist.yml"),
        ("runbooks/index.md", "checklist.yml"),
        ("about.md", "docs/about.md"),
    ):
        assert seen[path][0] == str(root / name)
    # The page is what the engine makes of the file, not the file.
    assert "ob-status" in (site / "practices" / "one" / "first" / "index.html").read_text("utf-8")


def test_a_dirty_build_shows_what_has_changed_in_a_source_outside_of_the_pages(tmp_path: Path) -> None:
    root = write(tmp_path, {**FILES, "mkdocs.yml": EDITED.replace("strict: true\n", "")})
    built(root)
    services = (root / "services.yml").read_text("utf-8")
    (root / "services.yml").write_text(services.replace("title: Cart", "title: Basket"), "utf-8")
    assert build(root, "--dirty").returncode == 0
    assert "Basket" in (root / "site" / "services" / "cart" / "index.html").read_text("utf-8")


def dated(site: Path) -> set[str]:
    """Return the dates that git-revision-date-localized gives to the pages of `site`, which all need one."""
    found = set()
    for file in site.rglob("index.html"):
        text = file.read_text("utf-8")
        if "md-content" in text:
            dates = re.findall(r'git-revision-date-localized-plugin-date" title="[^"]*">([^<]*)<', text)
            assert dates, file
            found.update(dates)
    return found


@pytest.mark.parametrize("plugins", ["{0}, opsbook", "opsbook, {0}"])
def test_the_date_of_a_page_is_that_of_the_commit_behind_it(tmp_path: Path, plugins: str) -> None:
    said = f"{WITH_PLUGINS}  [{plugins.format('git-revision-date-localized: {enable_creation_date: true}')}, search]\n"
    root = write(tmp_path, {**FILES, "mkdocs.yml": said})
    commit(root, "2026-01-15")
    site = built(root)
    assert dated(site) == {"January 15, 2026"}
    first = {file: file.read_bytes() for file in site.rglob("*.html")}
    assert {file: file.read_bytes() for file in built(root).rglob("*.html")} == first
    runbook = root / "runbooks" / "trial.md"
    runbook.write_text(runbook.read_text("utf-8").replace("It loops.", "It loops a lot."), "utf-8")
    commit(root, "2026-02-20")
    site = built(root)
    assert "February 20, 2026" in (site / "runbooks" / "trial" / "index.html").read_text("utf-8")
    assert "February 20, 2026" not in (site / "runbooks" / "other" / "index.html").read_text("utf-8")


LANGUAGES = "languages: [{locale: en, default: true, name: English}, {locale: de, name: Deutsch}]"
SUFFIX: Mapping[str, str] = {
    "docs/about.md": "# About\n\n[home](index.md), [more](more.md), [runbook](runbooks/trial.md)\n",
    "docs/about.de.md": "# Darüber\n\n[Start](index.md), [mehr](more.md), [Runbook](runbooks/trial.md)\n",
    "docs/more.md": "# More\n\n[about](about.md)\n",
    "docs/more.de.md": "# Mehr\n\n[darüber](about.md)\n",
    "docs/runbooks/other.de.md": "# Anderes\n\nAuf Deutsch.\n",
    "docs/practices/one/first.de.md": "# Erstes\n\nAuf Deutsch.\n",
    "docs/onboarding/developer.de.md": "# Entwickler\n\nAuf Deutsch.\n",
}
FOLDERS: Mapping[str, str] = {
    "docs/en/more.md": "# More\n\nText.\n",
    "docs/de/more.md": "# Mehr\n\nText.\n",
    "docs/de/runbooks/other.md": "# Anderes\n\nAuf Deutsch.\n",
    "docs/de/practices/one/first.md": "# Erstes\n\nAuf Deutsch.\n",
    "docs/de/onboarding/developer.md": "# Entwickler\n\nAuf Deutsch.\n",
}


def dead_links(site: Path) -> set[str]:
    """Return the relative links of all pages of `site` that lead to no file of it."""
    found = set()
    for file in (file for file in site.rglob("*.html") if file.name != "404.html"):
        for link in re.findall(r'(?:href|src)="([^"#?:]+)[^":]*"', file.read_text("utf-8")):
            target = site / link[1:] if link.startswith("/") else (file.parent / link).resolve()
            if not (target / "index.html" if target.is_dir() else target).is_file():
                found.add(f"{file.relative_to(site)}: {link}")
    return found


@pytest.mark.parametrize(
    ("plugins", "structure", "written"),
    [("{0}, opsbook", "suffix", SUFFIX), ("opsbook, {0}", "suffix", SUFFIX), ("opsbook, {0}", "folder", FOLDERS)],
)
def test_a_translated_site_has_the_generated_pages_in_every_language(
    tmp_path: Path, plugins: str, structure: str, written: Mapping[str, str]
) -> None:
    said = f"{WITH_PLUGINS}  [search, {plugins.format(f'i18n: {{docs_structure: {structure}, {LANGUAGES}}}')}]\n"
    said = said.replace("theme: material\n", EDITED[EDITED.index("theme:") : EDITED.index("plugins:")])
    site = built(write(tmp_path, {**FILES, **written, "mkdocs.yml": said}))
    assert dead_links(site) == set()
    for address in SOURCES:
        assert (site / address / "index.html").is_file(), address
        assert (site / "de" / address / "index.html").is_file(), address

    def page(address: str) -> str:
        return (site / address / "index.html").read_text("utf-8")

    assert "Schweregrad" in page("de/runbooks")
    assert "<title>Alle Runbooks - " in page("de/runbooks")
    assert "<title>All runbooks - " in page("runbooks")
    assert "Mehr</" in page("de/more")
    assert "More</" in page("more")
    for address in ("runbooks/other", "practices/one/first", "onboarding/developer"):
        assert "Auf Deutsch." in page(f"de/{address}")
        assert "Auf Deutsch." not in page(address)
    assert f'href="{REPOSITORY}/edit/main/docs/practices/one/first.md"' in page("practices/one/first")
    for address in ("runbooks/trial", "de/runbooks/trial"):
        assert "It loops." in page(address)
        assert f'href="{REPOSITORY}/edit/main/runbooks/trial.md"' in page(address)
        assert page(address).count("opsbook.css") == 1
