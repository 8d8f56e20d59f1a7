"""Pages with a drawing in them, for the browser."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Literal

from PIL import ImageColor

from opsbook.nouns.drawing.model import Drawing
from opsbook.nouns.drawing.style import page_css
from opsbook.nouns.drawing.svg import Mark, drawing_svg
from opsbook.site.tokens import COLOURS, ColourScheme
from opsbook.web import palette_css

STATUSES: tuple[Literal["todo", "doing", "done", "waived"], ...] = ("todo", "doing", "done", "waived")


def marked(drawing: Drawing) -> dict[str, Mark]:
    """A mark on everything that names something, each status in turn."""
    nodes = [node.id for node in drawing.nodes if node.item or node.service or node.runbook]
    clusters = [cluster.id for cluster in drawing.clusters if cluster.item or cluster.service or cluster.runbook]
    turn = itertools.cycle(STATUSES)
    return {name: Mark(f"there.html#{name}", f"About {name}", next(turn)) for name in nodes + clusters}


def write_page(folder: Path, drawing: Drawing, *, scheme: str = "default", css: str = "") -> str:
    """Write a page with a drawing in it, and one that its links lead to; the address of the first."""
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    ground, ink = ("#fff", "#000") if scheme == "default" else ("#12171e", "#fff")
    style = f"<style>body {{ background: {ground}; color: {ink} }} {palette_css()} {page_css()} {css}</style>"
    main = f"<main><h1>Drawing</h1>{drawing_svg(drawing, marked(drawing))}</main>"
    body = f'<body data-md-color-scheme="{scheme}" data-md-color-primary="white">{main}'
    (folder / "there.html").write_text(f"{head}<title>There</title>")
    (folder / "page.html").write_text(f"{head}<title>Here</title>{style}{body}", encoding="utf-8")
    return (folder / "page.html").as_uri()


def rgb(name: str, scheme: ColourScheme = "light") -> str:
    """Return a colour of the palette as a browser computes it."""
    return f"rgb{ImageColor.getrgb(getattr(COLOURS[name], scheme))}"
