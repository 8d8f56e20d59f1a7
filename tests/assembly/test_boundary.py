"""Text from many hands stays text: hostile text in every field of every model, on every kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown import Markdown
from markupsafe import Markup
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from hostile_texts import ID
from opsbook.assembly.site import make_site
from opsbook.graph import Graph
from opsbook.mkdocs import defaults
from opsbook.mkdocs.keeping import NAME, Keeping
from opsbook.nouns.macro.calls import CallSite
from opsbook.nouns.macro.macros import MACROS
from opsbook.nouns.term.model import Term
from opsbook.nouns.term.pages import hover_texts
from opsbook.site.filling import fill_html, fill_markdown
from opsbook.site.kept import Body, Keeper, Kept, without_tokens
from opsbook.site.language import SiteLanguage
from opsbook.site.page import Page
from probes import Filler, hostile_graph

PROSE = frozenset(
    {
        "Guide.markdown",
        "Track.introduction",
        "Moment.text",
        "PostMortemSection.markdown",
        "Prose.markdown",
        "Runbook.free_text",
        "RunbookSection.intro",
        "Step.title",
        "WrittenPage.markdown",
    }
)
"""Markdown that an author writes for a page: what it says may take any form, but for what could act."""
DESCRIPTIONS = frozenset(
    {
        "Api.description",
        "Api.summary",
        "RequestBody.description",
        "Field.description",
        "OperationGroup.description",
        "Operation.description",
        "Operation.summary",
        "Response.description",
        "Scheme.description",
        "Scheme.scopes",
        "Server.description",
        "Shape.description",
    }
)
"""Markdown of an OpenAPI file, of which the engine makes HTML that knows no elements of others."""
NOT_SHOWN = frozenset(
    {
        "AccessRole.groups",
        "AccessRole.iam",
        "AccessRole.rbac",
        "Checklist.description",
        "Checklist.efforts",
        "Checklist.levels",
        "Checklist.priorities",
        "Cluster.hints",
        "Drawing.dot",
        "Edge.hints",
        "Fact.latest",
        "Fact.line",
        "Fact.matches",
        "Fact.others",
        "Node.hints",
        "Node.kind",
        "Standard.prefix",
        "Template.name",
        "Track.path",
        "UpstreamList.address",
        "UpstreamList.version",
        "UpstreamList.preset",
        "UpstreamList.items",
        "UpstreamList.sheet",
        "UpstreamList.columns",
        "UpstreamList.base",
        "Gap.message",
        "Alert.annotations",
        "Alert.expression",
        "Alert.labels",
        "Alert.url",
        "Api.file",
    }
)
"""What the body of no page shows: the engine judges by it, names a file in a message, puts it into a download, or
quotes it in an address."""


class Seen(HTMLParser):
    """All that a page holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.values: list[str] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()
        self.text = "\n".join(" ".join(each.split()) for each in ("".join(self.pieces), *self.values))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}
        self.values += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> MkDocsConfig:
    """The configuration of a site, as the engine fills it in."""
    folder = tmp_path_factory.mktemp("probe")
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: Probe\ntheme: material\nplugins: []\n", "utf-8")
    config = load_config(config_file=str(folder / "mkdocs.yml"))
    defaults.apply(config, SiteLanguage())
    return config


@pytest.fixture(scope="module")
def filler() -> Filler:
    return Filler()


@pytest.fixture(scope="module")
def graph(filler: Filler) -> Graph:
    return hostile_graph(filler)


def built(config: MkDocsConfig, graph: Graph, page: Page) -> str:
    """`page` as the site has it."""
    keeping = Keeping()
    defaults.register_abbreviations(config, hover_texts(graph.all(Term)))
    keeping.install(config)
    keeping.add(page)
    keeping.begin(page.path)
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs).convert(page.markdown)


def built_elsewhere(config: MkDocsConfig, markdown: str) -> str:
    """What another engine makes of `markdown`, with the extensions that a site has and none of ours."""
    names = [name for name in config.markdown_extensions if not name.startswith("opsbook.")]
    settings = {name: value for name, value in config.mdx_configs.items() if name != NAME}
    return Markdown(extensions=names, extension_configs=settings).convert(markdown)


def linked(page: Page) -> Kept:
    """The engine's own HTML on `page` as the site has it."""
    keeping = Keeping()
    keeping.add(page)
    return keeping.kept(page.path)


def distinct(pages: Iterable[Page]) -> Iterator[Page]:
    """`pages`, each once: many differ in what they do not show."""
    yield from {page.body.markdown: page for page in pages}.values()


def is_harmless(seen: Seen) -> bool:
    return not any("probe" in name or name.startswith("on") or name in ("script", "style") for name in seen.names)


def unread(fields: dict[str, list[str]], seen: list[Seen]) -> set[str]:
    """The fields whose text no page shows as it is written."""
    text = "\n".join(each.text for each in seen)
    return {name for name, texts in fields.items() if not any(" ".join(each.split()) in text for each in texts)}


def test_no_field_of_any_model_becomes_markup_and_each_reads_as_written(
    config: MkDocsConfig, filler: Filler, graph: Graph
) -> None:
    pages = [(page, Seen(built(config, graph, page))) for page in distinct(make_site(graph).pages)]
    assert [(page.path, seen.names) for page, seen in pages if not is_harmless(seen)] == []
    fields = {name: texts for name, texts in filler.fields.items() if name not in PROSE | DESCRIPTIONS}
    assert unread(fields, [seen for _, seen in pages]) == NOT_SHOWN


