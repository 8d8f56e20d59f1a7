"""What each kind of `assembly.kinds` has to declare, held against what it reads and what is made of it.

A kind that leaves something out still loads and builds: its files have no schema, a change in them is not seen, its
pages land among the rest. So this goes over all kinds, those that somebody adds later too.
"""

from __future__ import annotations

import ast
import os
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

import opsbook
from each_noun import OF_EACH_NOUN
from hostile_texts import FORMER
from opsbook import nouns
from opsbook.assembly.interface import interface
from opsbook.assembly.kinds import KINDS, NODE_KINDS, SCHEMAS
from opsbook.assembly.site import Site, make_site
from opsbook.assembly.tree import FILES, WITH_PROSE
from opsbook.graph import Graph
from opsbook.nouns.kind import Kind, Loaded, Project, former_path
from opsbook.nouns.page.model import WrittenPage
from opsbook.site.links import source_of
from opsbook.site.page import HOME, NavEntry
from opsbook.source.references import FieldMark, Former, Id, marked
from opsbook.source.tree import YamlDocument
from page_links import leading_fields, links_of
from probes import LOADED, Filler, hostile_graph, models_below
from small_site import write

BY_NAME = [pytest.param(kind, id=kind.name) for kind in KINDS]


ALSO_READ = {
    "facts.yml": "facts: [{id: a, title: A, value: eu, source: 'https://example.org/', reviewed: 2026-11-30}]\n",
    "services.yml": OF_EACH_NOUN["services.yml"] + "roles: [{id: reader, title: A, ask: B., rbac: [view]}]\n",
    "docs/practices/one/first.md": "## Why it matters\n\nIt is first.\n",
    "docs/templates/note.md": "# Note\n",
}
"""Files of nouns that no page of `OF_EACH_NOUN` needs."""


def made_up() -> Iterator[tuple[str, str]]:
    """A file with every key for each schema of one file that stands in neither of the two."""
    for schema in SCHEMAS.values():
        is_file = re.fullmatch(r"(docs/)?[\w-][\w.-]*\.yml", schema.place)
        if is_file and not {schema.place} & {*OF_EACH_NOUN, *ALSO_READ}:
            value = Filler().instance(schema.model)
            yield schema.place, yaml.safe_dump(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))


@dataclass(frozen=True)
class Read:
    """What a kind makes of a handbook, and the files of it that it opened for that."""

    loaded: Loaded
    files: tuple[str, ...]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """What every kind reads of a handbook with something of each noun, by its name."""
    root = write(tmp_path_factory.mktemp("each-noun"), {**OF_EACH_NOUN, **ALSO_READ, **dict(made_up())})
    project = Project(root, root / "docs", interface=interface())
    opened: list[str] = []
    hears = True

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if hears and event == "open" and isinstance(arguments[0], str | os.PathLike):
            opened.append(os.fspath(arguments[0]))

    sys.addaudithook(hear)  # Which stays as long as the process does.
    found: dict[str, Read] = {}
    for kind in KINDS:
        opened.clear()
        loaded = kind.load(project)
        found[kind.name] = Read(loaded, tuple(_below(root, opened)))
    hears = False
    return found


def _below(root: Path, opened: list[str]) -> Iterator[str]:
    """The files of a project among those that are `opened`: the engine and its libraries may lie below `root` too."""
    libraries = [Path(opsbook.__file__).resolve().parent, Path(sys.prefix).resolve()]
    for file in (Path(name).resolve() for name in opened):
        if file.is_relative_to(root.resolve()) and not any(map(file.is_relative_to, libraries)):
            yield file.relative_to(root.resolve()).as_posix()


def is_under(path: str, names: tuple[str, ...]) -> bool:
    """Whether `path` is one of `names`, or in one that is a folder, whose name ends with a slash or is empty."""
    return any(path.startswith(name) if name.endswith("/") or not name else path == name for name in names)


def test_every_folder_of_a_noun_is_a_kind() -> None:
    folders = {file.parent.name for file in Path(next(iter(nouns.__path__))).glob("*/__init__.py")}
    assert folders == {kind.name for kind in KINDS}


@pytest.mark.parametrize("kind", BY_NAME)
def test_a_change_of_what_a_kind_reads_is_seen(kind: Kind, read: dict[str, Read]) -> None:
    files = read[kind.name].files
    assert files, f"there is no file of a {kind.name} in `OF_EACH_NOUN`; add one, so that its loader is tried"
    written = [path.removeprefix("docs/") for path in files if path.startswith("docs/")]
    assert [path for path in written if not is_under(path, kind.docs)] == []
    # The text of a post-mortem to start from lies in the folder of another kind, whose watch does for both.
    assert [path for path in files if not path.startswith("docs/") and not is_under(path, FILES)] == []


