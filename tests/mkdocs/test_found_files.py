"""Which files belong to a site: the build, `opsbook check` and the other commands give one answer, that of MkDocs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from commands import run_command
from drawing_scripts import PAIR
from opsbook.assembly.load import draft_handbook
from opsbook.mkdocs.sitefile import read_site_file
from opsbook.nouns.guide.model import Guide
from opsbook.nouns.post_mortem.model import SECTIONS
from opsbook.snippets.load import markdown_files
from plain_runbook import PLAIN_RUNBOOK
from small_site import CONFIG, build, check, refused, write

GUIDE = "".join(
    f"## {name}\n\nText.\n\n" for name in ("Why it matters", "How to do it", "How to verify", "Pitfalls", "References")
)
RUNBOOK = PLAIN_RUNBOOK.replace(
    "The cart answers no more.",
    "The cart answers no more. See [the page](../../docs/page.md) and [the other](../infra/dns.md#look).",
)
OTHER = RUNBOOK.replace("cart-down", "dns").replace("CartDown", "DnsDown")
OTHER = OTHER.replace("../infra/dns.md", "../shop/cart-down.md").replace("None.", "See [names](../../docs/dns.md).")
POST_MORTEM = (
    "---\ntitle: The cart failed\nseverity: sev2\ndraft: true\ntimes: {started: 2026-11-23T14:05Z}\n---\n\n"
    + "\n\n".join(f"## {name}" for name in SECTIONS).replace(
        "## Impact", "See [the runbook](../../runbooks/shop/cart-down.md).\n\n## Impact"
    )
    + "\n"
)


def test_files_in_folders_are_found_by_their_names_and_link_as_they_lie(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "docs/page.md": "# Page\n\nText.\n",
            "docs/dns.md": "# Names\n",
            "runbooks/shop/cart-down.md": RUNBOOK,
            "runbooks/infra/deep/er/README.md": "# What lies here\n",
            "runbooks/infra/dns.md": OTHER,
            "post-mortems/2026/2026-11-23-cart.md": POST_MORTEM,
            "post-mortems/2026/readme.md": "# What lies here\n",
            "diagrams/team/shop.py": PAIR,
            "diagrams/lib/__init__.py": "",
            "diagrams/lib/shapes.py": "raise SystemExit(1)\n",
        },
    )
    assert check(root) == (0, [])
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    for page in ("runbooks/cart-down", "runbooks/dns", "architecture/shop", "alerts/CartDown"):
        assert (root / "site" / page / "index.html").is_file()
    shown = (root / "site/runbooks/cart-down/index.html").read_text("utf-8")
    assert 'href="../../page/"' in shown
    assert 'href="../dns/#look"' in shown
    assert 'href="../../runbooks/cart-down/"' in (root / "site/post-mortems/2026-11-23-cart/index.html").read_text(
        "utf-8"
    )


def test_an_id_is_taken_once_in_all_folders(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "docs/page.md": "# Page\n",
            "runbooks/a/cart-down.md": RUNBOOK.replace("[the other](../infra/dns.md#look)", "another"),
            "runbooks/cart-down.md": RUNBOOK.replace("[the other](../infra/dns.md#look)", "another").replace(
                "../../", "../"
            ),
            "post-mortems/2026-11-23-cart.md": POST_MORTEM,
            "post-mortems/a/2026-11-23-cart.md": POST_MORTEM,
            "diagrams/pair.py": PAIR,
            "diagrams/a/pair.py": PAIR,
        },
    )
    assert refused(root) == [
        "diagrams/pair.py: the id `pair` is taken by diagrams/a/pair.py; rename one",
        "post-mortems/a/2026-11-23-cart.md:2:1: the id `2026-11-23-cart` is already used in"
        " post-mortems/2026-11-23-cart.md; ids are unique",
        "runbooks/cart-down.md:2:5: the id `cart-down` is already used in runbooks/a/cart-down.md; ids are unique",
        "runbooks/cart-down.md:5:10: the alert `CartDown` is already used in runbooks/a/cart-down.md;"
        " an alert leads to one runbook",
    ]


def test_a_link_to_a_runbook_in_another_folder_is_told_with_the_right_one(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "docs/page.md": "# Page\n",
            "docs/dns.md": "# Names\n",
            "runbooks/shop/cart-down.md": RUNBOOK.replace("../infra/dns.md#look", "dns.md"),
            "runbooks/infra/dns.md": OTHER.replace("../shop/cart-down.md#look", "../shop/cart-down.md#lok"),
        },
    )
    assert refused(root) == [
        "runbooks/infra/dns.md:14:66: `cart-down` has no anchor `lok`; did you mean `look`? (dead-link)",
        "runbooks/shop/cart-down.md:14:66: the runbook `dns` is in another folder; write `../infra/dns.md` (dead-link)",
    ]


LEFT_OUT = """\
exclude_docs: |
  /_archive/
  _template.md
  *.draft.yaml
  /glossary.yml
  /templates/old.md
