"""Each field of each model is of use: a page reads it, and an id in it is held to what there is.

A field that is left out of the template, or an id that says of nothing whose it is, loads and builds like any other.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, StringConstraints

from opsbook.assembly.kinds import SCHEMAS
from opsbook.assembly.site import make_site
from opsbook.source.fields import SLUG_PATTERN
from opsbook.source.keys import key_sections
from opsbook.source.references import Former, Id, Names, Unique
from page_links import leading_fields
from probes import LOADED, Filler, hostile_graph, is_model, models_below, parts

BY_GRAPH = {"Service.escalation"}
"""What names something without a page of its own, and is looked up in the graph alone."""
JUDGED = {
    "AccessRole.groups",
    "AccessRole.iam",
    "AccessRole.rbac",
    "Checklist.upstream",
    "Drawing.complete",
    "Drawing.line",
    "Evidence.contains",
    "Fact.fields",
    "Fact.latest",
    "Fact.line",
    "Fact.npm",
    "Fact.others",
    "Fact.pypi",
    "LintWaiver.reason",
    "LintWaiver.rule",
    "LintWaiver.step",
    "LintWaiver.until",
    "Runbook.waivers",
    "UpstreamList.address",
    "UpstreamList.version",
    "UpstreamList.preset",
    "UpstreamList.items",
    "UpstreamList.sheet",
    "UpstreamList.columns",
    "UpstreamList.base",
}
"""What checks, updates and `opsbook facts --outdated` alone go by, and what is read in place of a page."""
BEFORE = {"Cluster.hints", "Cluster.line", "Edge.hints", "Edge.line", "Node.hints", "Node.kind", "Node.line"}
"""What a drawing is laid out by, before pages are made."""


def test_every_field_is_read_where_pages_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = hostile_graph(Filler())
    unread: set[str] = set()

    def watch(model: type[BaseModel], name: str) -> None:
        field = f"{model.__name__}.{name}"
        unread.add(field)

        def read(instance: BaseModel) -> object:
            unread.discard(field)
            return instance.__dict__[name]

        monkeypatch.setattr(model, name, property(read), raising=False)

    for model in models_below(*LOADED):
        for name, hint in typing.get_type_hints(model, include_extras=True).items():
            if name in model.model_fields and not is_node(hint, model.model_fields[name].metadata):
                watch(model, name)
    _, led = leading_fields(graph, make_site(graph))
    assert unread - led == JUDGED | BEFORE | BY_GRAPH, "a page reads each field, or leads to what it names"


def is_node(hint: typing.Any, metadata: list[object]) -> bool:
    """Whether a field is, or holds, what the graph has as a node: an id, former ids, or models with an id."""
    found = list(parts(hint))
    held = [field for part in found if is_model(part) for field in part.model_fields.values()]
    marks = [*metadata, *(mark for part in found for mark in typing.get_args(part)[1:])]
    return any(isinstance(mark, Id | Former) for mark in marks) or any(
        isinstance(mark, Id) and not mark.is_local for field in held for mark in field.metadata
    )


def test_every_id_in_a_file_says_whose_it_is() -> None:
    unmarked: set[str] = set()
    for model in models_below(*(file.model for file in SCHEMAS.values())):
        for name, hint in typing.get_type_hints(model, include_extras=True).items():
            field = model.model_fields.get(name)
            if field and any(is_unmarked([*typing.get_args(part)[1:], *field.metadata]) for part in annotated(hint)):
                unmarked.add(f"{model.__name__}.{name}")
    # The name of a step is looked for in the text of the same runbook. An area that an item has left may be gone.
    assert unmarked == {"LintWaiver.step", "Item.former_areas"}


def test_every_key_of_a_file_says_what_it_means() -> None:
    keys = {
        f"{section.name}.{key.name}": key.meaning
        for file in SCHEMAS.values()
        for section in key_sections(file.model)
        for key in section.keys
    }
    assert [name for name, meaning in keys.items() if not meaning] == [], "give the field a `description`"


def test_no_key_of_a_file_takes_a_text_of_any_form() -> None:
    free: set[str] = set()
    for model in models_below(*(file.model for file in SCHEMAS.values())):
        for name, hint in typing.get_type_hints(model, include_extras=True).items():
            found = list(parts(hint))
            limited = [typing.get_args(part)[0] for part in found if typing.get_origin(part) is typing.Annotated]
            if name in model.model_fields and found.count(str) > limited.count(str):
                free |= set() if model.model_fields[name].metadata else {f"{model.__name__}.{name}"}
    assert free == set(), "take `OneLine`, `Text` or another kind of text of `source/fields.py`"


def annotated(hint: typing.Any) -> Iterator[typing.Any]:
    """The parts of `hint` that have the form of an id."""
    for part in parts(hint):
        if typing.get_origin(part) is typing.Annotated and any(map(is_form, typing.get_args(part)[1:])):
            yield part


def is_form(mark: object) -> bool:
    return isinstance(mark, StringConstraints) and mark.pattern == SLUG_PATTERN


def is_unmarked(marks: list[object]) -> bool:
    return not any(isinstance(mark, Unique | Names) for mark in marks)
