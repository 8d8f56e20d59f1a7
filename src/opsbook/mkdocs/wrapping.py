"""Put the engine's additions around templates of the theme without standing in the way of a site's own.

The template `opsbook/X` of the engine extends or includes `X`, which is that of the site's `custom_dir` where it has
one, and the theme's otherwise. Every template that asks for `X` gets `opsbook/X`. So a `main.html` of the site that
extends `base.html`, as the theme's manual says, gets the additions, and so does a page without one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment

from opsbook import web
from opsbook.mkdocs.compat.jinja import replace_lookups

OVERRIDES = Path(web.__file__).parent / "overrides"
FOLDER = "opsbook"
_ASKED = r"(\{{%-?\s*{}\s+)([\"']){}\2"


def wrappers() -> Mapping[str, str]:
    """Return the template of the engine that stands around each template, by the name of the latter."""
    files = (file.relative_to(OVERRIDES / FOLDER) for file in (OVERRIDES / FOLDER).rglob("*.html"))
    return {file.as_posix(): f"{FOLDER}/{file.as_posix()}" for file in sorted(files)}


def wrap_templates(environment: Environment) -> None:
    """Let every template of `environment` get those of the engine around the ones that it asks for."""
    replace_lookups(environment, wrappers())


def plain_templates(templates: Mapping[str, bytes], original: Callable[[str], bytes]) -> Mapping[str, bytes]:
    """Return `templates`, by name, for an engine that knows nothing of this: each asks for what it gets by its name.

    `original` returns the theme's own template of a name.
    """
    found = {"main.html": original("main.html"), **templates}
    for name, wrapper in wrappers().items():
        extends = re.compile(_ASKED.format("extends", re.escape(name)))
        text = found[wrapper].decode()
        if extends.search(text):
            by_wrapper = rf'\1"{wrapper}"'
            asking = [each for each in found if each.endswith(".html") and each != wrapper]
            found |= {each: extends.sub(by_wrapper, found[each].decode()).encode() for each in asking}
        else:
            inside = (found.get(name) or original(name)).decode()
            include = re.compile(_ASKED.format("include", re.escape(name)) + r"\s*-?%\}")
            found[name] = include.sub(inside.replace("\\", r"\\"), text).encode()
            del found[wrapper]
    return found
