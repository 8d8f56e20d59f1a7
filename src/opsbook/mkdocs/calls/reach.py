"""Decide what an expression in a page may read: values of data, pages and navigation, and a few methods of texts."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import LoopContext, TemplateReference
from jinja2.utils import Cycler, Namespace
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

_TEXT_METHODS = """
capitalize casefold count endswith find index isalnum isalpha isdigit islower isnumeric isspace istitle isupper join
lower lstrip partition removeprefix removesuffix replace rfind rindex rpartition rsplit rstrip split splitlines
startswith strip swapcase title upper
"""
_METHODS: tuple[tuple[type | tuple[type, ...], frozenset[str]], ...] = (
    (str, frozenset(_TEXT_METHODS.split())),
    (Mapping, frozenset({"get", "items", "keys", "values"})),
    ((list, tuple, range), frozenset({"count", "index"})),
    ((date, time, timedelta), frozenset({"date", "isocalendar", "isoformat", "strftime", "time", "weekday"})),
    (Cycler, frozenset({"next", "reset"})),
    (LoopContext, frozenset({"changed", "cycle"})),
)
_WITH_VALUES = (
    File,
    Files,
    Link,
    Navigation,
    Section,
    Page,
    AnchorLink,
    TableOfContents,
    Mapping,
    date,
    time,
    timedelta,
)
"""Data, and the objects of MkDocs whose values a page may read. Their methods write files and change the site."""
_OF_JINJA = (Cycler, LoopContext, Namespace, TemplateModule, TemplateReference)


def may_read(obj: Any, attribute: str, value: Any) -> bool:
    """Return whether a page may read the attribute of `obj` that is called `attribute` and is `value`."""
    if attribute.startswith("_"):
        return False
    if isinstance(obj, _OF_JINJA) or any(attribute in names for kind, names in _METHODS if isinstance(obj, kind)):
        return True
    return not callable(value) and (isinstance(obj, _WITH_VALUES) or _is_field(obj, attribute))


def named(obj: Any) -> str:
    """Return the name of `obj` in messages."""
    name = getattr(obj, "__name__", None)
    return f"`{name}`" if isinstance(name, str) else f"this {type(obj).__name__}"


def _is_field(obj: Any, attribute: str) -> bool:
    """Return whether `attribute` is a declared field of `obj`: a dataclass, a named tuple or a pydantic model."""
    if dataclasses.is_dataclass(obj) and not isinstance(obj, type):
        return attribute in {each.name for each in dataclasses.fields(obj)}
    return attribute in getattr(type(obj), "_fields", ()) or attribute in getattr(type(obj), "model_fields", ())
