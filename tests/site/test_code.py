"""Blocks of code as HTML, and what of a session the button of the theme copies."""

from __future__ import annotations

import html
import re

import pytest
from markdown import markdown
from pygments.lexers import get_all_lexers
from pygments.token import Generic

from opsbook.site.code import SESSIONS, block_html, highlighted, tokens
from opsbook.site.sessions import with_commands

EXTENSIONS = ["pymdownx.superfences", "pymdownx.highlight"]
OPTIONS = {"pymdownx.highlight": {"anchor_linenums": False, "pygments_lang_class": True}}
ALIASES = [aliases[0] for _, aliases, _, _ in get_all_lexers() if aliases]
CODES = (
    "$ a\nb",
    "$ ssh bridge.example.org",
    "$ kubectl get nodes\nn1 Ready",
    "shop=# select 1;\n ?column?\n----------\n        1\n(1 row)\n",
    "sqlite> .tables\nt\n",
    "PS C:\\> Get-Item x\nx",
    "> 1\n[1] 1",
    ">>> a\n1\n>>> ",
    "",
    "\n\n",
    "  x\n\n",
    "\ta\r\n\tb",
    "\\begin{code}\nmain = x\n\\end{code}\n",
    "<a href='x'>&amp;\"</a>",
)


def shown(code: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", code))


def test_the_text_of_a_block_is_its_source_in_every_language() -> None:
    wrong = [(alias, code) for alias in ALIASES for code in CODES if shown(highlighted(code, alias)) != code]
    assert not wrong


def test_a_session_is_coloured_and_has_no_button_of_its_own() -> None:
    block = block_html("$ kubectl get nodes\nn1 Ready", "console")
    assert '<span class="gp">$ </span>' in block
    assert "data-ob-command" not in block
    assert "data-ob-command" in block_html("a: 1", "yaml")


@pytest.mark.parametrize(
    ("language", "code", "commands"),
    [
        ("console", "$ kubectl get pods\nNAME  READY\nshop  1/1", "kubectl get pods"),
        ("console", "$ a\n1\n\n$ b <x>\n2", "a\nb <x>"),
        ("console", "$ a \\\n>   -l\n$ b \\\n  -l\nprinted", "a \\\n  -l\nb \\\n  -l"),
        ("shell-session", "root@shop:~# ls\na", "ls"),
        ("psql", "shop=# select 1\nshop-# from t;\n 1\n(1 row)", "select 1\nfrom t;"),
        ("sqlite3", "sqlite> select 1;\n1", "select 1;"),
        ("pwsh-session", "PS C:\\> Get-Item x\nx", "Get-Item x"),
        ("doscon", "C:\\>dir /x\n a", "dir /x"),
        ("pycon", ">>> for a in b:\n...     a\n...\n1\n>>> 1/0\nTraceback (most recent call last):\n  File", None),
    ],
)
def test_what_is_copied_of_a_session_are_its_commands(language: str, code: str, commands: str | None) -> None:
    (found,) = re.findall(r'<pre data-copy="([^"]*)">', with_commands(rendered(language, code)))
    assert html.unescape(found) == (commands or "for a in b:\n    a\n1/0")


def test_what_was_printed_alone_has_no_button_and_other_code_is_left_alone() -> None:
    assert '<pre class="no-copy">' in with_commands(rendered("console", "n1 Ready"))
    assert '<pre class="no-copy">' in with_commands(rendered("output", "n1 Ready"))
    for language in ("bash", "diff", "pytb", "text"):
        code = rendered(language, "$ a\n- b\nTraceback (most recent call last):\n  File")
        assert with_commands(code) == code


def test_a_block_that_holds_a_session_is_none() -> None:
    code = rendered("markdown", "```console\n$ a\nb\n```\n\n```output\nb\n```".replace("```", "~~~"))
    assert with_commands(code) == code


def test_every_language_with_prompts_is_known() -> None:
    texts = ("$ a\nb\n", "> 1\n[1] 1\n", "x=# select 1;\n 1\n", ">>> a\n1\n", "1> a.\nb\n", "C:\\> dir\n")
    kinds = {alias: {kind for text in texts for kind, _ in tokens(text, alias)} for alias in ALIASES}
    assert {alias for alias, found in kinds.items() if found & {Generic.Prompt, Generic.Output}} == SESSIONS


def rendered(language: str, code: str) -> str:
    return markdown(f"```{language}\n{code}\n```", extensions=EXTENSIONS, extension_configs=OPTIONS)
