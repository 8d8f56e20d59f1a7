"""Hand the generated pages and assets to MkDocs as files."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils.meta import get_data

from opsbook.mkdocs.compat.pages import set_content
from opsbook.mkdocs.origins import Origins
from opsbook.site.document import document_text
from opsbook.site.gone import Gone
from opsbook.site.page import Page


def add_page(files: Files, page: Page, origins: Origins, own: Container[str], level: InclusionLevel) -> None:
    """Add `page` to `files`. One of the hand-written pages `own` stays that file, with more text and front matter.

    So its keys for other plugins, its link for editing and its last change are those of the file.
    """
    file = files.get_file_from_path(page.path)
    if file and page.path in own:
        _, said = get_data(file.content_string)
        set_content(file, document_text(replace(page, meta={**page.meta, **said})))
    else:
        replace_file(files, origins.page(page.path, document_text(page), level))


def leave_out(files: Files, gone: Gone) -> None:
    """Exclude the hand-written texts of pages that the site does without, such as guides, which are no pages alone."""
    for path in gone.things | gone.ways:
        if file := files.get_file_from_path(path):
            file.inclusion = InclusionLevel.EXCLUDED


def replace_file(files: Files, file: File) -> None:
    """Add `file` to `files`, in place of another one with its path."""
    if old := files.get_file_from_path(file.src_uri):
        files.remove(old)
    files.append(file)