draft_docs: |
  /drafts/
  second.md
  /onboarding/soon.md
"""
WRONG = "---\ntitle: Old: one\n---\n\n```\nnever closed [link](nowhere.md) <script>1</script>\n"
SECRET = "token: " + "ghp_" + "a1B2c3D4e5" * 4 + "\n"
WRONG_FILES = {
    "docs/_archive/old.md": WRONG,
    "docs/_archive/key.md": SECRET,
    "docs/drafts/deep/wip.md": WRONG,
    "docs/practices/one/_template.md": WRONG,
    "docs/practices/one/second.md": WRONG,
    "docs/onboarding/soon.md": "---\nday-one: 1\n---\n",
    "docs/api/cart.draft.yaml": "openapi: [\n",
    "docs/glossary.yml": "terms: 1\n",
    "docs/templates/old.md": "\x00",
}


def test_what_is_left_out_or_a_draft_is_not_read_at_all(tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": CONFIG + LEFT_OUT, "docs/practices/one/first.md": GUIDE, **WRONG_FILES})
    (root / "docs/_archive/nowhere.md").symlink_to("gone.md")
    assert check(root, "--strict") == (0, [])
    assert {file.relative_to(root).as_posix() for file in markdown_files(root, read_site_file(root))} == {
        "docs/practices/one/first.md"
    }
    done = build(root, "--strict")
    assert done.returncode == 0, done.stderr
    assert (root / "site/practices/one/second/index.html").is_file(), "the item of a draft keeps its page"
    for path in ("_archive", "drafts", "api/cart.draft.yaml", "onboarding/soon"):
        assert not (root / "site" / path).exists()


def test_without_these_settings_each_of_the_files_is_judged(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/practices/one/first.md": GUIDE, **WRONG_FILES})
    code, said = check(root)
    assert code == 1
    assert {line.split(":")[0] for line in said} >= {*WRONG_FILES}


def test_hidden_files_are_left_out_unless_the_settings_take_them_in(tmp_path: Path) -> None:
    files = {"docs/.notes/a.md": WRONG, "docs/.well-known/b.md": "# Known\n"}
    assert check(write(tmp_path, files)) == (0, [])
    taken = {**files, "mkdocs.yml": CONFIG + "exclude_docs: |\n  !.notes\n"}
    code, said = check(write(tmp_path, taken))
    assert (code, {line.split(":")[0] for line in said}) == (1, {"docs/.notes/a.md"})


def test_a_readme_is_left_alone_and_other_files_are_pages_or_refused_in_words(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "runbooks/README.md": "# Runbooks\n",
            "runbooks/shop/Readme.md": "# Runbooks of the shop\n",
            "docs/onboarding/welcome.md": "# Welcome\n\nGood to have you.\n",
            "docs/onboarding/who.md": "---\ntitle: Who is who\n---\n\nPeople.\n",
            "docs/practices/one/deeper/faq.md": "# Questions\n",
        },
    )
    assert check(root) == (0, [])
    pages = build(root, "--strict")
    assert pages.returncode == 0, pages.stderr
    assert "Good to have you." in (root / "site/onboarding/welcome/index.html").read_text("utf-8")
    write(root, {"docs/practices/one/faq.md": "# Questions\n", "docs/api/openapi.yaml": "openapi: 3.1.0\n"})
    assert any(
        line.startswith("docs/practices/one/faq.md: no item has the id `faq`; allowed: ") for line in refused(root)
    )


@pytest.mark.parametrize(
    ("config", "folder"),
    [
        (CONFIG + "docs_dir: documentation\n", "documentation"),
        (CONFIG + "docs_dir: web/pages\n", "web/pages"),
        (CONFIG + "docs_dir: !ENV [NO_SUCH_VARIABLE, text]\n", "text"),
        ("INHERIT: base/common.yml\nsite_name: Child\n", "inherited"),
        (CONFIG + "docs_dir: ../beside\n", "../beside"),
    ],
)
def test_every_command_finds_the_pages_where_the_settings_say(tmp_path: Path, config: str, folder: str) -> None:
    (tmp_path / "here").mkdir()
    root = write(tmp_path / "here", {"mkdocs.yml": config, "base/common.yml": CONFIG + "docs_dir: inherited\n"})
    (root / "docs").rmdir()
    write_pages(root, folder, {"practices/one/first.md": GUIDE.replace("Text.", "```json\n{\n```", 1)})
    done = run_command("opsbook", "check", folder=root)
    assert done.stdout == "4 practices, 1 guide, 0 runbooks: no problem found\n", done.stderr
    assert any(line.startswith(f"{folder}/practices/one/first.md:") for line in check(root, "--snippets")[1])
    pages = run_command("opsbook", "import", "checklist.yml", "--force", folder=root)
    assert pages.returncode == 0, pages.stderr
    assert not (root / "docs").exists()
    write_pages(root, folder, {"practices/one/nonsense.md": GUIDE, "onboarding/dev.md": "---\nday-one: 1\n---\n"})
    assert {line.split(":")[0] for line in refused(root)} == {
        f"{folder}/practices/one/nonsense.md",
        f"{folder}/onboarding/dev.md",
    }
    assert check(root, "--docs", "base") == (0, []), "the option wins"


def write_pages(root: Path, folder: str, files: dict[str, str]) -> None:
    for name, text in files.items():
        file = root / folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def test_an_absolute_folder_of_pages_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": CONFIG + f"docs_dir: {tmp_path}/pages\n"})
    write_pages(root, "pages", {"practices/one/first.md": GUIDE})
    assert "1 guide" in run_command("opsbook", "check", folder=root).stdout


@pytest.mark.parametrize(
    ("config", "options", "told"),
    [
        (CONFIG, (), "mkdocs.yml: the folder of the pages, `docs`, is not there"),
        (CONFIG + "docs_dir: pages\n", (), "mkdocs.yml:5:11: the folder of the pages, `pages`, is not there"),
        ("INHERIT: base/common.yml\n", (), "base/common.yml:5:11: the folder of the pages, `inherited`, is not there"),
        (CONFIG, ("--docs", "pages"), "pages: the folder of the pages, `pages`, is not there"),
    ],
)
def test_a_folder_that_is_not_there_is_a_problem_with_a_place(
    tmp_path: Path, config: str, options: tuple[str, ...], told: str
) -> None:
    root = write(tmp_path, {"mkdocs.yml": config, "base/common.yml": CONFIG + "docs_dir: inherited\n"})
    (root / "docs").rmdir()
    for more in ((), ("--snippets",)):
        code, said = check(root, *options, *more)
        assert code == 1
        assert said[0].startswith(told)
    if not options:
        assert build(root).returncode != 0


def test_a_site_in_a_larger_repository_is_named_by_its_folder_or_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "ops").mkdir()
    write(tmp_path / "ops", {"mkdocs.yml": CONFIG + "docs_dir: pages\n", "pages/a.md": "# A\n"})
    (tmp_path / "ops/properdocs.yml").write_text(CONFIG, "utf-8")
    for options in (("--root", "ops"), ("-f", "ops/mkdocs.yml"), ("--root", "ops", "-f", "ops/mkdocs.yml")):
        assert check(tmp_path, *options) == (0, [])
        done = run_command("opsbook", "check", "--snippets", *options, folder=tmp_path)
        assert done.returncode == 0, done.stderr
    (tmp_path / "ops/pages/practices/one").mkdir(parents=True)
    (tmp_path / "ops/pages/practices/one/x.md").write_text(GUIDE, "utf-8")
    assert check(tmp_path, "-f", "ops/mkdocs.yml")[1][0].startswith("pages/practices/one/x.md: no item")
    assert check(tmp_path, "--root", "ops", "-f", "ops/properdocs.yml") == (0, [])
    wrong = run_command("opsbook", "check", "--root", ".", "-f", "ops/mkdocs.yml", folder=tmp_path)
    assert (wrong.returncode, "a site is in the folder of its configuration" in wrong.stderr) == (2, True)


def test_a_warning_of_the_engine_ends_a_strict_build_that_is_quiet(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/a.md": "---\nrender_macros: true\n---\n\n# A\n"})
    done = build(root, "--quiet", "--strict")
    assert done.returncode == 1
    assert "docs/a.md:2:16: warning: this page asks for macros" in done.stderr
    (root / "mkdocs.yml").write_text(CONFIG.replace("strict: true", "strict: false"), "utf-8")
    done = build(root, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_draft_under_serve_is_read_and_what_is_wrong_in_it_stops_nothing(tmp_path: Path) -> None:
    drafts = {"docs/practices/one/second.md": GUIDE, "docs/drafts/wip.md": WRONG, "docs/drafts/fine.md": "# Fine\n"}
    root = write(tmp_path, {"mkdocs.yml": CONFIG + LEFT_OUT, "docs/practices/one/first.md": GUIDE, **drafts})
    for shown in (False, True):
        site = replace(read_site_file(root), shows_drafts=shown)
        handbook = draft_handbook(root, root / "docs", site=site).finish()
        assert [guide.item for guide in handbook.graph.all(Guide)] == (["first", "second"] if shown else ["first"])
        assert {problem.path for problem in handbook.due} == ({"docs/drafts/wip.md"} if shown else set())
        assert handbook.warnings == ()
