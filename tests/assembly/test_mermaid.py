"""A block of Mermaid is refused alike by check and build, and drawn where the site brings a Mermaid of its own."""

from __future__ import annotations

from pathlib import Path

from small_site import CONFIG, built, check, problems, write
from trial_runbook import FILES, TRIAL

BLOCK = "```mermaid\ngraph LR\n  A --> B\n```\n"
OWN = (
    CONFIG
    + """\
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
extra_javascript: [assets/mermaid.min.js]
"""
)


def test_a_block_of_mermaid_has_a_place_and_a_way_out(tmp_path: Path) -> None:
    runbook = TRIAL.replace("## Impact\n", f"- a\n\n  {BLOCK.replace(chr(10), chr(10) + '  ')}\n## Impact\n", 1)
    files = {**FILES, "docs/page.md": f"---\ntitle: P\n---\n\n{BLOCK}", "runbooks/trial.md": runbook}
    line = runbook[: runbook.index("```mermaid")].count("\n") + 1
    said = [each for each in check(write(tmp_path, files))[1] if "`mermaid`" in each]
    assert problems(tmp_path) == said
    assert [each.partition(": ")[0] for each in said] == ["docs/page.md:5:1", f"runbooks/trial.md:{line}:3"]
    assert "allowed: a drawing in diagrams/, or a Mermaid of your own" in said[0]


def test_a_site_with_a_mermaid_of_its_own_draws_it(tmp_path: Path) -> None:
    files = {"docs/page.md": BLOCK, "docs/assets/mermaid.min.js": "", "mkdocs.yml": OWN}
    root = write(tmp_path, files)
    assert check(root)[0] == 0
    assert '<pre class="mermaid"><code>graph LR' in (built(root) / "page/index.html").read_text("utf-8")
    (root / "mkdocs.yml").write_text(OWN.replace("assets/mermaid", "https://cdn.example/mermaid"), "utf-8")
    assert check(root)[0] == 1