def test_what_the_walk_takes_for_prose_or_unshown_is_a_field(filler: Filler, graph: Graph) -> None:
    assert graph
    assert filler.fields.keys() >= PROSE | DESCRIPTIONS | NOT_SHOWN


def test_no_field_becomes_markup_where_another_engine_reads_the_pages(config: MkDocsConfig) -> None:
    filler = Filler(PROSE)
    graph = hostile_graph(filler)
    written = [(page, fill_markdown(page.markdown, linked(page))) for page in distinct(make_site(graph).pages)]
    pages = [(page, Seen(built_elsewhere(config, markdown))) for page, markdown in written]
    assert [(page.path, seen.names) for page, seen in pages if not is_harmless(seen)] == []
    fields = {name: texts for name, texts in filler.fields.items() if name not in PROSE | DESCRIPTIONS}
    assert unread(fields, [seen for _, seen in pages]) == NOT_SHOWN


CALLS: dict[str, dict[str, Any]] = {
    "alert": {"name": "First"},
    "diagram": {"id": ID},
    "fact": {"id": ID},
    "template": {"name": ID},
    "file_keys": {"kind": "page"},
}
CALLING = "A {0} b.\n\n{0}\n\n- {0}\n\n| a | b |\n| - | - |\n| {0} | x |\n\n!!! note\n    {0}\n\n# T {0}\n"


@pytest.mark.parametrize("name", MACROS)
def test_what_a_macro_shows_is_text_wherever_it_is_called(name: str, config: MkDocsConfig, graph: Graph) -> None:
    keeper = Keeper()
    shown = MACROS[name](CallSite(graph, "page.md", keeper), **CALLS.get(name, {}))
    markdown = CALLING.format(shown) + f'\n[a]({shown}) ![{shown}](x.png "{shown}")\n'
    keeping = Keeping()
    keeping.install(config)
    keeping.begin("page.md").kept.update(keeper.kept)
    md = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    kept = keeping.kept("page.md")
    here, elsewhere = md.convert(markdown), built_elsewhere(config, fill_markdown(CALLING.format(shown), kept))
    (html,) = (fragment.html for fragment in kept.values())
    assert is_harmless(Seen(here))
    assert is_harmless(Seen(elsewhere))
    assert here.count(html) == 6
    assert Seen(elsewhere).names >= Seen(html).names
    assert "\ufdd0" not in here + elsewhere + str(getattr(md, "toc_tokens", ""))


def test_nobody_forges_a_token() -> None:
    kept = Keeper()
    token = kept.keep(Markup("<b>x</b>"))
    digest = token.strip("\ufdd0\ufdd1")
    keeping = Keeping()
    keeping.begin("page.md").kept.update(kept.kept)
    for opening, closing in (("&#xFDD0;", "&#xfdd1;"), ("&#64976;", "&#064977"), ("&#X0fdD0", "&#XFDD1;")):
        assert "<b>" not in keeping.html(f"<p>{opening}{digest}{closing}</p>")
    assert keeping.html(f"<p>{token}</p>") == "<p><b>x</b></p>"
    assert keeping.html(f'<p title="{token}">\ufdd0{"0" * 39}\ufdd1</p>') == '<p title="x"></p>'
    assert without_tokens(f"a{token}") == f"a\ufffd{digest}\ufffd"


def test_a_block_needs_no_paragraph_and_a_heading_takes_attributes() -> None:
    kept = Keeper()
    block, inline = kept.keep(Markup("<ul><li>x</li></ul>")), kept.keep(Markup("<b>y</b>"))
    attributes = kept.attributes({"class": "ob-step", "data-ob-step": 3})
    assert fill_html(f"<p>{block}\n{inline}</p>", kept.kept) == "<ul><li>x</li></ul>\n<p><b>y</b></p>"
    assert fill_html(f"<p>a {inline}</p>", kept.kept) == "<p>a <b>y</b></p>"
    heading = fill_html(f'<h3 id="a">{attributes}3. A</h3>', kept.kept)
    assert heading == '<h3 class="ob-step" data-ob-step="3" id="a">3. A</h3>'
    written = fill_markdown(f"### {attributes}3. A {{: #a }}\n", kept.kept)
    assert written == '### 3. A {: #a class="ob-step" data-ob-step="3" }\n'
    with pytest.raises(ValueError, match="no words"):
        kept.attributes({"class": 'x" data-probe="'})


def test_the_pages_of_a_folder_for_raw_html_are_not_cleaned() -> None:
    keeping = Keeping(lambda path: path.startswith("raw/"))
    keeping.add(Page("raw/runbook.md", "", Body("")))
    keeping.add(Page("raw/guide.md", "", Body(""), source="raw/guide.md"))
    raw, clean = "<p data-probe>x</p>", "<p>x</p>"
    for path, expected in (("raw/a.md", raw), ("raw/guide.md", raw), ("raw/runbook.md", clean), ("a.md", clean)):
        keeping.begin(path)
        assert keeping.html("<p data-probe>x</p>") == expected
