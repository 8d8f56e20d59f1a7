"""Take the place of the two functions with which MkDocs reads a page and writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.commands import build
from mkdocs.structure.pages import Page

PageStep = Callable[..., None]
STEPS = ("_populate_page", "_build_page")


def original_steps() -> tuple[PageStep, PageStep]:
    """Return what MkDocs itself reads a page and writes it with."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L147
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L185
    # They are private, and `build` calls them by their names.
    read, write = (vars(build).get(f"opsbook{name}") or vars(build)[name] for name in STEPS)
    return read, write


def replace_steps(read: PageStep, write: PageStep) -> None:
    """Let MkDocs call `read` and `write` for each page, with the arguments that it calls its own functions with."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L314
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L340
    # Every event of a page can change what is made of it, and none can say that nothing is to be made at all.
    originals = original_steps()
    for name, original, replacement in zip(STEPS, originals, (read, write), strict=True):
        vars(build)[f"opsbook{name}"] = original
        vars(build)[name] = replacement


def restore_steps() -> None:
    """Let MkDocs call its own functions again."""
    # As for `replace_steps`: the module outlives a build, under `mkdocs serve` and in tests.
    for name in STEPS:
        if original := vars(build).pop(f"opsbook{name}", None):
            vars(build)[name] = original


def page_state(page: Page) -> dict[str, Any]:
    """Return the attributes of `page`, so that what a step has changed can be told."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/__init__.py#L388
    # The title is a property that gives way to an attribute of the same name, which a plugin or `nav` sets.
    return dict(vars(page))
