"""Extend Python-Markdown: clean the HTML that Markdown made of a page, then insert the engine's own HTML.

The extension runs last. So the engine's HTML never goes through Markdown, and everything that an author wrote is
cleaned, whatever another extension made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from opsbook.markup.clean import clean
from opsbook.mkdocs.addresses import kept_with_addresses
from opsbook.mkdocs.compat.config import add_extension, extension_options
from opsbook.mkdocs.compat.pages import add_anchors
from opsbook.site.boxes import with_names
from opsbook.site.filling import fill_html, fill_text
from opsbook.site.gone import Gone
from opsbook.site.kept import TOKEN, Keeper, Kept
from opsbook.site.language import SiteLanguage
from opsbook.site.page import Page
from opsbook.site.places import EditAddress
from opsbook.site.sessions import with_commands

NAME = "opsbook.mkdocs.keeping"
_LAST = -1000
# A reference to one of U+FDD0 to U+FDEF: the parser of the cleaning would make the character of it.
_NONCHARACTER = re.compile(
    r"&#(?:[xX]0*[fF][dD][dDeE][0-9a-fA-F](?![0-9a-fA-F])|0*6(?:49(?:7[6-9]|[89][0-9])|500[0-7])(?![0-9]));?"
)
_ID = re.compile(r'<[a-zA-Z][^<>]* id="([^"<>]+)"')


def _never(_path: str) -> bool:
    return False


def _nowhere(_file: str, _line: int) -> None:
    pass


def _silent(_path: str, _html: str) -> None:
    pass


class Keeping:
    """The engine's own HTML for the pages of one build, and which pages are not cleaned.

    `is_raw` returns, for the path of a hand-written page, whether the site allows any HTML on it. A generated page that
    contains a hand-written one follows it; all other generated pages are cleaned. `report` is called with the path and
    the HTML of each page before it is cleaned.
    """

    def __init__(
        self,
        is_raw: Callable[[str], bool] = _never,
        described: str = "",
        report: Callable[[str, str], None] = _silent,
        language: SiteLanguage | None = None,
    ) -> None:
        self.is_raw = is_raw
        self.report = report
        self.box = (language or SiteLanguage()).gettext("Done")
        """The name of a box in a task list."""
        self.described = f"{described} {self.box}"
        """What `is_raw` and `edit` depend on, as text: with the same one, the same Markdown gives the same HTML."""
        self.keepers: dict[str, Keeper] = {}
        self.sources: dict[str, str | None] = {}
        """The hand-written page that each page of the engine is made around."""
        self.files = Files([])
        """The files of the site, which know their addresses."""
        self.path = ""
        """The page that is being rendered."""
        self.edit: EditAddress = _nowhere
        """Returns the address at which a line of a file of the repository is edited."""
        self.gone = Gone()
        """The pages that the site does without, to which no macro links."""

    def __deepcopy__(self, _memo: object) -> Keeping:
        """Return the same object, so that a plugin that copies the configuration builds the same pages."""
        return self

    def install(self, config: MkDocsConfig) -> None:
        """Add the extension to `config`, so that every page of the build goes through it."""
        add_extension(config, NAME, {})
        extension_options(config, NAME)["keeping"] = self

    def add(self, page: Page) -> None:
        """Add the engine's HTML on the generated `page`."""
        self.keeper(page.path).kept.update(page.kept)
        self.sources[page.path] = page.source

    def keeper(self, path: str) -> Keeper:
        """Return the keeper of the page `path`."""
        return self.keepers.setdefault(path, Keeper(self.without_gone))

    def without_gone(self, html: str) -> str:
        """Return `html`, that of a macro, without links to pages that the site does without."""
        return self.gone.without_links(html)

    def begin(self, path: str) -> Keeper:
        """Note that the page `path` is rendered next, and return its keeper."""
        self.path = path
        return self.keeper(path)

    def html(self, rendered: str) -> str:
        """Return the finished HTML of the page that is being rendered, from the HTML that Markdown made of it."""
        source = self.sources.get(self.path, self.path)
        if source is None or not self.is_raw(source):
            self.report(self.path, rendered)
            rendered = clean(_NONCHARACTER.sub("\ufffd", rendered))
        kept = self.keeper(self.path).kept
        used = {digest: kept[digest] for digest in TOKEN.findall(rendered) if digest in kept}
        named = with_names(with_commands(rendered), self.box)
        return fill_html(named, kept_with_addresses(used, self.files, self.path, self.edit))

    def title(self, path: str, title: str) -> str:
        """Return `title`, that of the page `path`, with the results of macros in it."""
        return fill_text(title, self.keeper(path).kept)

    def kept(self, path: str) -> Kept:
        """Return the engine's HTML on the page `path`, with addresses."""
        return kept_with_addresses(self.keeper(path).kept, self.files, path, self.edit)


def keeping_of(config: MkDocsConfig) -> Keeping:
    """Return the `Keeping` of the build of `config`."""
    keeping: Keeping = extension_options(config, NAME)["keeping"]
    return keeping


def declare_anchors(page: MkDocsPage) -> None:
    """Tell MkDocs about the anchors in the HTML of `page`, since it looks for them in Markdown only."""
    add_anchors(page, _ID.findall(page.content or ""))


class Finish(Postprocessor):
    """The last step of a page; `toc` has it run on each heading as well, for the names in the table of contents."""

    def __init__(self, md: Markdown, keeping: Keeping) -> None:
        super().__init__(md)
        self.keeping = keeping

    def run(self, text: str) -> str:
        """Return `text` cleaned, with the engine's HTML in it."""
        return self.keeping.html(text)


class KeepingExtension(Extension):
    """Registers the step. `keeping` is that of the build."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"keeping": [Keeping(), "what the pages of the build keep"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the step after every other postprocessor."""
        # https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/postprocessors.py#L42
        # https://github.com/Python-Markdown/markdown/blob/3.11.3/markdown/extensions/toc.py#L153
        # The numbers of the others are not documented; none is below 0.
        md.postprocessors.register(Finish(md, self.getConfig("keeping")), "opsbook-keeping", _LAST)


def makeExtension(**settings: Any) -> KeepingExtension:  # noqa: N802 - the name that Markdown looks for
    """Return the extension, which Markdown finds by the name of this module."""
    return KeepingExtension(**settings)
