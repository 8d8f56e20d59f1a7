"""The page's scripts as code: small, without a comment for readers of the page, and of one mind with the engine."""

from __future__ import annotations

import fnmatch
import gzip
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_javascript

from opsbook import web
from opsbook.cli.postmortem import file_name
from opsbook.site.page import Asset
from opsbook.web.comments import strip_comments
from page_scripts import results

WEB = Path(web.__file__).parent
SCRIPTS = sorted([*WEB.glob("assets/*.js"), *WEB.glob("workers/*.js")])
BUDGETS = {"/opsbook/*.js": 25_000, "/workers/*.js": 12_000, "*.css": 11_000}
"""Bytes of the scripts of pages, of the search, which runs beside them, and of all styles, as a server sends them."""
TITLES = [
    "Orders down",
    "Orders: “éclair” unreachable",
    "e\u0301claire",
    "ÅNGSTRÖM \u212b \u212a İstanbul STRASSE Straße",
    "ﬁle ½ x² ①",
    "Ωmega Шлюз 订单",
    "🚢",
    "---",
    "!!! <i data-probe> ../../x \\ :",
    "one two three four five six seven eight nine",
    f"{'long' * 30} {'word' * 30}",
    f"{'a' * 99} b c",
]


def sent(asset: Asset) -> int:
    """Return how many bytes of `asset` go over the wire."""
    content = asset.content.encode() if isinstance(asset.content, str) else asset.content
    return len(gzip.compress(content, mtime=0))


@pytest.mark.parametrize("files", BUDGETS)
def test_scripts_and_styles_keep_to_their_budget(files: str, record_property: Callable[[str, object], None]) -> None:
    size = sum(sent(asset) for asset in web.assets() if fnmatch.fnmatch(asset.path, f"*{files}"))
    budget = BUDGETS[files]
    record_property(f"size of all {files}", f"{size / 1000:.1f} of {budget / 1000:.0f} KB, gzip")
    assert size <= budget


def tokens(text: str) -> list[bytes]:
    """Return the words of a script, none of its comments and line ends among them."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_javascript.language()))
    root = parser.parse(text.encode()).root_node
    assert not root.has_error
    return list(leaves(root))


def leaves(node: tree_sitter.Node) -> Iterator[bytes]:
    """Yield the text of each smallest part of `node` that is code."""
    if not node.children and node.type != "comment":
        yield node.text or b""
    for child in node.children:
        yield from leaves(child)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_script_loses_its_comments_and_nothing_else(script: Path) -> None:
    text = script.read_text("utf-8")
    shipped = strip_comments(text)
    assert tokens(shipped) == tokens(text)
    assert [line for line in shipped.splitlines() if line.lstrip().startswith(("//", "/*", "* "))] == []


def test_a_post_mortem_has_one_name_on_the_page_and_on_the_command_line(tmp_path: Path) -> None:
    """The page names the file that it saves; `opsbook post-mortem new` writes one: both lead to the same address."""
    chance = random.Random(20261130)
    letters = "aZ09 -_.:/'“éÄßœŁ½ﬁ\u0301Ωж中\u00a0🚢"
    titles = [*TITLES, *("".join(chance.choices(letters, k=chance.randint(1, 60))) for _ in range(500))]
    calls = [({"title": title, "detected": "2026-11-23T03:12Z"},) for title in titles]
    names = results(tmp_path, "post-mortem-draft.js", "fileName", calls)
    assert names == [file_name(title, datetime(2026, 11, 23)) for title in titles]


def test_the_name_of_a_post_mortem_starts_with_the_day_on_which_it_began(tmp_path: Path) -> None:
    times = {"started": "2026-11-22T23:50Z", "detected": "2026-11-23T03:12Z"}
    [name] = results(tmp_path, "post-mortem-draft.js", "fileName", [({"title": "Orders down", **times},)])
    assert name == "2026-11-22-orders-down.md"
