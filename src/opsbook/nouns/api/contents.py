"""Read the media types, headers and parameters of a description, with their shapes and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from opsbook.nouns.api.model import Content, Example, Field, RequestBody
from opsbook.nouns.api.notes import example
from opsbook.nouns.api.pointers import followed
from opsbook.nouns.api.shapes import ANYTHING, Shapes
from opsbook.nouns.api.values import Json


class Contents:
    """A reader of what requests and responses hold, in the description `root`."""

    def __init__(self, root: Json, shapes: Shapes) -> None:
        self.root = root
        self.shapes = shapes

    def body(self, body: Mapping[str, Any]) -> RequestBody:
        """Return the body of a request."""
        described = body.get("description", "").strip()
        return RequestBody(body.get("required", False), described, self.contents(body.get("content", {})))

    def contents(self, content: Mapping[str, Any]) -> tuple[Content, ...]:
        """Return the contents that a message may have, one for each media type."""
        return tuple(self._content(media_type, followed(self.root, media)) for media_type, media in content.items())

    def headers(self, headers: Mapping[str, Any]) -> tuple[Field, ...]:
        """Return the headers of a response."""
        return tuple(self.field(name, followed(self.root, each), "header") for name, each in headers.items())

    def field(self, name: str, value: Mapping[str, Any], place: str) -> Field:
        """Return a parameter or a header. Its own examples take precedence over those of its schema."""
        schema = value.get("schema")
        if schema is None:
            schema = next((media.get("schema") for media in value.get("content", {}).values()), None)
        shape = self.shapes.shape(schema) if schema is not None else ANYTHING
        examples = tuple(self._examples(value)) or shape.examples
        is_deprecated = value.get("deprecated", False) or shape.is_deprecated
        return Field(
            name,
            replace(shape, examples=examples, is_deprecated=is_deprecated),
            is_required=value.get("required", False),
            place=place,
            description=value.get("description", "").strip(),
        )

    def _content(self, media_type: str, media: Mapping[str, Any]) -> Content:
        # Since 3.2 a stream is described by what each of its items is.
        schema = media.get("schema", {"type": "array", "items": media["itemSchema"]} if "itemSchema" in media else None)
        shape = self.shapes.whole(schema) if schema is not None else None
        examples = tuple(self._examples(media)) or (shape.examples if shape else ())
        return Content(media_type, shape, examples)

    def _examples(self, holder: Mapping[str, Any]) -> Iterator[Example]:
        if "example" in holder:
            yield example("", holder["example"])
        for name, each in holder.get("examples", {}).items():
            found = followed(self.root, each)
            title = " ".join(str(found.get("summary", name)).split())
            value = next((key for key in ("value", "dataValue", "serializedValue") if key in found), None)
            if value:
                yield example(title, found[value])
            elif "externalValue" in found:
                yield example(title, str(found["externalValue"]))
