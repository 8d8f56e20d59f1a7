"""Replace the rendering of a page of MkDocs, and read and restore what it leaves on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

Render = Callable[[MkDocsConfig, Files], None]
RenderedParts = dict[str, Any]


def replace_render(page: Page, render: Render) -> None:
    """Make MkDocs call `render` for `page` instead of the method of its class."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L167
    # No event lets a plugin give the HTML of a page: `on_page_markdown` comes before it is rendered and
    # `on_page_content` after, and both have the whole Markdown rendered in between.
    page.render = render  # type: ignore[method-assign, assignment]


def rendered_parts(page: Page) -> RenderedParts:
    """Return everything that rendering has left on `page`, as JSON values."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L285-L292
    # The title that was found in the Markdown has no public name; the anchors and the links to anchors have one and no
    # page in the manual. Where a tag has `id` or `name` without a value, None is among the anchors:
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L545-L548
    links = page.links_to_anchors
    return {
        "content": page.content,
        "toc": [_token(anchor) for anchor in page.toc],
        "title": page._title_from_render,
        "anchors": None if page.present_anchor_ids is None else sorted(filter(None, page.present_anchor_ids)),
        "links": None if links is None else [[to.src_uri, anchors] for to, anchors in links.items()],
    }


def restore_parts(page: Page, parts: RenderedParts, files: Files) -> None:
    """Put on `page` what `rendered_parts` returned, as if it had just been rendered."""
    # As for `rendered_parts`. The table of contents is made of tokens of Markdown's extension `toc`:
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/toc.py#L20
    restore_body(page, parts)
    page._title_from_render = parts["title"]
    page.present_anchor_ids = None if parts["anchors"] is None else set(parts["anchors"])
    if parts["links"] is not None:
        targets = ((files.src_uris.get(path), anchors) for path, anchors in parts["links"])
        page.links_to_anchors = {file: anchors for file, anchors in targets if file}


def restore_body(page: Page, parts: RenderedParts) -> None:
    """Put on `page` the part of what `rendered_parts` returned that nothing but its template reads."""
    # As for `restore_parts`.
    page.content = parts["content"]
    page.toc = get_toc(parts["toc"])


def outline_parts(page: Page) -> RenderedParts:
    """Return what reading and rendering have left on `page` beside that, as JSON values."""
    # As for `rendered_parts`. The title that the engine sets goes before all others, see `set_title`.
    links = page.links_to_anchors
    return {
        "meta": page.meta,
        "title": str(vars(page)["title"]),
        "found": page._title_from_render,
        "anchors": None if page.present_anchor_ids is None else sorted(filter(None, page.present_anchor_ids)),
        "links": None if links is None else [[to.src_uri, anchors] for to, anchors in links.items()],
    }


def restore_outline(page: Page, parts: RenderedParts, files: Files) -> None:
    """Put on `page` what `outline_parts` returned, as if it had just been read and rendered."""
    page.markdown = ""  # None would say that the page was not read.
    page.meta = parts["meta"]
    page._title_from_render = parts["found"]
    page.present_anchor_ids = None if parts["anchors"] is None else set(parts["anchors"])
    if parts["links"] is not None:
        targets = ((files.src_uris.get(path), anchors) for path, anchors in parts["links"])
        page.links_to_anchors = {file: anchors for file, anchors in targets if file}
    set_title(page, Markup(parts["title"]))  # noqa: S704 - as it was


def toc_tokens(page: Page) -> list[RenderedParts]:
    """Return the table of contents of `page` as JSON values."""
    # As for `restore_parts`.
    return [_token(anchor) for anchor in page.toc]


def _token(anchor: AnchorLink) -> RenderedParts:
    below = [_token(child) for child in anchor.children]
    return {"name": anchor.title, "id": anchor.id, "level": anchor.level, "children": below}


def add_anchors(page: Page, ids: Iterable[str]) -> None:
    """Tell MkDocs that `page` has the anchors `ids`, so that a link to one of them is not reported as broken."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L294
    # MkDocs collects the anchors while Markdown is read; HTML that comes in afterwards has no way to add its own.
    if page.present_anchor_ids is not None:
        page.present_anchor_ids |= set(ids)


def generated_file(config: MkDocsConfig, path: str, content: str, level: InclusionLevel) -> File:
    """Return a generated file of the site outside of an event, where none of the plugins is at work."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/files.py#L306-L325
    # `File.generated` asks which plugin is at work, and that is set by events alone.
    config.plugins._current_plugin = "opsbook"
    return File.generated(config, path, content=content, inclusion=level)


def set_title(page: Page, title: str) -> None:
    """Give `page` a title that wins over those in its front matter and its first heading."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L227
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/__init__.py#L388
    # The title is a property that gives way to a value which is set. The front matter, the documented way, is copied
    # to other places as it is written.
    page.title = title


def set_content(file: File, text: str) -> None:
    """Give `file` other content than that on the disk; its path there stays."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/files.py#L468-L471
    # The documented setter forgets the path, which plugins ask for: for links to edit a page, and for its last change.
    path = file.abs_src_path
    file.content_string = text
    file.abs_src_path = path


class WatchedFiles(Files):
    """The same files as `files`, which records in `seen` each file that was looked for."""

    def __init__(self, files: Files) -> None:
        # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/files.py#L62-L66
        # The constructor of `Files` would make a new collection, to which nothing is added that is added to the old
        # one, and it takes time for every page. No event tells what the links of a page were looked up with.
        self.__dict__.update(files.__dict__)
        self.asked = files
        self.seen: dict[str, list[str] | None] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file `path`, and record that it was looked for."""
        self.seen[path] = link_target(self.asked, path)
        return self.asked.get_file_from_path(path)


def link_target(files: Files, path: str) -> list[str] | None:
    """Return what a link to the file `path` depends on: its address, and whether it is published; None without one."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/structure/pages.py#L454
    # Markdown is rendered with this method. A plugin may have replaced it by one that finds more, such as the
    # translation of a page.
    file = files.get_file_from_path(path)
    return [file.url, str(file.inclusion)] if file else None


def empty_page_context(config: MkDocsConfig, root: str) -> RenderedParts:
    """Return what MkDocs passes to a template, for an empty page with `root` as the path to the root of the site."""
    # https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/commands/build.py#L29
    # `on_page_context` shows this for pages that exist, after the policy of the site must be known.
    page = Page("", File.generated(config, "index.md", content=""), config)
    page.content = ""
    return {**get_context(Navigation([], []), (), config, base_url=root), "page": page}
