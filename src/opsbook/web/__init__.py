"""Provide the scripts and styles that the site ships, beside the few templates that differ from the theme's."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from opsbook.nouns.drawing.style import page_css
from opsbook.site.language import SiteLanguage
from opsbook.site.page import Asset
from opsbook.site.tokens import properties
from opsbook.web.bundle import bundled
from opsbook.web.comments import strip_comments

STYLES = ("assets/opsbook/opsbook.css",)
SCRIPTS = ("assets/opsbook/opsbook.js",)
CATALOGS = "catalogs"
"""The module that holds the words of the scripts."""
KEPT = "kept-files"
"""The module that holds the list of what browsers keep."""
WORKER = "worker-address"
"""The module that holds the path of the service worker."""
SHIM = "assets/opsbook/iframe-worker.js"
ALONE = ("iframe-worker", "redirect")
"""The scripts of `assets/` that pages load by themselves. All others are modules, and go into the one of `SCRIPTS`."""
PARTS = (
    "tokens",
    "theme",
    "text",
    "signs",
    "progress",
    "checklist",
    "cards",
    "table",
    "home",
    "roadmap",
    "drawing",
    "related",
    "facts",
    "services",
    "button",
    "runbook-values",
    "runbook-command",
    "runbook-log",
    "runbooks",
    "macros",
    "post-mortem",
    "onboarding",
    "api",
    "glossary",
    "tooltip",
    "offline",
    "serving",
    "print",
)
"""The files of `styles/` in the order of the one sheet that is made of them: of two equal rules the later one wins, so
what is common stands before what is special, and paper comes last."""


def palette_css() -> str:
    """Return the rules that give the palette to a page; Material's scheme switches them, and print is light."""
    dark = f'[data-md-color-scheme="slate"][data-md-color-primary] {{ {properties("dark")} }}'
    return f":root {{ {properties('light')} }}\n@media screen {{ {dark} }}\n"


def style_sheet() -> str:
    """Return all styles as one sheet, the palette and drawings first: a page asks for one file, whatever it holds."""
    folder = resources.files(__name__).joinpath("styles")
    return "\n".join([palette_css(), page_css(), *(_read(folder.joinpath(f"{part}.css")) for part in PARTS)])


def assets(*languages: SiteLanguage, worker: str = "") -> Iterator[Asset]:
    """Yield the style sheet and the scripts, each with its address in the site.

    The scripts speak English and `languages`, of which each page takes its own. `worker` is the path of the service
    worker in the site, where it has one.
    """
    yield Asset(STYLES[0], style_sheet())
    catalogs = {language.code.lower(): language.script_words for language in languages}
    yield Asset(SCRIPTS[0], bundled("opsbook", functools.partial(_page_script, catalogs, worker)))
    for name in ALONE:
        yield Asset(f"assets/opsbook/{name}.js", _script("assets", name))
    # Beside the theme's own, which finds its languages relative to where it runs.
    yield Asset("assets/javascripts/workers/opsbook.js", bundled("opsbook", functools.partial(_script, "workers")))


def service_worker(files: Mapping[str, str] | None, version: str = "") -> str:
    """Return the service worker that keeps `files`, by address, with the hash of each; one that ends it for None."""
    if files is None:
        return bundled("service-worker-end", functools.partial(_script, "workers"))

    def read(name: str) -> str:
        if name != KEPT:
            return _script("workers", name)
        listed = json.dumps(files, ensure_ascii=False, separators=(",", ":"))
        return f"export const FILES = {listed};\nexport const VERSION = {json.dumps(version)};\n"

    return bundled("service-worker", read)


def _page_script(catalogs: Mapping[str, Mapping[str, object]], worker: str, name: str) -> str:
    """Return a module of the page's script. That of the catalogs is written here: no page has to carry its words."""
    if name == WORKER and worker:
        return f"export const WORKER = {json.dumps(worker)};\n"
    said = {code: words for code, words in catalogs.items() if words}
    if name == CATALOGS and said:
        return f"export const CATALOGS = {json.dumps(said, ensure_ascii=False)};\n"
    return _script("assets", name)


def _script(folder: str, name: str) -> str:
    return _read(resources.files(__name__).joinpath(folder, f"{name}.js"))


def _read(file: Traversable) -> str:
    """Return a script or a style sheet as the site ships it."""
    return strip_comments(file.read_text("utf-8"))
