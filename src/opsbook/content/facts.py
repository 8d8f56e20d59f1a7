"""Hold what pages, rules and drawings write of a fact to the one value that `facts.yml` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from opsbook.content.model import ContentCheck, HandbookContent
from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.fact.compare import contradicts
from opsbook.nouns.fact.literals import literals
from opsbook.nouns.fact.model import FILE, Fact
from opsbook.problems import Problem
from opsbook.snippets.yaml_tree import SnippetDocument
from opsbook.source.text import end_position

_HISTORY = "post-mortems/"
"""What was written on a day and tells of that day."""


@dataclass(frozen=True)
class _Source:
    """A text with its place: `line` is that of its first line; with `stays`, all of it stands on that line."""

    path: str
    text: str
    line: int = 1
    stays: bool = False
    hidden: frozenset[int] = frozenset()

    def place(self, start: int) -> tuple[int, int]:
        """Return the line and column of the character `start` of the text."""
        if self.stays:
            return self.line, 1
        line, column = end_position(self.text[:start])
        return self.line + line - 1, column


def _find(content: HandbookContent) -> Iterator[Problem]:
    facts = content.graph.all(Fact)
    if not facts:
        return
    for source in _sources(content):
        for fact in facts:
            for found in literals(fact, source.text):
                line, column = source.place(found.start)
                if line not in source.hidden and (message := _fault(fact, found.value, content)):
                    yield Problem(source.path, line, column, message)
    for document in content.documents:
        if not document.snippet.path.startswith(_HISTORY):
            yield from _in_fields(document, facts, content)
            for path, value in document.walk():
                yield from _in_tree(document, path, value, facts, content)


def _sources(content: HandbookContent) -> Iterator[_Source]:
    for page in content.pages:
        if not page.path.startswith(_HISTORY):
            in_fences = {line for fence in page.fences for line in range(fence.line, fence.end_line + 1)}
            yield _Source(page.path, "\n".join(page.lines), hidden=frozenset(page.hidden) - in_fences)
    for file in content.files:
        yield _Source(file.path, file.code)
    for drawing in content.graph.all(Drawing):
        for thing in (*drawing.things, *drawing.edges):
            if thing.label:
                yield _Source(drawing.script, thing.label, thing.line, stays=True)


def _fault(fact: Fact, literal: str, content: HandbookContent) -> str:
    """Return what is wrong with `literal` where `fact` should stand; an empty text where nothing is."""
    if not contradicts(fact.value, literal) or any(not contradicts(other, literal) for other in fact.others):
        return ""
    place = f"{FILE}:{content.graph.node(fact).line}"
    return f"{fact.title}: this says `{literal}`; {place} says `{fact.value}`"


def _in_fields(document: SnippetDocument, facts: tuple[Fact, ...], content: HandbookContent) -> Iterator[Problem]:
    """Yield what the keys of a manifest say that are declared as those of a fact."""
    top = document.value
    if not isinstance(top, dict):
        return
    for fact in facts:
        for field in fact.fields:
            kind, *path = field.split(".")
            literal = _at(top, path) if top.get("kind") == kind else None
            if isinstance(literal, str | int | float) and (message := _fault(fact, str(literal), content)):
                yield document.problem(tuple(path), message)


def _at(value: object, path: Sequence[str]) -> object:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _in_tree(
    document: SnippetDocument,
    path: tuple[str | int, ...],
    value: Mapping[str, object],
    facts: tuple[Fact, ...],
    content: HandbookContent,
) -> Iterator[Problem]:
    """Yield what a mapping of a manifest says of a chart or an image in keys of their own, beside each other."""
    for fact in facts:
        for key in _keys(fact, value):
            literal = value.get(key)
            if isinstance(literal, str | int | float) and (message := _fault(fact, str(literal), content)):
                yield document.problem((*path, key), message)


def _keys(fact: Fact, value: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys of a mapping whose values are the version of a chart, or the tag of an image, of `fact`."""
    if fact.charts:
        is_dependency = value.get("name") in fact.charts and "repository" in value
        if is_dependency or str(value.get("chart", "")).rpartition("/")[2] in fact.charts:
            yield from ("version", "targetRevision")
    if fact.images:
        registry, repository = str(value.get("registry") or ""), str(value.get("repository") or "")
        name = f"{registry}/{repository}" if registry else repository
        if any(name == image or ("/" in image and name.endswith(f"/{image}")) for image in fact.images):
            yield "tag"


CHECK = ContentCheck(
    name="facts",
    looks_at=(
        "What pages, runbooks, rules, manifests and the labels of drawings write where a fact of `facts.yml` should "
        "stand, by its images, charts, fields and `matches`. Post-mortems tell of their day, and are let be."
    ),
    reason="Of two values on two pages one is wrong, and the reader does not know which.",
    find=_find,
)