@pytest.mark.parametrize("kind", BY_NAME)
def test_the_markdown_that_a_kind_reads_is_judged_as_prose(kind: Kind, read: dict[str, Read]) -> None:
    prose = ("docs/", *(f"{folder}/" for folder in WITH_PROSE))
    assert [path for path in read[kind.name].files if path.endswith(".md") and not is_under(path, prose)] == []


@pytest.mark.parametrize("kind", BY_NAME)
def test_what_is_read_from_keys_has_a_schema(kind: Kind, read: dict[str, Read]) -> None:
    records = [record for record in read[kind.name].loaded.records if isinstance(record.places, YamlDocument)]
    known = set(models_below(*(file.model for file in kind.schemas.values())))
    assert {type(record.value).__name__ for record in records if known.isdisjoint(type(record.value).__mro__)} == set()


def test_every_model_that_a_file_is_held_to_has_a_schema() -> None:
    at = {"validate": 0, "load_yaml": 2}
    held: set[str] = set()
    for file in Path(next(iter(nouns.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in at:
                model = node.args[at[node.func.id]]
                held |= {model.id} if isinstance(model, ast.Name) and model.id != model.id.lower() else set()
    assert "Upstream" in held
    assert held - {file.model.__name__ for file in SCHEMAS.values()} == set()


def test_the_hostile_handbook_has_a_value_of_every_class_that_is_loaded(read: dict[str, Read]) -> None:
    loaded = {type(record.value) for each in read.values() for record in each.loaded.records}
    assert {each.__name__ for each in loaded} == {each.__name__ for each in LOADED}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """A handbook in which every field of every model is filled, former ids too."""
    return hostile_graph(Filler())


@pytest.mark.parametrize("kind", BY_NAME)
def test_every_page_of_a_kind_has_a_tab(kind: Kind, graph: Graph) -> None:
    pages = {page.path for plan in kind.pages(graph) for page in plan.make()} - {HOME}
    parts = {part for tab in kind.tabs for part in tab.parts}
    assert {path for path in pages if path.split("/")[0].removesuffix(".md") not in parts} == set()


def paths_of(entries: Iterable[NavEntry]) -> Iterator[str]:
    for entry in entries:
        yield from filter(None, [entry.path])
        yield from paths_of(entry.children)


@pytest.mark.parametrize("kind", BY_NAME)
def test_the_navigation_leads_to_every_page_of_a_kind(kind: Kind, graph: Graph) -> None:
    pages = {page.path for plan in kind.pages(graph) for page in plan.make()}
    entries = set(paths_of(entry for each in KINDS for entry in each.entries(graph)))
    assert pages - entries == set(), "no entry leads to these pages; declare `entries` in the kind"


@pytest.fixture(scope="module")
def site(graph: Graph) -> Site:
    return make_site(graph)


def test_every_node_that_has_an_address_has_a_page_there(graph: Graph, site: Site) -> None:
    made = {page.path for page in site.pages}
    nodes = [node for name in NODE_KINDS for node in graph.nodes(name).values() if type(node.value) is not WrittenPage]
    assert {node.path for node in nodes if node.path and node.path.partition("#")[0] not in made} == set()


def test_every_page_has_a_description(site: Site) -> None:
    assert [page.path for page in site.pages if not page.meta.get("description")] == []


class WithCode(Filler):
    """Makes instances whose titles hold code."""

    def text(self, field: str, metadata: tuple[Any, ...]) -> str:
        return "The `code`" if field.endswith(".title") else super().text(field, metadata)


def test_titles_of_pages_and_entries_hold_no_backticks() -> None:
    graph = hostile_graph(WithCode())
    site = make_site(graph)
    entries = list(site.navigation)
    for entry in entries:
        entries += entry.children
    assert [page.path for page in site.pages if "`" in page.title] == [], "a title of a page goes through `plain`"
    assert [entry.path for entry in entries if "`" in entry.title] == [], "a title of an entry goes through `plain`"


def test_some_page_leads_to_every_node(graph: Graph, site: Site) -> None:
    shown = [fragment.html for page in site.pages for fragment in page.kept.values()]
    linked = {source_of(link) for html in shown for link in re.findall(r'href="([^"]*)"', html)}
    paths = {node.path.partition("#")[0] for name in NODE_KINDS for node in graph.nodes(name).values() if node.path}
    assert (paths & {page.path for page in site.pages}) - linked - {kind.index for kind in NODE_KINDS.values()} == set()


def test_a_kind_whose_pages_have_a_list_says_where_it_is(graph: Graph, site: Site) -> None:
    made = {page.path for page in site.pages}
    of_a_node = {node.path for name in NODE_KINDS for node in graph.nodes(name).values()}
    folders = Counter((name, posixpath.dirname(path)) for name in NODE_KINDS for path in own_pages(graph, name))
    several = {(name, f"{folder}/index.md") for (name, folder), pages in folders.items() if folder and pages > 1}
    told = {(name, kind.index) for name, kind in NODE_KINDS.items() if kind.index}
    assert {index for _, index in told} - made == set()
    assert {(name, index) for name, index in several if index in made - of_a_node} - told == set()


def own_pages(graph: Graph, kind: str) -> Iterator[str]:
    """The addresses of pages that one node of `kind` has to itself."""
    paths = Counter(node.path for node in graph.nodes(kind).values() if node.path)
    yield from (path for path, nodes in paths.items() if nodes == 1 and "#" not in path)


def test_a_page_leads_back_to_whatever_names_it(graph: Graph, site: Site) -> None:
    links = {page.path: links_of(page) for page in site.pages}
    lacking = set()
    for name in NODE_KINDS:
        for node in graph.nodes(name).values():
            for link in graph.links_from(node):
                source, target = link.source.path, link.target.path
                if source in links and target in links and source != target and source not in links[target]:
                    lacking.add((link.source.kind, link.field, link.target.kind))
    assert lacking == set()


def test_a_page_leads_to_what_each_field_names(graph: Graph, site: Site) -> None:
    named, led = leading_fields(graph, site)
    # A phase shows the items of an area that it names, and a link of the made-up items leads to its address instead.
    assert named - led == {"Phase.items", "Place.page"}, "a page leads to what it names, by `url(…)` or under Related"


def kinds_with_aliases(graph: Graph) -> set[str]:
    """The kinds of node with a page whose models have a field for former ids."""
    models = [value for each in LOADED if issubclass(each, BaseModel) for value in graph.all(each)]
    ids = [(found.mark, found.models[-1]) for model in models for found in marked(model)]
    named = {mark.of for mark, model in ids if isinstance(mark, Id) and "aliases" in type(model).model_fields}
    return {name for name in named if NODE_KINDS[name].path}


def test_an_id_that_is_an_address_can_change(graph: Graph) -> None:
    ids = {mark.of for mark in marks_in(graph) if isinstance(mark, Id) and not mark.is_local}
    addresses = {name for name in ids if any(own_pages(graph, name))}
    # A drawing is a script, which has no place for its former names.
    assert addresses - kinds_with_aliases(graph) == {"drawing"}, "the model lacks `aliases`, former ids that lead on"


def marks_in(graph: Graph) -> set[FieldMark]:
    """The marks of all fields that are filled."""
    models = [value for each in LOADED if issubclass(each, BaseModel) for value in graph.all(each)]
    return {found.mark for model in models for found in marked(model)}


def test_every_former_id_leads_on(graph: Graph, site: Site) -> None:
    kinds = kinds_with_aliases(graph)
    nodes = [node for kind in kinds for node in graph.nodes(kind).values() if node.aliases]
    assert {node.kind for node in nodes} == kinds >= {"area", "item", "phase", "runbook", "service", "post-mortem"}
    assert {alias for node in nodes for alias in node.aliases} == {FORMER}
    made = {asset.path for asset in site.assets}
    for node in nodes:
        folder, _, last = (node.path or "").removesuffix(".md").removesuffix("/index").rpartition("/")
        assert last == node.id
        assert f"{folder}/{FORMER}/index.html" in made, node


def test_no_id_takes_the_address_of_a_list(graph: Graph, site: Site) -> None:
    marks = {mark for mark in marks_in(graph) if isinstance(mark, Id | Former) and not mark.is_local}
    made = {page.path for page in site.pages}
    lacking = set()
    for mark in marks - {mark for mark in marks if "index" in mark.reserved}:
        for node in graph.nodes(mark.of).values():
            present = posixpath.join(posixpath.dirname(node.path or ""), "index.md")
            taken = former_path(node.path or "", "index") if isinstance(mark, Former) else present
            if node.path and "#" not in node.path and taken in made and node.path != taken:
                lacking.add((type(mark).__name__, mark.of))
    # Their ids are the names of files, and a file of that name is told what else has its address.
    files = {("Id", "drawing"), ("Id", "post-mortem"), ("Id", "track")}
    assert lacking == files, "the mark needs `reserved=('index',)`"
