"""Define an HTTP interface as its page shows it: references resolved, schemas in words, descriptions as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A part of the name of a type. `schema` is the name of the schema that it links to."""

    text: str
    schema: str | None = None
    is_word: bool = False
    """Whether it is a word of the engine, with the blanks around it."""


@dataclass(frozen=True)
class Constraint:
    """A constraint on a value besides its type, such as `one of` with the values, or `at least` with a number."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """An example. `text` is its source in `language`."""

    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Shape:
    """A schema in words. `fields` are those of the object, or of each entry where it is a list of objects.

    `options` are the alternatives; `choice` says whether the value has one of them, or any.
    """

    pieces: tuple[Piece, ...]
    description: str = ""
    notes: tuple[Constraint, ...] = ()
    fields: tuple[Field, ...] = ()
    choice: str = ""
    options: tuple[Shape, ...] = ()
    examples: tuple[Example, ...] = ()
    is_deprecated: bool = False


@dataclass(frozen=True)
class Field:
    """A property, a parameter or a header. `place` is where a parameter stands: path, query, header or cookie."""

    name: str
    shape: Shape
    is_required: bool = False
    place: str = ""
    description: str = ""


@dataclass(frozen=True)
class Content:
    """What a request or a response may hold in one media type."""

    media_type: str
    shape: Shape | None
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class RequestBody:
    """The body of a request."""

    is_required: bool
    description: str
    contents: tuple[Content, ...]


@dataclass(frozen=True)
class Response:
    """A response. `status` is a code, a range such as `4XX`, or `default`."""

    status: str
    description: str
    headers: tuple[Field, ...]
    contents: tuple[Content, ...]


@dataclass(frozen=True)
class Operation:
    """A method on a path. `needs` are the ways to authenticate, each a set of schemes; an empty one needs none."""

    method: str
    path: str
    anchor: str
    summary: str
    description: str
    is_deprecated: bool
    needs: tuple[tuple[str, ...], ...]
    parameters: tuple[Field, ...]
    body: RequestBody | None
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class OperationGroup:
    """The operations of one tag."""

    title: str
    anchor: str
    description: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Server:
    """An address that serves the interface. `variables` are the parts of it that the caller chooses."""

    address: str
    description: str
    variables: tuple[Field, ...]


@dataclass(frozen=True)
class Scheme:
    """A security scheme. `kind` says in words what to send: a message, in which `values` have their places."""

    name: str
    kind: str
    values: Mapping[str, str]
    description: str
    scopes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Api:
    """The interface of one service. `file` is relative to the folder of the hand-written pages."""

    service: str
    file: str
    openapi: str
    title: str
    version: str
    summary: str
    description: str
    servers: tuple[Server, ...]
    schemes: tuple[Scheme, ...]
    groups: tuple[OperationGroup, ...]
    schemas: tuple[tuple[str, Shape], ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """Return every operation, in order."""
        return tuple(operation for group in self.groups for operation in group.operations)
