"""What the engine relies on in libraries beside the site engine, though they do not document it, is still so.

`tests/mkdocs/test_compat.py` does the same for MkDocs, Material, mkdocs-macros and Jinja. A test that fails here after
an upgrade names the module to look at; the address in it leads to the code that it was written for.
"""

from __future__ import annotations

import inspect
import re
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import diagrams
import graphviz
import markdown
import pytest
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.toc import TocExtension
from mkdocs.utils import get_theme_dir
from pglast import parser
from pydantic import BaseModel, ValidationError
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES

from opsbook.mkdocs import hover, keeping
from opsbook.nouns.api import official
from opsbook.source import messages


def priorities(md: markdown.Markdown) -> dict[str, float]:
    """The number of each tree processor: the higher comes first."""
    registry: Any = md.treeprocessors
    return {item.name: item.priority for item in registry._priority}


def test_abbreviations_are_marked_before_and_headings_read_after_the_first_of_each_is_chosen() -> None:
    """Keeps `mkdocs/hover.py`."""
    md = markdown.Markdown(extensions=[AbbrExtension(), TocExtension(), hover.makeExtension()])
    numbers = priorities(md)
    assert numbers["abbr"] > numbers["opsbook-hover"] > numbers["toc"]


def test_pages_are_cleaned_after_every_other_step_and_in_each_heading() -> None:
    """Keeps `mkdocs/keeping.py`."""
    others = ("admonition", "md_in_html", "pymdownx.superfences", "pymdownx.highlight")
    md = markdown.Markdown(extensions=[*others, keeping.makeExtension()])
    assert list(md.postprocessors)[-1].__class__ is keeping.Finish
    assert "md.postprocessors" in inspect.getsource(inspect.getmodule(TocExtension) or TocExtension)


def test_markdown_reads_html_in_two_steps_that_can_be_taken_out() -> None:
    """Keeps `nouns/api/descriptions.py`."""
    md = markdown.Markdown()
    assert "html_block" in md.preprocessors
    assert "html" in md.inlinePatterns
    numbers = priorities(md)
    assert numbers["inline"] > 15 > numbers["prettify"]


class Colour(Enum):
    """Three values with the words and signs that a list could be cut at."""

    RED = "red"
    ORANGE = "or-ange"
    BLUE = "blue"


class Choice(BaseModel):
    """A field for each kind of choice."""

    colour: Colour
    size: Literal["s", "m", "l"]


def test_pydantic_names_the_allowed_values_in_one_phrase() -> None:
    """Keeps `source/messages.py`."""
    with pytest.raises(ValidationError) as raised:
        Choice.model_validate({"colour": "x", "size": "x"})
    phrases = [detail["ctx"]["expected"] for detail in raised.value.errors()]
    assert [messages._words(phrase) for phrase in phrases] == [["red", "or-ange", "blue"], ["s", "m", "l"]]


def test_a_lexer_gives_offsets_and_the_whole_text() -> None:
    """Keeps `nouns/runbook/commands.py`."""
    code = "\n  kubectl get pods # é\n\n"
    tokens = list(get_lexer_by_name("bash").get_tokens_unprocessed(code))
    assert "".join(text for _, _, text in tokens) == code
    assert all(code[start:].startswith(text) for start, _, text in tokens)
    assert all(kind in STANDARD_TYPES or kind.parent for _, kind, _ in tokens)


def test_the_official_schemas_lie_where_they_are_read() -> None:
    """Keeps `nouns/api/official.py`."""
    assert official._schema("3.0")["properties"]["openapi"]["pattern"].startswith("^3\\.0")
    assert official._schema("3.1")["$id"].startswith("https://spec.openapis.org/oas/3.1/schema/")
    assert official._schema("3.2")["$id"].startswith("https://spec.openapis.org/oas/3.2/schema/")


def test_pglast_says_where_a_statement_stops_being_one() -> None:
    """Keeps `snippets/sql.py`: its errors are a message and an offset in characters, or none at the end of the text."""
    with pytest.raises(parser.ParseError) as raised:
        parser.parse_sql("SELECT 'é'; SELEC 1")
    assert raised.value.args == ('syntax error at or near "SELEC"', 12)
    with pytest.raises(parser.ParseError) as raised:
        parser.parse_sql("SELECT FROM a WHERE")
    assert raised.value.args == ("syntax error at end of input", None)


def test_diagrams_tells_what_is_drawn_by_the_names_that_are_watched() -> None:
    """Keeps `nouns/drawing/record.py`, `recorder.py` and `nodes.py`."""
    node, cluster = inspect.getsource(diagrams.Node), inspect.getsource(diagrams.Cluster)
    assert "self._attrs.update(attrs)" in node
    assert "self._cluster = getcluster()" in node
    assert "self._parent = getcluster()" in cluster
    assert diagrams.Node._icon is None
    diagram = inspect.signature(diagrams.Diagram.connect).parameters
    assert list(diagram) == ["self", "node", "node2", "edge"]
    assert {"graph_attr", "curvestyle", "name", "direction"} <= set(inspect.signature(diagrams.Diagram).parameters)
    assert callable(diagrams.setdiagram)
    source = inspect.getsource(diagrams.Diagram)
    assert "self.render()" in source
    assert "self.dot.render(" in source
    for kind in (graphviz.Digraph, graphviz.Graph):
        assert all(callable(getattr(kind, name)) for name in ("render", "view", "save", "pipe"))


def test_the_search_worker_of_the_theme_has_the_name_and_the_messages_that_are_expected() -> None:
    """Keeps `web/workers/opsbook.js` and `web/assets/iframe-worker.js`."""
    (worker,) = (Path(get_theme_dir("material")) / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    text = worker.read_text("utf-8")
    assert "lunr" in text
    assert "stopWordFilter" in text
    assert re.search(r"case 2:[^;]{1,20};try\{return\{type:3,data:", text)
    assert "self.lunr=" in text
    assert "this.invertedIndex" in text
    assert "Builder.prototype.build=function(" in text
    assert "Pipeline.prototype.runString=function(" in text
    assert '"IFrameWorker"in parent){let ' in text
    assert '("script[src]")' in text


def test_the_theme_tells_of_each_page_and_sets_every_address_of_it_anew() -> None:
    """Keeps `web/assets/page.js`, and `HREF` in `nouns/drawing/cards.py`."""
    (bundle,) = (Path(get_theme_dir("material")) / "assets" / "javascripts").glob("bundle.*.min.js")
    text = bundle.read_text("utf-8")
    assert "window.document$=" in text
    assert '"[data-md-component=container]"' in text
    assert re.search(r'"\[href\], \[src\]",\w\)\)for\(let \w of\["href","src"\]\)', text)
