"""Whatever writes a page: no value stands in an attribute, or in Markdown, without a gate of `text` before it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import opsbook
from opsbook.site.language import SiteLanguage
from opsbook.site.render import _environment

FOLDER = Path(opsbook.__file__).parent
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("**/templates/*"))
_WRITERS = (path for path in FOLDER.glob("**/*.py") if re.search(r"^from opsbook\.site", path.read_text("utf-8"), re.M))
MODULES = sorted(path.relative_to(FOLDER).as_posix() for path in _WRITERS)
"""The modules that write pages: all that take something from the room of pages."""

ELEMENT = re.compile(r"<[a-z]+ [a-z-]+=[^>]*>|</[a-z]+>")
GATES = {"site/text.py", "site/filling.py", "site/gone.py", "offline/footer.py"}
"""The modules that put text from many hands into a page, or find a place in a finished one, know elements by name."""
PICTURES = {"nouns/drawing/cards.py", "nouns/drawing/legend.py", "nouns/drawing/svg.py"}
"""The modules that write the picture of a drawing, which is hardly anything but computed places."""

IN_ATTRIBUTES = re.compile(r"url\([^|]*\)|.*\| (?:attribute|href|svg_length)")
IN_MARKDOWN = re.compile(
    r".*\| (?:markdown|handwritten|anchor|fence\(\"\w+\"\))|step\.number|module|\"[^\"]*\""
    r"|_\(\"[^\"]*\"\)|.*\| translated(?: if .* else .*\| markdown)?"
    r"|keeper\.attributes\(\{.*\}\)|prose\(.*, keeper\)|text"
)
"""Gates; numbers and words of the engine's own; what a function wrote with a keeper, gates included."""


def places(markup: str, state: str = "text") -> Iterator[tuple[str, str]]:
    """Each character of `markup` with where it is: in text, in a tag or in the value of an attribute."""
    for character in markup:
        yield character, state
        if state == "text" and character == "<":
            state = "tag"
        elif state == "tag" and character in '>"':
            state = "text" if character == ">" else "value"
        elif state == "value" and character == '"':
            state = "tag"


def expressions(name: str) -> Iterator[tuple[str, str]]:
    """Each expression of a template with where it is: `markdown` is outside of the HTML.

    What stands for a value in a sentence of the catalogs is the expression that `trans` gives for it.
    """
    source = (FOLDER / name).read_text("utf-8")
    in_html, state, inside = not name.endswith(".md"), "text", ""
    block: list[str] = []
    bound: dict[str, str] = {}
    for _, kind, value in _environment(SiteLanguage()).lex(source):
        if kind == "data" and in_html:
            state = [*places(value + " ", state)][-1][1]
        elif kind == "data":
            assert not re.search(r"<[a-z/]", value), f"{name}: HTML outside of the block `html`: {value}"
        elif kind in ("variable_begin", "block_begin"):
            block, inside = [], kind
        elif kind == "block_end" and block[0] in ("html", "endhtml"):
            in_html = block[0] == "html"
        elif kind == "block_end" and block[0] == "trans":
            said = "".join(block[2:])
            bound = {name: text.strip().removesuffix(",") for name, text in re.findall(r"(\w+)=(.*?)(?=\w+=|$)", said)}
        elif kind == "variable_end":
            text = "".join(block).strip()
            yield bound.get(text, text), state if in_html else "markdown"
        elif inside and (kind != "whitespace" or block):
            block.append(" " if kind == "whitespace" else value)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_lets_no_value_past_the_gates(name: str) -> None:
    found = list(expressions(name))
    assert [text for text, place in found if place == "value" and not IN_ATTRIBUTES.fullmatch(text)] == []
    assert [text for text, place in found if place == "markdown" and not IN_MARKDOWN.fullmatch(text)] == []
    assert [text for text, place in found if place == "tag" and text != "english_here"] == []
    assert [text for text, _ in found if re.search(r"\| *safe", text)] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_leaves_html_to_the_templates(name: str) -> None:
    tree = ast.parse((FOLDER / name).read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said]
    found = [(name, node.lineno, node.value) for node in texts if ELEMENT.search(str(node.value))]
    assert found == [] or name in GATES | PICTURES
