"""Addresses of which Python's own function cannot say the parts: in links, and in what a person configures."""

from __future__ import annotations

from pathlib import Path

import pytest

from small_site import CHECKLIST, CONFIG, build, check, refused, write

PAGE = """\
# Page

[a](https://[KeePass]/x), [`code`](http://[half/y) and [six](https://[::1]/z).

![p](https://[q]/x.png)

[r][ref], <https://[auto]/x> and <a href="https://[raw]/x">raw</a>.

[ref]: http://[zz]/
"""


def test_a_link_to_what_is_no_address_is_told_and_its_text_stays(tmp_path: Path) -> None:
    root = write(tmp_path, {"docs/page.md": PAGE})
    code, told = check(root)
    assert code == 0
    assert [line.split(" ", 1)[0] for line in told] == [
        f"docs/page.md:{place}:" for place in ("3:1", "3:27", "5:1", "7:11", "7:34", "9:1")
    ]
    assert told[0].endswith("`https://[KeePass]/x` is not an address; write it in backquotes to show it")
    assert build(root, "--no-strict").returncode == 0
    page = (root / "site/page/index.html").read_text("utf-8")
    assert '<p><span>a</span>, <span><code>code</code></span> and <a href="https://[::1]/z"' in page
    assert "<span>p</span>" in page
    assert "[q]" not in page


@pytest.mark.parametrize("address", ["https://[host]/", "https://[half", "https://host:port/"])
def test_what_is_no_address_is_refused_in_a_file_with_keys(tmp_path: Path, address: str) -> None:
    services = f"services:\n  - {{id: a, title: A, summary: S., owner: team, tier: 1, repository: '{address}'}}\n"
    root = write(tmp_path, {"checklist.yml": CHECKLIST, "services.yml": services})
    wanted = f"`{address}` is not an address; allowed: such as https://example.org/page"
    assert check(root) == (1, [f"services.yml:2:70: {wanted}"])


def test_what_is_no_address_is_refused_in_the_settings(tmp_path: Path) -> None:
    more = "extra_css: ['https://[host]/a.css']\nnav:\n  - index.md\n  - Elsewhere: 'https://[nav]/'\n"
    root = write(tmp_path, {"mkdocs.yml": CONFIG + more, "docs/index.md": "# Home\n"})
    allowed = "allowed: such as https://example.org/page, or a path"
    told = [
        f"mkdocs.yml:5:13: `https://[host]/a.css` is not an address; {allowed}",
        f"mkdocs.yml:8:16: `https://[nav]/` is not an address; {allowed}",
    ]
    assert check(root) == (1, told)
    assert refused(root) == told
